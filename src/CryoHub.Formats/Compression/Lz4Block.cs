namespace CryoHub.Formats.Compression;

/// <summary>One block of LZ4, <see href="https://github.com/lz4/lz4/blob/dev/doc/lz4_Block_format.md"/>.</summary>
internal static class Lz4Block
{
    private const int LeastMatch = 4;

    /// <summary>False unless the block gives exactly the bytes of <paramref name="plain"/>.</summary>
    public static bool Unpack(ReadOnlySpan<byte> packed, Span<byte> plain)
    {
        var (at, done) = (0, 0);
        while (at < packed.Length)
        {
            var token = packed[at++];
            if (!Length(packed, ref at, token >> 4, out var literals) || literals > packed.Length - at || literals > plain.Length - done)
            {
                return false;
            }

            packed.Slice(at, literals).CopyTo(plain[done..]);
            (at, done) = (at + literals, done + literals);
            if (at == packed.Length)
            {
                return done == plain.Length;        // the last sequence has no match
            }

            if (at + 2 > packed.Length)
            {
                return false;
            }

            var back = packed[at] | (packed[at + 1] << 8);
            at += 2;
            if (!Length(packed, ref at, token & 15, out var match) || !Overlap.Copy(plain, ref done, back, (long)match + LeastMatch))
            {
                return false;
            }
        }

        return false;
    }

    // 15 means: add the following bytes, up to and with the first that is not 255.
    private static bool Length(ReadOnlySpan<byte> packed, ref int at, int nibble, out int length)
    {
        length = nibble;
        for (var more = nibble == 15; more; length += packed[at], more = packed[at++] == 255)
        {
            if (at >= packed.Length || length > int.MaxValue - 255)
            {
                return false;
            }
        }

        return true;
    }
}
