using System.Runtime.InteropServices;

namespace CryoHub.Formats.Hdf5;

/// <summary>
/// A text of variable length is stored as a reference: its length (4 bytes), the address of a heap (8) and a number in it (4). The library would follow it and, where the
/// file is damaged, copy past its own buffers (H5HG_read of 1.10). A conversion of our own hands out the reference instead, as 16 opaque bytes; <see cref="Hdf5Heaps"/> follows it.
/// </summary>
internal static unsafe class Hdf5References
{
    public const int Bytes = 16;

    private const int Opaque = 5;
    private const int WholeClass = 1;       // H5T_PERS_SOFT: for every pair of types of these classes
    private const int Begin = 0;            // H5T_CONV_INIT

    /// <summary>The opaque type to read references with.</summary>
    public static long Type { get; private set; }

    /// <summary>To be called once, before the first file is opened.</summary>
    public static void Register()
    {
        Type = LibHdf5.NewType(Opaque, Bytes);
        var text = Hdf5StoredTypes.Text();
        LibHdf5.RegisterConversion(WholeClass, "cryohub references", text, Type, &Convert);
        LibHdf5.CloseType(text);
    }

    // The bytes stay as they are. Files whose addresses are shorter than 8 bytes have shorter references: their texts are not read.
    [UnmanagedCallersOnly]
    private static int Convert(long source, long destination, int* data, nuint count, nuint stride, nuint backgroundStride, byte* buffer, byte* background, long list)
    {
        if (data[0] == Begin)
        {
            data[1] = 0;        // no background buffer
            return LibHdf5.TypeSize(destination) == Bytes ? 0 : -1;
        }

        return LibHdf5.TypeSize(source) == Bytes ? 0 : -1;
    }
}
