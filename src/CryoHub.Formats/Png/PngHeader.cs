using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using CryoHub.Formats.Bytes;
using CryoHub.Formats.Jpeg;
using CryoHub.Imaging;
using CryoHub.Imaging.Sources;

namespace CryoHub.Formats.Png;

/// <summary>The chunks of a PNG file (W3C PNG, third edition) but for the pixels.</summary>
internal sealed class PngHeader
{
    private const int MostChunks = 1_000_000;
    private const int LongestText = 1 << 20;
    private const int MostSide = 1 << 24;
    private const long BestRatio = 1040;    // of deflate

    private readonly List<IByteSource> data = [];

    private PngHeader(BlockReader head) =>
        (Width, Height, Bits, Colour, Interlaced) = (head.Int32(), head.Int32(), head.Byte(), head.Byte(), head.Skip(2).Byte() == 1);   // compression and filter method are 0

    public int Width { get; }

    public int Height { get; }

    public int Bits { get; }

    /// <summary>0 grey, 2 colour, 3 palette, 4 grey with alpha, 6 colour with alpha.</summary>
    public int Colour { get; }

    public bool Interlaced { get; }

    /// <summary>Colours of a palette, three bytes each.</summary>
    public byte[] Palette { get; private set; } = [];

    /// <summary>Alpha of the palette's colours.</summary>
    public byte[] Alpha { get; private set; } = [];

    public JsonObject Texts { get; } = [];

    public Exif? Exif { get; private set; }

    public int Channels => Colour switch { 2 => 3, 4 => 2, 6 => 4, _ => 1 };

    /// <summary>Bytes of one pixel for the filters, at least one.</summary>
    public int FilterBytes => Math.Max(1, Channels * Bits / 8);

    public PixelType Pixel => (Colour, Bits) switch
    {
        (0, 16) => PixelType.UInt16,
        (0, _) => PixelType.UInt8,
        (3, _) => Alpha.Length > 0 ? PixelType.Rgba8 : PixelType.Rgb8,
        (2, 8) => PixelType.Rgb8,
        (_, 16) => PixelType.Rgba16,
        _ => PixelType.Rgba8,
    };

    public long RowBytes(int columns) => (((long)columns * Channels * Bits) + 7) / 8;

    /// <summary>The filtered rows, unpacked from all data chunks.</summary>
    public Stream Rows() => new ZLibStream(new ByteSourceStream(new JoinedSource(data)), CompressionMode.Decompress);

    public static async Task<PngHeader> ReadAsync(IByteSource file, CancellationToken ct)
    {
        var cursor = new ByteCursor(file, bigEndian: true);
        cursor.Skip(8);
        PngHeader? png = null;
        for (var chunk = 0; chunk < MostChunks && cursor.Position + 8 <= file.Length; chunk++)
        {
            var length = (uint)await cursor.Int32Async(ct);
            var type = Encoding.Latin1.GetString((await cursor.TakeAsync(4, ct)).Span);
            var next = cursor.Position + length + 4;        // the checksum follows
            if (png is null)
            {
                png = type == "IHDR" && length == 13 ? new PngHeader(new BlockReader((await cursor.TakeAsync(13, ct)).ToArray(), bigEndian: true))
                    : throw ProblemException.Unreadable($"The first chunk is {type} of {length} bytes; IHDR of 13 was expected.");
            }
            else if (type == "IEND" || next > file.Length)
            {
                break;
            }
            else
            {
                await png.AddAsync(type, new SliceSource(file, cursor.Position, length), ct);
            }

            cursor.MoveTo(Math.Min(next, file.Length));
        }

        return (png ?? throw ProblemException.Unreadable("The file holds no chunk.")).Checked();
    }

    private async Task AddAsync(string type, IByteSource content, CancellationToken ct)
    {
        switch (type)
        {
            case "IDAT":
                data.Add(content);
                break;
            case "PLTE" when content.Length <= 768:
                Palette = await content.ReadBlockAsync(0, content.Length, ct);
                break;
            case "tRNS" when Colour == 3 && content.Length <= 256:
                Alpha = await content.ReadBlockAsync(0, content.Length, ct);
                break;
            case "eXIf":
                Exif ??= await Exif.ReadAsync(content, ct);
                break;
            case "tEXt" or "iTXt" or "zTXt" when content.Length <= LongestText:
                AddText(type, await content.ReadBlockAsync(0, content.Length, ct));
                break;
            case "tIME" when content.Length == 7:
                var time = new BlockReader(await content.ReadBlockAsync(0, 7, ct), bigEndian: true);
                Texts["tIME"] = $"{time.UInt16():0000}-{time.Byte():00}-{time.Byte():00}T{time.Byte():00}:{time.Byte():00}:{time.Byte():00}";
                break;
        }
    }

    /// <summary>Keyword, zero, text; packed texts are kept by their keyword only where they are small.</summary>
    private void AddText(string type, byte[] bytes)
    {
        var zero = Array.IndexOf(bytes, (byte)0);
        if (zero <= 0)
        {
            return;
        }

        var key = Encoding.Latin1.GetString(bytes, 0, zero);
        var rest = bytes.AsSpan(zero + 1);
        if (type == "tEXt")
        {
            Texts[key] = Encoding.Latin1.GetString(rest);
        }
        else if (type == "zTXt" && rest.Length > 1)
        {
            Texts[key] = Unpacked(rest[1..].ToArray(), Encoding.Latin1);
        }
        else if (type == "iTXt" && rest.Length > 2 && rest[2..].IndexOf((byte)0) is >= 0 and var language && rest[(3 + language)..].IndexOf((byte)0) is >= 0 and var translated)
        {
            var text = rest[(4 + language + translated)..];
            Texts[key] = rest[0] == 1 ? Unpacked(text.ToArray(), Encoding.UTF8) : Encoding.UTF8.GetString(text);
        }
    }

    private static string Unpacked(byte[] packed, Encoding encoding)
    {
        try
        {
            using var zlib = new ZLibStream(new MemoryStream(packed), CompressionMode.Decompress);
            var text = new byte[64 << 10];
            return encoding.GetString(text, 0, zlib.ReadAtLeast(text, text.Length, throwOnEndOfStream: false));
        }
        catch (Exception broken) when (broken is InvalidDataException or IOException)
        {
            return $"{packed.Length} damaged bytes";
        }
    }

    private PngHeader Checked()
    {
        var isKnown = (Colour, Bits) is (0, 1 or 2 or 4 or 8 or 16) or (3, 1 or 2 or 4 or 8) or (2 or 4 or 6, 8 or 16);
        if (!isKnown || Width is < 1 or > MostSide || Height is < 1 or > MostSide || (Colour == 3 && Palette.Length < 3))
        {
            throw ProblemException.Unreadable($"The image has {Width} x {Height} pixels of colour type {Colour} with {Bits} bits and a palette of {Palette.Length / 3} colours; PNG does not know that.");
        }

        var (need, have) = ((RowBytes(Width) + 1) * Height, data.Sum(chunk => chunk.Length));
        return need <= (have + 64) * BestRatio && (long)Width * Height * Pixel.Bytes() <= Array.MaxLength
            ? this
            : throw ProblemException.Unreadable($"The image promises {need} bytes of pixels out of {have} packed ones; deflate cannot do that.");
    }
}
