using CryoHub.Formats.Tiff.Eer;
using CryoHub.Imaging;

namespace CryoHub.Formats.Tiff;

/// <summary>What one pixel of a page is. Pages that differ here are different signals.</summary>
internal sealed record TiffPixelFormat(int Width, int Height, int Bits, int SampleFormat, int Samples, bool Planar, int Compression, int Photometric, bool ReversedBits, bool BigEndian)
{
    /// <summary>Set where the page holds coded electrons; its pixels are counts of one byte then.</summary>
    public EerCoding? Events { get; init; }

    private const int Separated = 5;
    private const int YCbCr = 6;

    public bool IsCompressed => Compression != 1;

    /// <summary>Colour models that libtiff turns into red, green and blue.</summary>
    public bool IsConverted => Photometric is Separated or YCbCr or 8 or 9 or 32845 && Bits == 8 && Samples >= 3;

    public bool IsSubsampled => Photometric == YCbCr;

    /// <summary>Samples that stand beside each other in a strip.</summary>
    public int PlaneSamples => Planar ? 1 : Samples;

    public int Planes => Planar ? Samples : 1;

    /// <summary>Channels that become an axis of their own; 1 for grey and for colours.</summary>
    public int Channels => Pixel.IsColour() ? 1 : Samples;

    public PixelType Pixel => (IsConverted, Samples, Bits, SampleFormat) switch
    {
        (true, _, _, _) => PixelType.Rgb8,
        (_, 3, 8, 1) when Photometric == 2 => PixelType.Rgb8,
        (_, 4, 8, 1) when Photometric == 2 => PixelType.Rgba8,
        (_, 4, 16, 1) when Photometric == 2 => PixelType.Rgba16,
        (_, _, 1, 1) => PixelType.Bool,
        (_, _, <= 8, 1) => PixelType.UInt8,
        (_, _, <= 16, 1) => PixelType.UInt16,
        (_, _, 32, 1) => PixelType.UInt32,
        (_, _, 64, 1) => PixelType.UInt64,
        (_, _, 8, 2) => PixelType.Int8,
        (_, _, 16, 2) => PixelType.Int16,
        (_, _, 32, 2) => PixelType.Int32,
        (_, _, 64, 2) => PixelType.Int64,
        (_, _, 16, 3) => PixelType.Float16,
        (_, _, 32, 3) => PixelType.Float32,
        (_, _, 64, 3) => PixelType.Float64,
        (_, _, 64, 6) => PixelType.Complex64,
        (_, _, 128, 6) => PixelType.Complex128,
        _ => throw ProblemException.Unreadable($"Pixels of {Bits} bits in sample format {SampleFormat} are not known."),
    };

    /// <summary>Bytes of the whole page as it leaves the reader.</summary>
    public long FrameBytes => (long)Width * Height * Pixel.Bytes() * Channels;

    /// <summary>Decoded bytes that one byte of each compression can stand for at most: a page that promises more is a bomb.</summary>
    public long BestRatio => Compression switch
    {
        8 or 32946 or 5 => 1400,                    // deflate: 1032; LZW: 4096 codes of growing length in 12 bits each
        32773 => 64,                                // PackBits: two bytes for 128
        2 or 3 or 4 => 8L * Math.Max(64, Width),    // fax: one bit a row
        _ => 1 << 15,
    };

    public static async Task<TiffPixelFormat> ReadAsync(TiffTags tags, int width, int height, CancellationToken ct)
    {
        var bits = await tags.LongsAsync(258, ct);
        var samples = await tags.LongAsync(277, 1, ct);
        var format = await tags.LongAsync(339, 1, ct);
        if (bits.Length > 1 && bits.Any(other => other != bits[0]))
        {
            throw ProblemException.Unreadable($"The samples of a pixel have {string.Join(", ", bits.Take(8))} bits; equal ones are read.");
        }

        if (samples is < 1 or > ushort.MaxValue || bits is [< 1 or > 128, ..])
        {
            throw ProblemException.Unreadable($"A pixel states {samples} samples of {bits.FirstOrDefault(1)} bits.");
        }

        var compression = await tags.LongAsync(259, 1, ct);
        var events = await EerCoding.OfAsync(tags, compression, ct);
        var page = new TiffPixelFormat(
            width, height, events is null ? (int)bits.FirstOrDefault(1) : 8, format is 4 ? 1 : (int)format, (int)samples, await tags.LongAsync(284, 1, ct) == 2 && samples > 1,
            (int)compression, (int)await tags.LongAsync(262, 1, ct), await tags.LongAsync(266, 1, ct) == 2, tags.Layout.BigEndian)
        { Events = events };
        _ = page.Pixel;
        return page.FrameBytes <= int.MaxValue ? page
            : throw ProblemException.Unreadable($"A page of {width} x {height} pixels holds {page.FrameBytes} bytes; at most {int.MaxValue} are read at once.");
    }
}
