using System.Buffers.Binary;
using System.IO.Compression;
using CryoHub.Imaging.Sources;

namespace CryoHub.Imaging.Pictures;

/// <summary>Writes 8-bit PNG pictures (W3C PNG, third edition): thumbnails, result figures, test pages.</summary>
public static class PngWriter
{
    private static readonly byte[] Signature = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Encodes rows from top to bottom; <paramref name="pixels"/> holds 1, 3 or 4 bytes a pixel.</summary>
    public static byte[] Write(ReadOnlySpan<byte> pixels, int width, int height, PngColour colour = PngColour.Grey)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        var row = width * BytesOf(colour);
        ArgumentOutOfRangeException.ThrowIfNotEqual(pixels.Length, row * height, nameof(pixels));

        using var png = new MemoryStream();
        png.Write(Signature);
        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], height);
        header[8] = 8;   // bits a sample; compression, filter and interlace stay 0
        header[9] = (byte)colour;
        WriteChunk(png, "IHDR"u8, header);
        WriteChunk(png, "IDAT"u8, Deflate(pixels, row));
        WriteChunk(png, "IEND"u8, []);
        return png.ToArray();
    }

    private static int BytesOf(PngColour colour) => colour switch
    {
        PngColour.Grey => 1,
        PngColour.Rgb => 3,
        PngColour.Rgba => 4,
        _ => throw new ArgumentOutOfRangeException(nameof(colour), colour, "Not a PNG colour type written here."),
    };

    /// <summary>Each row is stored as its difference to the row above (filter 2), which suits smooth pictures.</summary>
    private static ReadOnlySpan<byte> Deflate(ReadOnlySpan<byte> pixels, int row)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            var line = new byte[row + 1];
            line[0] = 2;
            var above = (ReadOnlySpan<byte>)new byte[row];
            for (var start = 0; start < pixels.Length; start += row)
            {
                var current = pixels.Slice(start, row);
                for (var i = 0; i < row; i++)
                {
                    line[i + 1] = (byte)(current[i] - above[i]);
                }

                zlib.Write(line);
                above = current;
            }
        }

        return packed.GetBuffer().AsSpan(0, (int)packed.Length);
    }

    private static void WriteChunk(Stream png, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        png.Write(number);
        png.Write(type);
        png.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc32.Of(data, Crc32.Of(type)));
        png.Write(number);
    }
}
