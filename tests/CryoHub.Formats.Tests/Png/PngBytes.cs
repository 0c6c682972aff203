using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace CryoHub.Formats.Tests.Png;

/// <summary>PNG files as the specification describes them, every row filtered by the next of the five methods.</summary>
internal static class PngBytes
{
    private static readonly (int X, int Y, int StepX, int StepY)[] Adam7 = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];

    /// <param name="samples">Value of a channel at a column and row.</param>
    public static byte[] File(int width, int height, int bits, int colour, bool interlaced, Func<int, int, int, int> samples, params (string Type, byte[] Content)[] chunks)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            foreach (var (x, y, stepX, stepY) in interlaced ? Adam7 : [(0, 0, 1, 1)])
            {
                Pass(zlib, [.. Enumerable.Range(0, width).Where(i => i >= x && (i - x) % stepX == 0)], [.. Enumerable.Range(0, height).Where(i => i >= y && (i - y) % stepY == 0)], bits, Channels(colour), samples);
            }
        }

        var head = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(head, width);
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(4), height);
        (head[8], head[9], head[12]) = ((byte)bits, (byte)colour, (byte)(interlaced ? 1 : 0));
        var data = packed.ToArray();
        return
        [
            0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, .. Chunk("IHDR", head), .. chunks.SelectMany(chunk => Chunk(chunk.Type, chunk.Content)),
            .. Chunk("IDAT", data[..(data.Length / 2)]), .. Chunk("IDAT", data[(data.Length / 2)..]), .. Chunk("IEND", []),
        ];
    }

    private static int Channels(int colour) => colour switch { 2 => 3, 4 => 2, 6 => 4, _ => 1 };

    private static void Pass(Stream to, int[] columns, int[] rows, int bits, int channels, Func<int, int, int, int> samples)
    {
        if (columns.Length == 0)
        {
            return;
        }

        var above = new byte[((columns.Length * channels * bits) + 7) / 8];
        var step = Math.Max(1, channels * bits / 8);
        for (var n = 0; n < rows.Length; n++)
        {
            var line = new byte[above.Length];
            for (var i = 0; i < columns.Length * channels; i++)
            {
                var value = samples(columns[i / channels], rows[n], i % channels);
                for (var bit = 0; bit < bits; bit++)
                {
                    var at = (i * bits) + bit;
                    line[at / 8] |= (byte)(((value >> (bits - 1 - bit)) & 1) << (7 - (at % 8)));
                }
            }

            to.WriteByte((byte)(n % 5));
            for (var i = 0; i < line.Length; i++)
            {
                int a = i >= step ? line[i - step] : 0, b = above[i], c = i >= step ? above[i - step] : 0;
                var p = a + b - c;
                var nearest = new[] { a, b, c }.OrderBy(value => Math.Abs(p - value)).First();      // stable: a, then b, then c
                to.WriteByte((byte)(line[i] - (n % 5) switch { 0 => 0, 1 => a, 2 => b, 3 => (a + b) / 2, _ => nearest }));
            }

            above = line;
        }
    }

    /// <summary>The checksum is not looked at: damage shows in the packed data itself.</summary>
    private static byte[] Chunk(string type, byte[] content)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, content.Length);
        return [.. length, .. Encoding.Latin1.GetBytes(type), .. content, 0, 0, 0, 0];
    }
}
