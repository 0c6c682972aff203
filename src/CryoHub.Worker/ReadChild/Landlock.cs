using System.ComponentModel;
using System.Runtime.InteropServices;

namespace CryoHub.Worker.ReadChild;

/// <summary>Linux Landlock (since 5.13; Documentation/userspace-api/landlock.rst): after this the thread, and what it executes, sees only the given folders, to read and execute.</summary>
internal static partial class Landlock
{
    private const long CreateRuleset = 444, AddRule = 445, RestrictSelf = 446;   // the same numbers on every architecture
    private const ulong Execute = 1 << 0, ReadFile = 1 << 2, ReadFolder = 1 << 3;
    private const ulong AllOfFirstVersion = (1 << 13) - 1;
    private const int PathBeneath = 1, NoNewPrivileges = 38, PathOnly = 0x200000, CloseOnExecute = 0x80000;

    public static void SeeOnly(IEnumerable<string> paths)
    {
        Check(Control(NoNewPrivileges, 1, 0, 0, 0));
        var attribute = AllOfFirstVersion;
        var ruleset = Call(CreateRuleset, ref attribute, sizeof(ulong), 0);
        if (ruleset < 0)
        {
            return;   // a kernel without Landlock: system calls and limits still hold
        }

        foreach (var path in paths.Where(Path.Exists))
        {
            var folder = Check(Open(path, PathOnly | CloseOnExecute));
            var rule = new Rule { Allowed = Directory.Exists(path) ? Execute | ReadFile | ReadFolder : ReadFile, Folder = folder };
            Check((int)Call(AddRule, (int)ruleset, PathBeneath, ref rule, 0));
        }

        Check((int)Call(RestrictSelf, (int)ruleset, 0));
    }

    private static int Check(int answer) => answer >= 0 ? answer : throw new Win32Exception(Marshal.GetLastPInvokeError());

    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    private struct Rule
    {
        public ulong Allowed;
        public int Folder;
    }

    [LibraryImport("libc", EntryPoint = "prctl", SetLastError = true)]
    private static partial int Control(int option, nuint a, nuint b, nuint c, nuint d);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial long Call(long number, ref ulong attribute, nuint size, uint flags);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial long Call(long number, int ruleset, int kind, ref Rule rule, uint flags);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial long Call(long number, int ruleset, uint flags);
}
