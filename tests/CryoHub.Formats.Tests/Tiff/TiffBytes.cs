using System.Buffers.Binary;
using System.Text;

namespace CryoHub.Formats.Tests.Tiff;

/// <summary>Writes classic TIFF files, little or big endian: pixels first, then the pages.</summary>
public sealed class TiffBytes(bool bigEndian = false)
{
    private readonly MemoryStream file = Begin(bigEndian ? "MM\0*\0\0\0\0"u8 : "II*\0\0\0\0\0"u8);
    private long lastLink = 4;

    /// <summary>A page: tag, type (2 text, 3 short, 4 long, 5 rational, 12 double) and values.</summary>
    public sealed record Tag(int Number, int Type, params double[] Values)
    {
        public string? Text { get; init; }

        public static Tag Of(int number, string text) => new(number, 2) { Text = text };
    }

    public int Append(ReadOnlySpan<byte> bytes)
    {
        file.Position = file.Length;
        var at = (int)file.Position;
        file.Write(bytes);
        return at;
    }

    /// <summary>Appends a directory and links it to the one before; returns where it stands.</summary>
    public int Page(params Tag[] tags)
    {
        var values = tags.Select(tag => Encode(tag)).ToArray();
        var places = values.Select(value => value.Length > 4 ? Append(value) : -1).ToArray();
        var at = Append(Number(2, tags.Length));
        for (var i = 0; i < tags.Length; i++)
        {
            file.Write(Number(2, tags[i].Number));
            file.Write(Number(2, tags[i].Type));
            file.Write(Number(4, tags[i].Text is { } text ? text.Length + 1 : tags[i].Values.Length));
            file.Write(places[i] >= 0 ? Number(4, places[i]) : [.. values[i], .. new byte[4 - values[i].Length]]);
        }

        Link(at);
        lastLink = file.Position;
        file.Write(Number(4, 0));
        return at;
    }

    /// <summary>Makes the last page point to <paramref name="offset"/>.</summary>
    public void Link(int offset)
    {
        var end = file.Position;
        file.Position = lastLink;
        file.Write(Number(4, offset));
        file.Position = end;
    }

    public byte[] ToArray() => file.ToArray();

    /// <summary>A grey image in one strip, uncompressed; further tags replace these.</summary>
    public static byte[] Grey(int width, int height, int bits, byte[] pixels, bool bigEndian = false, params Tag[] more)
    {
        var tiff = new TiffBytes(bigEndian);
        var at = tiff.Append(pixels);
        tiff.Page(Tags(width, height, bits, at, pixels.Length, more));
        return tiff.ToArray();
    }

    public static Tag[] Tags(int width, int height, int bits, int at, int bytes, params Tag[] more) =>
    [
        .. new Tag[] { new(256, 4, width), new(257, 4, height), new(258, 3, bits), new(259, 3, 1), new(262, 3, 1), new(273, 4, at), new(277, 3, 1), new(278, 4, height), new(279, 4, bytes) }
            .Where(tag => more.All(other => other.Number != tag.Number)).Concat(more).OrderBy(tag => tag.Number),
    ];

    private static MemoryStream Begin(ReadOnlySpan<byte> head)
    {
        var file = new MemoryStream();
        file.Write(head);
        return file;
    }

    private byte[] Encode(Tag tag) => tag.Text is { } text ? [.. Encoding.Latin1.GetBytes(text), 0] : [.. tag.Values.SelectMany(value => tag.Type switch
    {
        3 => Number(2, (long)value),
        4 => Number(4, (long)value),
        5 => [.. Number(4, (long)Math.Round(value * 1_000_000)), .. Number(4, 1_000_000)],
        _ => Number(8, BitConverter.DoubleToInt64Bits(value)),
    })];

    private byte[] Number(int bytes, long value)
    {
        var wide = new byte[8];
        if (bigEndian)
        {
            BinaryPrimitives.WriteInt64BigEndian(wide, value);
            return wide[(8 - bytes)..];
        }

        BinaryPrimitives.WriteInt64LittleEndian(wide, value);
        return wide[..bytes];
    }
}
