using System.Runtime.InteropServices;

namespace CryoHub.Formats.Hdf5;

/// <summary>H5FD_t of libhdf5 1.10, filled in by the library, followed by what this driver needs.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct Hdf5DriverFile
{
    public long DriverId;
    public nint Class;
    public ulong SerialNumber;
    public uint AccessFlags;
    public ulong FeatureFlags;
    public ulong LargestAddress;
    public ulong BaseAddress;
    public ulong Threshold;
    public ulong Alignment;
    public byte PagedAggregation;

    /// <summary>End of allocation, kept for the library.</summary>
    public ulong Allocated;

    /// <summary>GCHandle of the <see cref="Hdf5Source"/>.</summary>
    public nint Source;
}
