using System.Buffers.Binary;
using System.Text;
using CryoHub.Imaging;

namespace CryoHub.Formats.Tiff;

/// <summary>The directories of a TIFF file whose pages lie one after the other behind its head: first all pixels, then all directories.</summary>
internal sealed class TiffDirectory
{
    private const int TextOffsetGap = 24;   // resolution of x, of y and the bits of each sample, 8 bytes each, stand before the description

    private readonly SignalHeader header;
    private readonly byte[] description;
    private readonly long directories;
    private readonly bool big;
    private readonly bool onFirstPageOnly;

    /// <param name="header">Of the pixels as they are written.</param>
    /// <param name="description">Text of the pages' description.</param>
    /// <param name="onFirstPageOnly">The others have none.</param>
    public TiffDirectory(SignalHeader header, string description, bool onFirstPageOnly)
    {
        this.header = header;
        this.onFirstPageOnly = onFirstPageOnly;
        this.description = Encoding.UTF8.GetBytes(description + "\0");
        var pixels = checked(header.FrameBytes * header.FrameCount);
        big = pixels + (header.FrameCount * 256) > 0xF000_0000;
        Head = MakeHead(pixels);
        directories = Head.Length + pixels;
    }

    /// <summary>Signature, address of the first directory, and what all pages share: resolutions and description.</summary>
    public byte[] Head { get; }

    private int SharedOffset => big ? 16 : 8;

    private int PageBytes(long page)
    {
        var entries = Entries(page).Length;
        return big ? 8 + (entries * 20) + 8 : 2 + (entries * 12) + 4;
    }

    /// <summary>The directory of one page; they follow each other, the last says that there is none after it.</summary>
    public byte[] Page(long page)
    {
        var entries = Entries(page);
        var bytes = new byte[PageBytes(page)];
        var at = big ? 8 : 2;
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, (ushort)entries.Length);   // the same bytes as the 64-bit count of BigTIFF
        foreach (var (tag, type, count, value) in entries)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(at), tag);
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(at + 2), type);
            WriteAddress(bytes.AsSpan(at + 4), count);
            WriteAddress(bytes.AsSpan(at + (big ? 12 : 8)), value);
            at += big ? 20 : 12;
        }

        WriteAddress(bytes.AsSpan(at), page + 1 < header.FrameCount ? directories + PageBytes(0) + (page * PageBytes(1)) : 0);
        return bytes;
    }

    private byte[] MakeHead(long pixels)
    {
        var length = SharedOffset + TextOffsetGap + description.Length;
        var head = new byte[(length + 15) / 16 * 16];
        head[0] = head[1] = (byte)'I';
        BinaryPrimitives.WriteUInt16LittleEndian(head.AsSpan(2), (ushort)(big ? 43 : 42));
        if (big)
        {
            head[4] = 8;   // bytes of an address
        }

        WriteAddress(head.AsSpan(big ? 8 : 4), head.Length + pixels);
        WriteRational(head.AsSpan(SharedOffset), PointsPerUnit(header.Axes[^1]));
        WriteRational(head.AsSpan(SharedOffset + 8), PointsPerUnit(header.Axes[^2]));
        var (samples, bits, _) = Sample(header.Pixel);
        BinaryPrimitives.WriteInt64LittleEndian(head.AsSpan(SharedOffset + 16), BitsOfAll(samples, bits));
        description.CopyTo(head.AsSpan(SharedOffset + TextOffsetGap));
        return head;
    }

    private (ushort Tag, ushort Type, long Count, long Value)[] Entries(long page)
    {
        const ushort Ascii = 2, Short = 3, Long = 4, Rational = 5, Long8 = 16;
        var (samples, bits, format) = Sample(header.Pixel);
        var address = big ? Long8 : Long;
        var isInline = samples == 1 || big;   // the bits of three samples do not fit into the four bytes of a classic entry
        List<(ushort, ushort, long, long)> entries =
        [
            (254, Long, 1, header.FrameCount > 1 ? 2 : 0),                                       // NewSubfileType: a page of several
            (256, Long, 1, header.Shape[^1]),                                                    // ImageWidth
            (257, Long, 1, header.Shape[^2]),                                                    // ImageLength
            (258, Short, samples, isInline ? BitsOfAll(samples, bits) : SharedOffset + 16),       // BitsPerSample
            (259, Short, 1, 1),                                                                  // Compression: none
            (262, Short, 1, samples == 1 ? 1 : 2),                                               // PhotometricInterpretation: black is zero, RGB
            (270, Ascii, description.Length, SharedOffset + TextOffsetGap),                      // ImageDescription
            (273, address, 1, Head.Length + (page * header.FrameBytes)),                         // StripOffsets
            (277, Short, 1, samples),                                                            // SamplesPerPixel
            (278, Long, 1, header.Shape[^2]),                                                    // RowsPerStrip
            (279, address, 1, header.FrameBytes),                                                // StripByteCounts
            (282, Rational, 1, SharedOffset),                                                    // XResolution
            (283, Rational, 1, SharedOffset + 8),                                                // YResolution
            (296, Short, 1, 1),                                                                  // ResolutionUnit: the description's
        ];
        if (samples == 4)
        {
            entries.Add((338, Short, 1, 2));   // ExtraSamples: unassociated alpha
        }

        entries.Add((339, Short, 1, format));  // SampleFormat
        return page > 0 && onFirstPageOnly ? [.. entries.Where(entry => entry.Item1 != 270)] : [.. entries];
    }

    private static long BitsOfAll(int samples, int bits) => Enumerable.Range(0, samples).Aggregate(0L, (all, i) => all | ((long)bits << (16 * i)));

    private static (int Samples, int Bits, int Format) Sample(PixelType pixel) => pixel switch
    {
        PixelType.Rgb8 => (3, 8, 1),
        PixelType.Rgba8 => (4, 8, 1),
        PixelType.Rgba16 => (4, 16, 1),
        PixelType.Complex64 or PixelType.Complex128 => (1, 8 * pixel.Bytes(), 6),
        PixelType.Int8 or PixelType.Int16 or PixelType.Int32 or PixelType.Int64 => (1, 8 * pixel.Bytes(), 2),
        _ when pixel.IsFloat() => (1, 8 * pixel.Bytes(), 3),
        _ => (1, 8 * pixel.Bytes(), 1),
    };

    private static double PointsPerUnit(Axis axis) => axis.IsCalibrated && axis.Step != 0 ? 1 / Math.Abs(axis.Step) : 1;

    private static void WriteRational(Span<byte> bytes, double value)
    {
        var denominator = Math.Clamp(Math.Floor(4e9 / value), 1, 4e9);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, (uint)Math.Clamp(Math.Round(value * denominator), 0, uint.MaxValue));
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[4..], (uint)denominator);
    }

    private void WriteAddress(Span<byte> bytes, long value)
    {
        if (big)
        {
            BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        }
        else
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes, (uint)value);
        }
    }
}
