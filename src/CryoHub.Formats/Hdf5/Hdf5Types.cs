using System.Runtime.InteropServices;
using CryoHub.Imaging;

namespace CryoHub.Formats.Hdf5;

/// <summary>HDF5's types as pixel types.</summary>
internal static class Hdf5Types
{
    private const int Integer = 0;
    private const int Float = 1;
    public const int Text = 3;
    private const int Bits = 4;
    private const int Compound = 6;
    private const int Enumeration = 8;
    private const int LittleEndian = 0;
    private const int MostFields = 256;

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
        (Float, 12 or 16) => PixelType.Float64,
        (Bits, 1) => PixelType.UInt8,
        (Bits, 2) => PixelType.UInt16,
        (Bits, 4) => PixelType.UInt32,
        (Bits, 8) => PixelType.UInt64,
        (Enumeration, var size) => size == 1 && LibHdf5.CountFields(type) == 2 ? PixelType.Bool : OfBase(type),
        (Compound, 8) when Has(type, 2, Float) => PixelType.Complex64,
        (Compound, 16) when Has(type, 2, Float) => PixelType.Complex128,
        (Compound, 3) when Has(type, 3, Integer) => PixelType.Rgb8,
        (Compound, 4) when Has(type, 4, Integer) => PixelType.Rgba8,
        (Compound, 8) when Has(type, 4, Integer) => PixelType.Rgba16,
        _ => null,
    };

    /// <summary>The same type in the order in which pixels leave a reader; the caller closes it.</summary>
    public static long InMemory(long type)
    {
        switch (LibHdf5.TypeClass(type))
        {
            case Compound:
                return Packed(type);
            case Enumeration when LibHdf5.TypeSize(type) > 1 || LibHdf5.CountFields(type) != 2:
                var number = LibHdf5.BaseType(type);
                LibHdf5.SetTypeOrder(number, LittleEndian);
                return number;
            case Float when LibHdf5.TypeSize(type) > sizeof(double):
                return LibHdf5.CopyType(LibHdf5.Global("H5T_IEEE_F64LE_g"));
        }

        var copy = LibHdf5.CopyType(type);
        if (LibHdf5.TypeClass(copy) is Integer or Float or Bits)
        {
            LibHdf5.SetTypeOrder(copy, LittleEndian);
        }

        return copy;
    }

    /// <summary>Names of the fields of a record that are plain numbers of at most 8 bytes.</summary>
    public static unsafe IReadOnlyList<string> NumericFields(long type)
    {
        var names = new List<string>();
        for (var field = 0u; LibHdf5.TypeClass(type) == Compound && field < Math.Min(LibHdf5.CountFields(type), MostFields); field++)
        {
            var member = LibHdf5.FieldType(type, field);
            var name = LibHdf5.FieldName(type, field);
            if (LibHdf5.TypeClass(member) is Integer or Float && (int)LibHdf5.TypeSize(member) <= sizeof(double) && Marshal.PtrToStringUTF8((nint)name) is { Length: > 0 } text)
            {
                names.Add(text);
            }

            LibHdf5.FreeMemory(name);
            LibHdf5.CloseType(member);
        }

        return names;
    }

    /// <summary>A record of one field as float64: the library picks it by its name; the caller closes it.</summary>
    public static long OnlyField(string name)
    {
        var record = LibHdf5.NewType(Compound, sizeof(double));
        LibHdf5.AddField(record, name, 0, LibHdf5.Global("H5T_IEEE_F64LE_g"));
        return record;
    }

    private static PixelType? OfBase(long type)
    {
        var number = LibHdf5.BaseType(type);
        var pixel = LibHdf5.TypeClass(number) == Integer ? Pixel(number) : null;
        LibHdf5.CloseType(number);
        return pixel;
    }

    // The same fields, each little endian.
    private static unsafe long Packed(long type)
    {
        var packed = LibHdf5.NewType(Compound, LibHdf5.TypeSize(type));
        for (var field = 0u; field < LibHdf5.CountFields(type); field++)
        {
            var member = LibHdf5.FieldType(type, field);
            var name = LibHdf5.FieldName(type, field);
            LibHdf5.SetTypeOrder(member, LittleEndian);
            LibHdf5.AddField(packed, name, LibHdf5.FieldOffset(type, field), member);
            LibHdf5.FreeMemory(name);
            LibHdf5.CloseType(member);
        }

        return packed;
    }

    // Numbers of one size without gaps: two floats are a complex number, whatever their names, three or four integers a colour.
    private static bool Has(long type, int count, int kind)
    {
        if (LibHdf5.CountFields(type) != count)
        {
            return false;
        }

        var size = (int)LibHdf5.TypeSize(type) / count;
        for (var field = 0u; field < count; field++)
        {
            var member = LibHdf5.FieldType(type, field);
            var fits = LibHdf5.TypeClass(member) == kind && (int)LibHdf5.TypeSize(member) == size && (int)LibHdf5.FieldOffset(type, field) == (int)field * size;
            LibHdf5.CloseType(member);
            if (!fits)
            {
                return false;
            }
        }

        return true;
    }
}
