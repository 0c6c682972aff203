using System.Runtime.InteropServices;

namespace CryoHub.Formats.Hdf5;

/// <summary>H5Z_class2_t of libhdf5 1.10: a filter that the library calls for each chunk.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct Hdf5FilterClass
{
    public int Version;
    public int Number;
    public uint CanEncode;
    public uint CanDecode;
    public byte* Name;
    public nint CanApply;
    public nint SetLocal;
    public delegate* unmanaged<uint, nuint, uint*, nuint, nuint*, void**, nuint> Filter;
}
