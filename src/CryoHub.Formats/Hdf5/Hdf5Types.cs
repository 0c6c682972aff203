using CryoHub.Imaging;

namespace CryoHub.Formats.Hdf5;

/// <summary>HDF5's types as pixel types.</summary>
internal static class Hdf5Types
{
    private const int Integer = 0;
    private const int Float = 1;
    public const int Text = 3;
    private const int Compound = 6;
    private const int Enumeration = 8;
    private const int LittleEndian = 0;

    /// <summary><c>null</c> for what is no pixel: text, references, records other than complex numbers.</summary>
    public static PixelType? Pixel(long type) => (LibHdf5.TypeClass(type), (int)LibHdf5.TypeSize(type)) switch
    {
        (Integer, var size) => (size, LibHdf5.TypeSign(type) == 0) switch
        {
            (1, true) => PixelType.UInt8,
            (1, false) => PixelType.Int8,
            (2, true) => PixelType.UInt16,
            (2, false) => PixelType.Int16,
            (4, true) => PixelType.UInt32,
            (4, false) => PixelType.Int32,
            (8, true) => PixelType.UInt64,
            (8, false) => PixelType.Int64,
            _ => null,
        },
        (Float, 2) => PixelType.Float16,
        (Float, 4) => PixelType.Float32,
        (Float, 8) => PixelType.Float64,
        (Enumeration, 1) => PixelType.Bool,
        (Compound, 8) when IsPair(type) => PixelType.Complex64,
        (Compound, 16) when IsPair(type) => PixelType.Complex128,
        _ => null,
    };

    /// <summary>The same type in the order in which pixels leave a reader; the caller closes it.</summary>
    public static long InMemory(long type)
    {
        var copy = LibHdf5.CopyType(type);
        if (LibHdf5.TypeClass(copy) is Integer or Float)
        {
            LibHdf5.SetTypeOrder(copy, LittleEndian);
        }

        return copy;
    }

    // A complex number: two little-endian floats, whatever their names.
    private static bool IsPair(long type)
    {
        if (LibHdf5.CountFields(type) != 2)
        {
            return false;
        }

        for (var field = 0u; field < 2; field++)
        {
            var member = LibHdf5.FieldType(type, field);
            var fits = LibHdf5.TypeClass(member) == Float && LibHdf5.TypeSize(member) * 2 == LibHdf5.TypeSize(type) && LibHdf5.TypeOrder(member) == LittleEndian;
            LibHdf5.CloseType(member);
            if (!fits)
            {
                return false;
            }
        }

        return true;
    }
}
