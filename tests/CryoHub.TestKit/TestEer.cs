using System.Buffers.Binary;
using System.Text;

namespace CryoHub.TestKit;

/// <summary>Movies of electron events written from the format's description: a BigTIFF whose pages hold runs of empty pixels and electrons as a bit stream.</summary>
public static class TestEer
{
    /// <param name="pixels">Raster positions of a frame's electrons, ascending.</param>
    /// <param name="total">Pixels of the frame.</param>
    /// <param name="runBits">Bits of a run; all ones go on without an electron.</param>
    /// <param name="placeBits">Bits of the place inside the pixel.</param>
    /// <param name="placeAfterFullRun">Older files have place bits there too.</param>
    public static byte[] Encode(IEnumerable<int> pixels, int total, int runBits, int placeBits = 4, bool placeAfterFullRun = false)
    {
        List<byte> stream = [];
        var (held, bits) = (0UL, 0);
        var (all, next, place) = ((1 << runBits) - 1, 0, 0);
        foreach (var pixel in pixels)
        {
            Run(pixel - next);
            Put(place++ & ((1 << placeBits) - 1), placeBits);
            next = pixel + 1;
        }

        Run(total - next);
        Put(0, 7);      // what is left of the last byte
        return [.. stream];

        void Run(int length)
        {
            for (; length >= all; length -= all)
            {
                Put(all, runBits);
                Put(0, placeAfterFullRun ? placeBits : 0);
            }

            Put(length, runBits);
        }

        void Put(int value, int count)
        {
            held |= (ulong)value << bits;
            for (bits += count; bits >= 8; bits -= 8)
            {
                stream.Add((byte)held);
                held >>= 8;
            }
        }
    }

    /// <summary>The file; each frame is one strip. Further tags are numbers of 16 bits.</summary>
    public static byte[] File(int width, int height, int compression, IReadOnlyList<byte[]> frames, string metadata = "", params (int Tag, int Value)[] more)
    {
        using var file = new MemoryStream();
        file.Write([(byte)'I', (byte)'I', 43, 0, 8, 0, 0, 0, .. new byte[8]]);
        var link = 8L;
        var text = Append(Encoding.UTF8.GetBytes(metadata + "\0"));
        foreach (var frame in frames)
        {
            var strip = Append(frame);
            List<(int Tag, int Type, long Count, long Value)> tags =
            [
                (256, 4, 1, width), (257, 4, 1, height), (259, 3, 1, compression), (262, 3, 1, 1), (273, 16, 1, strip), (277, 3, 1, 1), (278, 4, 1, height), (279, 16, 1, frame.Length),
            ];
            if (link == 8 && metadata.Length > 0)
            {
                tags.Add((65001, 7, metadata.Length + 1, text));
            }

            tags.AddRange(more.Select(tag => (tag.Tag, 3, 1L, (long)tag.Value)));
            var directory = new byte[8 + (20 * tags.Count) + 8];
            BinaryPrimitives.WriteInt64LittleEndian(directory, tags.Count);
            foreach (var ((tag, type, count, value), index) in tags.OrderBy(tag => tag.Tag).Select((tag, i) => (tag, i)))
            {
                var entry = directory.AsSpan(8 + (20 * index));
                BinaryPrimitives.WriteUInt16LittleEndian(entry, (ushort)tag);
                BinaryPrimitives.WriteUInt16LittleEndian(entry[2..], (ushort)type);
                BinaryPrimitives.WriteInt64LittleEndian(entry[4..], count);
                BinaryPrimitives.WriteInt64LittleEndian(entry[12..], value);
            }

            var at = Append(directory);
            file.Position = link;
            file.Write(BitConverter.GetBytes(at));
            link = at + directory.Length - 8;
        }

        return file.ToArray();

        long Append(byte[] bytes)
        {
            file.Position = file.Length;
            var at = file.Position;
            file.Write(bytes);
            return at;
        }
    }
}
