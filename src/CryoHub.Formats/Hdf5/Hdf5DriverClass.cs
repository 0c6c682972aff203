using System.Runtime.InteropServices;

namespace CryoHub.Formats.Hdf5;

/// <summary>H5FD_class_t of libhdf5 1.10: how the library asks a virtual file for its bytes. Unused callbacks stay null.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct Hdf5DriverClass
{
    public byte* Name;
    public ulong LargestAddress;
    public int CloseDegree;
    public nint Terminate;
    public nint SuperblockSize;
    public nint SuperblockEncode;
    public nint SuperblockDecode;
    public nuint AccessListSize;
    public nint AccessListGet;
    public nint AccessListCopy;
    public nint AccessListFree;
    public nuint TransferListSize;
    public nint TransferListCopy;
    public nint TransferListFree;
    public delegate* unmanaged<byte*, uint, long, ulong, Hdf5DriverFile*> Open;
    public delegate* unmanaged<Hdf5DriverFile*, int> Close;
    public delegate* unmanaged<Hdf5DriverFile*, Hdf5DriverFile*, int> Compare;
    public delegate* unmanaged<Hdf5DriverFile*, ulong*, int> Query;
    public nint TypeMap;
    public nint Allocate;
    public nint Free;
    public delegate* unmanaged<Hdf5DriverFile*, int, ulong> EndOfAllocation;
    public delegate* unmanaged<Hdf5DriverFile*, int, ulong, int> SetEndOfAllocation;
    public delegate* unmanaged<Hdf5DriverFile*, int, ulong> EndOfFile;
    public nint Handle;
    public delegate* unmanaged<Hdf5DriverFile*, int, long, ulong, nuint, byte*, int> Read;
    public delegate* unmanaged<Hdf5DriverFile*, int, long, ulong, nuint, byte*, int> Write;
    public nint Flush;
    public nint Truncate;
    public nint Lock;
    public nint Unlock;
    public fixed int FreeListMap[7];
}
