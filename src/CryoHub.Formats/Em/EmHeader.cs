using System.Buffers.Binary;
using System.Text;
using System.Text.Json.Nodes;
using CryoHub.Imaging;

namespace CryoHub.Formats.Em;

/// <summary>The 512 bytes before the voxels.</summary>
internal sealed class EmHeader
{
    public const int Length = 512;

    // 96: forty numbers of the acquisition, most of them stored times a factor.
    private static readonly (string Name, double Factor)[] Fields =
    [
        ("Voltage", 1), ("Cs", 1000), ("Aperture", 1000), ("Magnification", 1), ("Postmagnification", 1000), ("Exposuretime", 1000), ("Objectpixelsize", 1000),
        ("Microscope", 1), ("Pixelsize", 1000), ("CCDArea", 1000), ("Defocus", 1), ("Astigmatism", 1), ("AstigmatismAngle", 1000), ("FocusIncrement", 1000),
        ("CountsPerElectron", 1000), ("Intensity", 1000), ("EnergySlitwidth", 1), ("EnergyOffset", 1), ("Tiltangle", 1000), ("Tiltaxis", 1000),
    ];

    private readonly byte[] bytes;

    public EmHeader(ReadOnlySpan<byte> head)
    {
        bytes = head[..Length].ToArray();
        BigEndian = Machine is 0 or 3 or 4 or 5;   // OS-9, SGI, Sun, Mac; 1 VAX, 2 Convex (VAX mode) and 6 PC begin with the low byte
    }

    /// <summary>0: the machine that wrote the file.</summary>
    public int Machine => bytes[0];

    /// <summary>3: number type.</summary>
    public PixelType? Pixel => bytes[3] switch
    {
        1 => PixelType.Int8,
        2 => PixelType.Int16,
        4 => PixelType.Int32,
        5 => PixelType.Float32,
        8 => PixelType.Complex64,
        9 => PixelType.Float64,
        10 => PixelType.Complex128,
        _ => null,
    };

    public int TypeCode => bytes[3];

    public bool BigEndian { get; }

    /// <summary>4, 8, 12: columns, rows, sections.</summary>
    public int Columns => Int(4);

    public int Rows => Int(8);

    public int Sections => Int(12);

    public bool IsPlausible => Machine <= 6 && Pixel is not null && Columns is > 0 and < 1 << 20 && Rows is > 0 and < 1 << 24 && Sections is > 0 and < 1 << 20;

    /// <summary>One of <see cref="Fields"/> in its unit; <c>null</c> where it is zero, which stands for "not stated".</summary>
    public double? Stated(string name)
    {
        var index = Array.FindIndex(Fields, field => field.Name == name);
        var value = Int(96 + (4 * index));
        return value == 0 ? null : value / Fields[index].Factor;
    }

    public JsonObject Original()
    {
        var tree = new JsonObject
        {
            ["machine"] = Machine,
            ["dataType"] = TypeCode,
            ["nx"] = Columns,
            ["ny"] = Rows,
            ["nz"] = Sections,
            ["comment"] = Encoding.Latin1.GetString(bytes, 16, 80).TrimEnd('\0', ' '),
        };
        for (var i = 0; i < 40; i++)
        {
            tree[i < Fields.Length ? Fields[i].Name : $"parameter{i + 1}"] = i < Fields.Length
                ? MetadataTree.Leaf(Int(96 + (4 * i)) / Fields[i].Factor) : Int(96 + (4 * i));
        }

        return tree;
    }

    private int Int(int offset) =>
        BigEndian ? BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(offset)) : BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(offset));
}
