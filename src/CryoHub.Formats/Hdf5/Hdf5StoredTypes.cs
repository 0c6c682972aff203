using CryoHub.Imaging;

namespace CryoHub.Formats.Hdf5;

/// <summary>Pixel types as HDF5 writes them: little endian; complex numbers, colours and truth values as h5py does.</summary>
internal static unsafe class Hdf5StoredTypes
{
    private const int Compound = 6;

    /// <summary>The caller closes it.</summary>
    public static long Of(PixelType pixel) => pixel switch
    {
        PixelType.Int8 => Standard("I8"),
        PixelType.UInt8 => Standard("U8"),
        PixelType.Int16 => Standard("I16"),
        PixelType.UInt16 => Standard("U16"),
        PixelType.Int32 => Standard("I32"),
        PixelType.UInt32 => Standard("U32"),
        PixelType.Int64 => Standard("I64"),
        PixelType.UInt64 => Standard("U64"),
        PixelType.Float16 => Half(),
        PixelType.Float32 => Float("F32"),
        PixelType.Float64 => Float("F64"),
        PixelType.Complex64 => Fields(Float("F32"), 4, "r", "i"),
        PixelType.Complex128 => Fields(Float("F64"), 8, "r", "i"),
        PixelType.Rgb8 => Fields(Standard("U8"), 1, "R", "G", "B"),
        PixelType.Rgba8 => Fields(Standard("U8"), 1, "R", "G", "B", "A"),
        PixelType.Rgba16 => Fields(Standard("U16"), 2, "R", "G", "B", "A"),
        PixelType.Bool => Truth(),
        _ => throw new ArgumentOutOfRangeException(nameof(pixel), pixel, "This pixel type is not written."),
    };

    /// <summary>Text of any length in UTF-8, as h5py writes it; the caller closes it.</summary>
    public static long Text()
    {
        var type = LibHdf5.CopyType(LibHdf5.Global("H5T_C_S1_g"));
        LibHdf5.SetTypeSize(type, nuint.MaxValue);
        LibHdf5.SetCharacters(type, 1);
        return type;
    }

    /// <summary>Text of a fixed length in UTF-8, filled up with zeros; the caller closes it.</summary>
    public static long Text(int bytes)
    {
        var type = LibHdf5.CopyType(LibHdf5.Global("H5T_C_S1_g"));
        LibHdf5.SetTypeSize(type, (nuint)bytes);
        LibHdf5.SetCharacters(type, 1);
        return type;
    }

    private static long Standard(string name) => LibHdf5.CopyType(LibHdf5.Global($"H5T_STD_{name}LE_g"));

    private static long Float(string name) => LibHdf5.CopyType(LibHdf5.Global($"H5T_IEEE_{name}LE_g"));

    // IEEE 754 binary16: sign at bit 15, five bits of exponent from bit 10, ten of mantissa.
    private static long Half()
    {
        var type = Float("F32");
        LibHdf5.SetFloatFields(type, 15, 10, 5, 0, 10);
        LibHdf5.SetTypeSize(type, 2);
        LibHdf5.SetExponentBias(type, 15);
        return type;
    }

    private static long Fields(long field, int bytes, params ReadOnlySpan<string> names)
    {
        var type = LibHdf5.NewType(Compound, (nuint)(bytes * names.Length));
        for (var i = 0; i < names.Length; i++)
        {
            LibHdf5.AddField(type, names[i], (nuint)(i * bytes), field);
        }

        LibHdf5.CloseType(field);
        return type;
    }

    private static long Truth()
    {
        var number = Standard("I8");
        var type = LibHdf5.NewEnumeration(number);
        LibHdf5.CloseType(number);
        sbyte no = 0, yes = 1;
        LibHdf5.AddName(type, "FALSE", &no);
        LibHdf5.AddName(type, "TRUE", &yes);
        return type;
    }
}
