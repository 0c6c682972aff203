using System.Buffers.Binary;
using System.Text.Json.Nodes;
using CryoHub.Imaging;

namespace CryoHub.Formats.Bmp;

/// <summary>Header and palette of a bitmap.</summary>
internal sealed record BmpLayout(int Width, int Height, bool FromAbove, int Bits, int At, byte[] Palette, JsonObject Tree)
{
    public static BmpLayout Read(ReadOnlySpan<byte> b)
    {
        var at = BinaryPrimitives.ReadInt32LittleEndian(b[10..]);            // 10: where the pixels begin
        var headerBytes = BinaryPrimitives.ReadInt32LittleEndian(b[14..]);   // 14: bytes of the second header
        var width = BinaryPrimitives.ReadInt32LittleEndian(b[18..]);         // 18: width, 22: height, negative where rows come from above
        var height = BinaryPrimitives.ReadInt32LittleEndian(b[22..]);
        var bits = BinaryPrimitives.ReadUInt16LittleEndian(b[28..]);         // 28: bits a pixel, 30: compression
        var compression = BinaryPrimitives.ReadInt32LittleEndian(b[30..]);
        var colours = BinaryPrimitives.ReadInt32LittleEndian(b[46..]);       // 46: colours of the palette, 0 for all
        if (bits is not (1 or 4 or 8 or 24 or 32) || compression is not (0 or 3) || (compression == 3 && bits != 32))
        {
            throw ProblemException.Unreadable($"The bitmap has {bits} bits a pixel and compression {compression}; 1, 4, 8, 24 or 32 bits without compression are read.");
        }

        var rows = Math.Abs((long)height);
        var stride = ((((long)width * bits) + 31) / 32) * 4;
        if (width <= 0 || rows == 0 || at < 0 || at > b.Length || stride * rows > b.Length - at)
        {
            throw ProblemException.Unreadable($"A bitmap of {width} x {rows} needs {stride * rows} bytes from byte {at}; the file holds {b.Length}.");
        }

        var palette = Math.Clamp(14L + headerBytes, 0, b.Length);
        var entries = bits > 8 ? 0 : colours is > 0 and <= 256 ? colours : 1 << bits;
        var tree = new JsonObject
        {
            ["biWidth"] = width,
            ["biHeight"] = height,
            ["biBitCount"] = bits,
            ["biCompression"] = compression,
            ["biXPelsPerMeter"] = BinaryPrimitives.ReadInt32LittleEndian(b[38..]),   // of a printer, never of the specimen
            ["biYPelsPerMeter"] = BinaryPrimitives.ReadInt32LittleEndian(b[42..]),
            ["biClrUsed"] = colours,
        };
        return new BmpLayout(width, (int)rows, height < 0, bits, at, b.Slice((int)palette, (int)Math.Min(4L * entries, b.Length - palette)).ToArray(), tree);
    }

    /// <summary>Grey palettes give their grey values, everything else red, green and blue.</summary>
    public (PixelType Pixel, byte[] Pixels) Decode(ReadOnlySpan<byte> b)
    {
        var isGrey = Bits <= 8 && IsGrey();
        var size = isGrey ? 1 : 3;
        if ((long)Width * Height * size > Array.MaxLength)
        {
            throw ProblemException.Unreadable($"A bitmap of {Width} x {Height} is larger than one array.");
        }

        var pixels = new byte[(long)Width * Height * size];
        var stride = (int)(((((long)Width * Bits) + 31) / 32) * 4);
        for (var y = 0; y < Height; y++)
        {
            var row = b.Slice(At + (stride * (FromAbove ? y : Height - 1 - y)), stride);
            for (var x = 0; x < Width; x++)
            {
                Put(row, x, pixels.AsSpan(((y * Width) + x) * size, size));
            }
        }

        return (isGrey ? PixelType.UInt8 : PixelType.Rgb8, pixels);
    }

    private void Put(ReadOnlySpan<byte> row, int x, Span<byte> pixel)
    {
        // Colours are stored blue, green, red.
        ReadOnlySpan<byte> colour = Bits > 8 ? row.Slice(x * Bits / 8, 3) : Colour(Index(row, x));
        if (pixel.Length == 1)
        {
            pixel[0] = colour[0];
            return;
        }

        (pixel[0], pixel[1], pixel[2]) = (colour[2], colour[1], colour[0]);
    }

    private int Index(ReadOnlySpan<byte> row, int x) => Bits switch
    {
        1 => (row[x >> 3] >> (7 - (x & 7))) & 1,
        4 => (row[x >> 1] >> ((x & 1) == 0 ? 4 : 0)) & 15,
        _ => row[x],
    };

    private ReadOnlySpan<byte> Colour(int index) => (4 * index) + 3 <= Palette.Length
        ? Palette.AsSpan(4 * index, 3)
        : throw ProblemException.Unreadable($"A pixel asks for colour {index}; the palette has {Palette.Length / 4}.");

    private bool IsGrey()
    {
        for (var i = 0; i + 3 <= Palette.Length; i += 4)
        {
            if (Palette[i] != Palette[i + 1] || Palette[i] != Palette[i + 2])
            {
                return false;
            }
        }

        return true;
    }
}
