using System.Text;
using System.Text.Json.Nodes;
using CryoHub.Formats.Bytes;
using CryoHub.Imaging;

namespace CryoHub.Formats.Jpeg;

/// <summary>What the segments before the first scan say (ITU-T T.81, JFIF, Exif, Adobe).</summary>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
/// <param name="Components">1: grey, 3: colour, 4: print colours.</param>
/// <param name="Original">Segments as metadata.</param>
/// <param name="Exif">What the camera says; <c>null</c> where it says nothing.</param>
internal sealed record JpegHeader(int Width, int Height, int Components, JsonObject Original, Exif? Exif)
{
    private const int MostSegments = 10_000;

    // An even area takes two bits a block of 64 pixels, less in progressive files; above this a promise is a bomb.
    private const long MostPixelsAByte = 4096;
    private const long MostPixels = 1L << 28;

    public static async Task<JpegHeader> ReadAsync(IByteSource file, CancellationToken ct)
    {
        var cursor = new ByteCursor(file, bigEndian: true);
        cursor.Skip(2);
        var original = new JsonObject();
        Exif? exif = null;
        for (var segment = 0; segment < MostSegments; segment++)
        {
            var marker = await MarkerAsync(cursor, ct);
            if (marker is 0x01 or (>= 0xD0 and <= 0xD7))
            {
                continue;
            }

            var length = (ushort)await cursor.Int16Async(ct) - 2;
            var next = cursor.Position + length;
            if (marker is 0xD9 or 0xDA || length < 0 || next > file.Length)
            {
                throw ProblemException.Unreadable($"Segment {marker:X2} of {length + 2} bytes at byte {cursor.Position - 4} of {file.Length} comes before the sizes of the image are known.");
            }

            switch (marker)
            {
                case 0xE1 when length > 6 && (await cursor.TakeAsync(6, ct)).Span.SequenceEqual("Exif\0\0"u8):
                    exif ??= await Jpeg.Exif.ReadAsync(new SliceSource(file, cursor.Position, next - cursor.Position), ct);
                    break;
                case 0xFE:
                    original["Comment"] = Encoding.UTF8.GetString((await cursor.TakeAsync(length, ct)).Span).TrimEnd('\0');
                    break;
                case 0xC0 or 0xC1 or 0xC2:
                    return Checked(await FrameAsync(cursor, length, original, exif, ct), marker, file.Length);
                case 0xC3 or (>= 0xC5 and <= 0xC7) or (>= 0xC9 and <= 0xCB) or (>= 0xCD and <= 0xCF):
                    throw ProblemException.Unreadable($"The image is packed by process {marker - 0xC0}; baseline, extended and progressive (0 to 2) are read.");
            }

            cursor.MoveTo(next);
        }

        throw ProblemException.Unreadable($"After {MostSegments} segments the sizes of the image are still unknown.");
    }

    private static async ValueTask<int> MarkerAsync(ByteCursor cursor, CancellationToken ct)
    {
        int value = await cursor.ByteAsync(ct);
        if (value != 0xFF)
        {
            throw ProblemException.Unreadable($"A segment was expected at byte {cursor.Position - 1}; there stands {value:X2}.");
        }

        while (value == 0xFF)
        {
            value = await cursor.ByteAsync(ct);     // filling bytes
        }

        return value;
    }

    private static async Task<JpegHeader> FrameAsync(ByteCursor cursor, int length, JsonObject original, Exif? exif, CancellationToken ct)
    {
        var frame = new BlockReader(await cursor.TakeAsync(Math.Min(length, 6), ct), bigEndian: true);      // 0: bits, 1: rows, 3: columns, 5: components
        var bits = frame.Byte();
        var header = new JpegHeader(0, frame.UInt16(), 0, original, exif) with { Width = frame.UInt16(), Components = frame.Byte() };
        original["BitsPerSample"] = bits;
        original["Components"] = header.Components;
        return bits == 8 ? header : throw ProblemException.Unreadable($"The image has {bits} bits a component; 8 are read.");
    }

    private static JpegHeader Checked(JpegHeader header, int marker, long bytes)
    {
        header.Original["Process"] = marker switch { 0xC0 => "baseline", 0xC1 => "extended sequential", _ => "progressive" };
        var pixels = (long)header.Width * header.Height;
        return pixels > 0 && pixels <= Math.Min(MostPixels, bytes * MostPixelsAByte) && header.Components is 1 or 3 or 4
            ? header
            : throw ProblemException.Unreadable($"{bytes} bytes promise {header.Width} x {header.Height} pixels of {header.Components} components; at most {Math.Min(MostPixels, bytes * MostPixelsAByte)} pixels of 1, 3 or 4 are possible.");
    }
}
