using System.ComponentModel;
using System.Runtime.InteropServices;

namespace CryoHub.Worker.ReadChild;

/// <summary>The first start of a child: sets its limits, lets it see nothing but programs and libraries (Landlock), and starts it again, confined.</summary>
internal static partial class Confinement
{
    private const int Cpu = 0, FileSize = 1, Core = 4, OpenFiles = 7, AddressSpace = 9;   // RLIMIT_*, the same on x86-64 and arm64

    private const int SetPipeSize = 1031, PipeBytes = 1 << 20;   // F_SETPIPE_SZ; the most that needs no privilege

    /// <summary>Room for the runtime itself beside the heap, of which the collector reserves a multiple; address space only, chosen with slack, not measured.</summary>
    private const long RuntimeMiB = 4096;

    /// <summary>Does not return: the process becomes its second start.</summary>
    public static void LimitAndRestart(ReadChildCall call)
    {
        var descriptor = call.Path is null ? (int?)null : Check(Open(call.Path, 0), "open");   // O_RDONLY, and kept across the restart
        _ = Control(1, SetPipeSize, PipeBytes);   // a wish: frames pass in fewer pieces; the system may refuse it
        Limit(Core, 0);
        Limit(FileSize, 0);
        Limit(OpenFiles, 256);
        Check(SetLimit(Cpu, new Pair((ulong)call.ProcessorSeconds, (ulong)call.ProcessorSeconds + 5)), "setrlimit");   // SIGXCPU first, which names the reason
        Limit(AddressSpace, (ulong)(RuntimeMiB + (6L * call.MemoryMiB)) << 20);   // the collector reserves five times its limit
        Landlock.SeeOnly(ProgramFolders());
        var self = Environment.GetCommandLineArgs();
        string?[] program = self[0].EndsWith(".dll", StringComparison.Ordinal) && !IsApphost() ? [Environment.ProcessPath!, self[0]] : [Environment.ProcessPath!];
        string?[] arguments = [.. program, .. (call with { Path = null, Descriptor = descriptor, Confined = true }).Arguments(), null];
        string?[] environment = [.. Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>().Select(pair => $"{pair.Key}={pair.Value}"), null];
        Execute(Environment.ProcessPath!, arguments, environment);
        throw new Win32Exception(Marshal.GetLastPInvokeError());
    }

    private static bool IsApphost() => Path.GetFileNameWithoutExtension(Environment.ProcessPath) != "dotnet";

    private static IEnumerable<string> ProgramFolders() =>
    [
        AppContext.BaseDirectory,
        Path.GetDirectoryName(Environment.ProcessPath)!,
        Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../..")),
        "/usr/lib", "/usr/lib64", "/lib", "/lib64", "/usr/local/lib", "/etc/ld.so.cache", "/proc/self", "/proc/meminfo", "/proc/cpuinfo", "/sys/fs/cgroup", "/sys/devices/system", "/dev/urandom", "/dev/null",
    ];

    private static void Limit(int resource, ulong most) => Check(SetLimit(resource, new Pair(most, most)), "setrlimit");

    private static int Check(int answer, string call) =>
        answer >= 0 ? answer : throw new Win32Exception(Marshal.GetLastPInvokeError(), $"{call}: {Marshal.GetLastPInvokeErrorMessage()}");

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Pair(ulong Soft, ulong Hard);

    [LibraryImport("libc", EntryPoint = "setrlimit", SetLastError = true)]
    private static partial int SetLimit(int resource, in Pair limits);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fcntl")]
    private static partial int Control(int descriptor, int command, int value);

    [LibraryImport("libc", EntryPoint = "execve", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Execute(string path, string?[] arguments, string?[] environment);
}
