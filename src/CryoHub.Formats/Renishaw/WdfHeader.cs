using System.Buffers.Binary;
using System.Text;
using System.Text.Json.Nodes;
using CryoHub.Formats.Bytes;
using CryoHub.Imaging;

namespace CryoHub.Formats.Renishaw;

/// <summary>The first block of a WiRE file, 512 bytes, little endian.</summary>
internal sealed record WdfHeader(int Points, long Capacity, long Count, string Unit, double LaserWavenumber, string Title, JsonObject Tree)
{
    public const int Bytes = 512;

    public static WdfHeader Parse(ReadOnlySpan<byte> block, string name)
    {
        if (block.Length < Bytes || !block.StartsWith("WDF1"u8))
        {
            throw ProblemException.Unreadable($"{name} has no header WDF1 of {Bytes} bytes.");
        }

        var points = BinaryPrimitives.ReadUInt32LittleEndian(block[60..]);
        var capacity = BinaryPrimitives.ReadUInt64LittleEndian(block[64..]);
        var count = BinaryPrimitives.ReadUInt64LittleEndian(block[72..]);
        if (points is 0 or > int.MaxValue / 8 || capacity is 0 or > int.MaxValue || count > capacity)
        {
            throw ProblemException.Unreadable($"{name} promises {points} points, room for {capacity} spectra and {count} taken.");
        }

        var laser = BinaryPrimitives.ReadSingleLittleEndian(block[156..]);
        var unit = WdfUnits.Of(BinaryPrimitives.ReadUInt32LittleEndian(block[152..]));
        var tree = new JsonObject
        {
            ["points_per_spectrum"] = points,
            ["capacity"] = capacity,
            ["count"] = count,
            ["accumulations_per_spectrum"] = BinaryPrimitives.ReadUInt32LittleEndian(block[80..]),
            ["application"] = Text(block.Slice(96, 24)),
            ["scan_type"] = BinaryPrimitives.ReadUInt32LittleEndian(block[128..]),
            ["measurement_type"] = BinaryPrimitives.ReadUInt32LittleEndian(block[132..]),
            ["time_start"] = BinaryPrimitives.ReadUInt64LittleEndian(block[136..]),
            ["time_end"] = BinaryPrimitives.ReadUInt64LittleEndian(block[144..]),
            ["laser_wavenumber"] = float.IsFinite(laser) ? laser : null,
            ["user"] = Text(block.Slice(208, 32)),
            ["title"] = Text(block.Slice(240, 160)),
        };
        return new WdfHeader((int)points, (long)capacity, (long)count, unit, laser, Text(block.Slice(240, 160)), tree);
    }

    /// <summary>UTF-8 up to the first zero.</summary>
    public static string Text(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes.IndexOf((byte)0) is >= 0 and var end ? bytes[..end] : bytes).Trim();
}
