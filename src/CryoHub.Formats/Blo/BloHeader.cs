using System.Buffers.Binary;
using System.Text;
using System.Text.Json.Nodes;
using CryoHub.Imaging;

namespace CryoHub.Formats.Blo;

/// <summary>Header of a NanoMegas block file; 240 bytes of fields, then a note up to the first data.</summary>
internal sealed class BloHeader(byte[] bytes)
{
    public const int FieldBytes = 240;

    private static readonly DateTime SerialDayZero = new(1899, 12, 30, 0, 0, 0, DateTimeKind.Unspecified);

    /// <summary>6: 0x0102 in the file's byte order.</summary>
    public bool BigEndian { get; } = bytes[6] == 1;

    /// <summary>8: the virtual bright field, one byte a point.</summary>
    public long OverviewOffset => UInt32(8);

    /// <summary>12: the patterns, each behind two bytes of mark and four of number.</summary>
    public long PatternOffset => UInt32(12);

    public int PatternSize => UInt16(20);

    public int PointsX => UInt16(24);

    public int PointsY => UInt16(26);

    /// <summary>30, 38: step of the scan in nanometres.</summary>
    public double StepX => Real(30);

    public double StepY => Real(38);

    /// <summary>46: in volts.</summary>
    public double BeamEnergyKeV => UInt32(46) / 1000.0;

    /// <summary>50: pixels of the pattern in a hundredth part of a metre, times 100.</summary>
    public double PatternPixelCm => 100.0 / UInt16(50);

    /// <summary>56: days since the end of 1899.</summary>
    public string? AcquiredAt =>
        Real(56) is > 1 and < 100_000 and var days
            ? SerialDayZero.AddDays(days).ToString("yyyy-MM-dd'T'HH:mm:ss.FFF", System.Globalization.CultureInfo.InvariantCulture) : null;

    public JsonObject Original()
    {
        var tree = new JsonObject
        {
            ["ID"] = Encoding.ASCII.GetString(bytes, 0, 6),
            ["MAGIC"] = UInt16(6),
            ["Data_offset_1"] = OverviewOffset,
            ["Data_offset_2"] = PatternOffset,
            ["UNKNOWN1"] = UInt32(16),
            ["DP_SZ"] = PatternSize,
            ["DP_rotation"] = UInt16(22),
            ["NX"] = PointsX,
            ["NY"] = PointsY,
            ["Scan_rotation"] = UInt16(28),
            ["SX"] = MetadataTree.Leaf(StepX),
            ["SY"] = MetadataTree.Leaf(StepY),
            ["Beam_energy"] = UInt32(46),
            ["SDP"] = UInt16(50),
            ["Camera_length"] = UInt32(52),
            ["Acquisition_time"] = MetadataTree.Leaf(Real(56)),
        };
        for (var i = 0; i < 8; i++)
        {
            tree[$"Centering_N{i}"] = MetadataTree.Leaf(Real(64 + (8 * i)));
        }

        for (var i = 0; i < 14; i++)
        {
            tree[$"Distortion_N{i:00}"] = MetadataTree.Leaf(Real(128 + (8 * i)));
        }

        tree["NOTE"] = Encoding.Latin1.GetString(bytes, FieldBytes, bytes.Length - FieldBytes).TrimEnd('\0');
        return tree;
    }

    private ushort UInt16(int offset) =>
        BigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(offset)) : BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(offset));

    private uint UInt32(int offset) =>
        BigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(offset)) : BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(offset));

    private double Real(int offset) =>
        BigEndian ? BinaryPrimitives.ReadDoubleBigEndian(bytes.AsSpan(offset)) : BinaryPrimitives.ReadDoubleLittleEndian(bytes.AsSpan(offset));
}
