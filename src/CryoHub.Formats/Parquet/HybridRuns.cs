using System.Buffers.Binary;
using CryoHub.Imaging;

namespace CryoHub.Formats.Parquet;

/// <summary>Parquet's two encodings of small whole numbers: runs mixed with packed bits, and packed differences.</summary>
internal static class HybridRuns
{
    private const int MostBits = 32;

    /// <summary>Fills <paramref name="values"/> from runs (an even head: count and one value) and groups of eight of <paramref name="bits"/> bits (odd).</summary>
    public static void Read(ReadOnlySpan<byte> bytes, int bits, Span<int> values)
    {
        if (bits is < 0 or > MostBits)
        {
            throw ProblemException.Unreadable($"Levels or indices of {bits} bits; at most {MostBits} are possible.");
        }

        var (at, done) = (0, 0);
        while (done < values.Length)
        {
            var head = ThriftStruct.VarInt(bytes, ref at);
            if ((head & 1) == 0)
            {
                var width = (bits + 7) / 8;
                if (width > bytes.Length - at)
                {
                    throw Short(values.Length, done);
                }

                var value = 0;
                for (var i = 0; i < width; i++)
                {
                    value |= bytes[at++] << (8 * i);
                }

                var count = (int)Math.Min(head >> 1, (ulong)(values.Length - done));
                values.Slice(done, count).Fill(value);
                done += count;
                if (count == 0 && width == 0 && at >= bytes.Length)
                {
                    throw Short(values.Length, done);
                }
            }
            else
            {
                var count = (long)Math.Min(8 * (head >> 1), (ulong)(values.Length - done) + 7);
                for (var i = 0; i < count && done < values.Length; i++)
                {
                    values[done++] = (int)Bits(bytes, (8L * at) + ((long)i * bits), bits, values.Length);
                }

                at = (int)Math.Min(bytes.Length, at + (long)Math.Min(head >> 1, int.MaxValue) * bits);
            }
        }
    }

    /// <summary>DELTA_BINARY_PACKED: blocks of differences to the least one, in miniblocks of a width each.</summary>
    public static void Differences(ReadOnlySpan<byte> bytes, Span<long> values)
    {
        var at = 0;
        var block = ThriftStruct.VarInt(bytes, ref at);
        var minis = ThriftStruct.VarInt(bytes, ref at);
        var count = ThriftStruct.VarInt(bytes, ref at);
        var value = ThriftStruct.ZigZag(ThriftStruct.VarInt(bytes, ref at));
        if (minis == 0 || block == 0 || block > 1 << 20 || minis > block || block % minis != 0 || count < (ulong)values.Length)
        {
            throw ProblemException.Unreadable($"Differences in blocks of {block} with {minis} parts, {count} values for {values.Length}: no such packing.");
        }

        var perMini = (int)(block / minis);
        for (var done = 0; done < values.Length;)
        {
            if (done == 0)
            {
                values[done++] = value;
                continue;
            }

            var least = ThriftStruct.ZigZag(ThriftStruct.VarInt(bytes, ref at));
            var widths = at;
            at += (int)minis;
            for (var mini = 0; mini < (int)minis && done < values.Length; mini++)
            {
                var bits = widths + mini < bytes.Length ? bytes[widths + mini] : throw Short(values.Length, done);
                for (var i = 0; i < perMini && done < values.Length; i++)
                {
                    value += least + (long)Bits(bytes, (8L * at) + ((long)i * bits), bits, values.Length);
                    values[done++] = value;
                }

                at += perMini * bits / 8;
            }
        }
    }

    private static ulong Bits(ReadOnlySpan<byte> bytes, long at, int count, int wanted)
    {
        if (count > 64 || at + count > 8L * bytes.Length)
        {
            throw Short(wanted, 0);
        }

        var value = 0ul;
        for (var i = 0; i < count;)
        {
            var place = at + i;
            var take = Math.Min(count - i, 8 - (int)(place % 8));
            value |= ((ulong)bytes[(int)(place / 8)] >> (int)(place % 8) & ((1ul << take) - 1)) << i;
            i += take;
        }

        return value;
    }

    private static ProblemException Short(int wanted, int done) => ProblemException.Unreadable($"Packed numbers end after {done} of {wanted}.");
}
