using System.ComponentModel;
using System.Runtime.InteropServices;

namespace CryoHub.Worker.ReadChild;

/// <summary>
/// A seccomp filter for all threads (Documentation/userspace-api/seccomp_filter.rst): no sockets, no other programs, no processes, no signals to others, no way around the filter.
/// A forbidden call fails with EPERM, so that the reader ends with an exception and a sentence.
/// </summary>
internal static partial class SystemCalls
{
    private const ushort LoadWord = 0x20, JumpIfEqual = 0x15, JumpIfAtLeast = 0x35, JumpIfBits = 0x45, Return = 0x06;
    private const uint Allow = 0x7FFF0000, RefuseWith = 0x00050000, KillProcess = 0x80000000;
    private const uint NotPermitted = 1, NotImplemented = 38;
    private const uint Number = 0, Architecture = 4, FirstArgument = 16;   // struct seccomp_data
    private const uint ThreadFlag = 0x00010000;                            // CLONE_THREAD
    private const int NoNewPrivileges = 38, SetModeFilter = 1, AllThreads = 1;

    public static void Forbid()
    {
        var table = SystemCallNumbers.Here();
        List<Instruction> program =
        [
            new(LoadWord, 0, 0, Architecture),
            new(JumpIfEqual, 1, 0, table.Architecture),
            new(Return, 0, 0, KillProcess),
            new(LoadWord, 0, 0, Number),
            new(JumpIfAtLeast, 0, 1, 0x40000000),   // the x32 numbers, a second way to every call
            new(Return, 0, 0, RefuseWith | NotPermitted),
        ];
        foreach (var call in table.Refused)
        {
            program.AddRange([new(JumpIfEqual, 0, 1, call), new(Return, 0, 0, RefuseWith | NotPermitted)]);
        }

        // clone3 passes its flags in memory, where no filter looks: the C library then falls back to clone.
        program.AddRange([new(JumpIfEqual, 0, 1, table.Clone3), new(Return, 0, 0, RefuseWith | NotImplemented)]);
        program.AddRange([
            new(JumpIfEqual, 0, 4, table.NewTask), new(LoadWord, 0, 0, FirstArgument), new(JumpIfBits, 1, 0, ThreadFlag), new(Return, 0, 0, RefuseWith | NotPermitted), new(Return, 0, 0, Allow)]);
        program.AddRange(OnlyWith(table.ThreadSignal, (uint)Environment.ProcessId));
        program.AddRange(OnlyWith(table.ProcessLimit, 0));
        program.Add(new(Return, 0, 0, Allow));
        Install(table, [.. program]);
    }

    /// <summary>The call is allowed where its first argument has this value.</summary>
    private static Instruction[] OnlyWith(uint call, uint argument) =>
        [new(JumpIfEqual, 0, 4, call), new(LoadWord, 0, 0, FirstArgument), new(JumpIfEqual, 1, 0, argument), new(Return, 0, 0, RefuseWith | NotPermitted), new(Return, 0, 0, Allow)];

    private static unsafe void Install(SystemCallNumbers table, Instruction[] program)
    {
        if (Control(NoNewPrivileges, 1, 0, 0, 0) != 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        }

        fixed (Instruction* first = program)
        {
            var filter = new Filter { Length = (ushort)program.Length, Instructions = first };
            if (Call(table.Seccomp, SetModeFilter, AllThreads, &filter) != 0)
            {
                throw new Win32Exception(Marshal.GetLastPInvokeError(), $"seccomp: {Marshal.GetLastPInvokeErrorMessage()}");
            }
        }
    }

    /// <summary>struct sock_filter.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Instruction(ushort Code, byte IfTrue, byte IfFalse, uint Constant);

    /// <summary>struct sock_fprog.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private unsafe struct Filter
    {
        public ushort Length;
        public Instruction* Instructions;
    }

    [LibraryImport("libc", EntryPoint = "prctl", SetLastError = true)]
    private static partial int Control(int option, nuint a, nuint b, nuint c, nuint d);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static unsafe partial long Call(long number, uint operation, uint flags, Filter* filter);
}
