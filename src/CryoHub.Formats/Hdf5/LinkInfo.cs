using System.Runtime.InteropServices;

namespace CryoHub.Formats.Hdf5;

/// <summary>H5L_info_t: 0 = hard link, 1 = soft, 64 = into another file.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct LinkInfo
{
    public int Kind;
    public byte OrderIsValid;
    public long Order;
    public int CharacterSet;
    public ulong Address;
}
