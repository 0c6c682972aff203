using System.Runtime.InteropServices;

namespace CryoHub.Worker.ReadChild;

/// <summary>The numbers of the system calls that a child may not make, or only in part (arch/x86/entry/syscalls/syscall_64.tbl, include/uapi/asm-generic/unistd.h).</summary>
internal sealed record SystemCallNumbers(uint Architecture, uint Seccomp, uint NewTask, uint Clone3, uint ThreadSignal, uint ProcessLimit, IReadOnlyList<uint> Refused)
{
    /// <summary>Newer than the two tables' split: the same everywhere. pidfd_send_signal, io_uring_setup, _enter, _register, pidfd_open, pidfd_getfd, process_madvise.</summary>
    private static readonly uint[] Common = [424, 425, 426, 427, 434, 438, 440];

    private static readonly SystemCallNumbers X64 = new(0xC000003E, 317, 56, 435, 234, 302,
    [
        41, 42, 43, 49, 50, 53, 288,                  // socket, connect, accept, bind, listen, socketpair, accept4
        57, 58, 59, 322,                              // fork, vfork, execve, execveat
        62, 129, 200, 297,                            // kill, rt_sigqueueinfo, tkill, rt_tgsigqueueinfo
        101, 310, 311, 312,                           // ptrace, process_vm_readv, process_vm_writev, kcmp
        161, 165, 166, 155, 272, 308,                 // chroot, mount, umount2, pivot_root, unshare, setns
        248, 249, 250, 298, 304, 321, 323,            // add_key, request_key, keyctl, perf_event_open, open_by_handle_at, bpf, userfaultfd
        169, 175, 246, 313,                           // reboot, init_module, kexec_load, finit_module
        .. Common,
    ]);

    private static readonly SystemCallNumbers Arm64 = new(0xC00000B7, 277, 220, 435, 131, 261,
    [
        198, 199, 200, 201, 202, 203, 242,            // socket, socketpair, bind, listen, accept, connect, accept4
        221, 281,                                     // execve, execveat
        129, 130, 138, 240,                           // kill, tkill, rt_sigqueueinfo, rt_tgsigqueueinfo
        117, 270, 271, 272,                           // ptrace, process_vm_readv, process_vm_writev, kcmp
        51, 40, 39, 41, 97, 268,                      // chroot, mount, umount2, pivot_root, unshare, setns
        217, 218, 219, 241, 265, 280, 282,            // add_key, request_key, keyctl, perf_event_open, open_by_handle_at, bpf, userfaultfd
        142, 105, 104, 273,                           // reboot, init_module, kexec_load, finit_module
        .. Common,
    ]);

    public static SystemCallNumbers Here() => RuntimeInformation.ProcessArchitecture switch
    {
        System.Runtime.InteropServices.Architecture.X64 => X64,
        System.Runtime.InteropServices.Architecture.Arm64 => Arm64,
        var other => throw new PlatformNotSupportedException($"Originals are read on x86-64 and arm64 only, not on {other}."),
    };
}
