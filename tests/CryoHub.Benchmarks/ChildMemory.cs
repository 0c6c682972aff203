using System.Runtime.InteropServices;

namespace CryoHub.Benchmarks;

/// <summary>Largest resident memory of the children of this process that have ended (getrusage(2)).</summary>
internal static unsafe partial class ChildMemory
{
    private const int Children = -1;   // RUSAGE_CHILDREN
    private const int LargestResident = 4;   // ru_maxrss in KiB, after two pairs of seconds and microseconds

    public static long PeakMiB()
    {
        var usage = stackalloc long[18];
        return GetUsage(Children, usage) == 0 ? usage[LargestResident] >> 10 : 0;
    }

    [LibraryImport("libc", EntryPoint = "getrusage")]
    private static partial int GetUsage(int who, long* usage);
}
