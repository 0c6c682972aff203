namespace CryoHub.Formats.Compression;

/// <summary>One block of LZF, the format of Marc Lehmann's LibLZF: runs of up to 32 literals, copies from up to 8 KiB back.</summary>
internal static class LzfBlock
{
    /// <summary>False unless the block gives exactly the bytes of <paramref name="plain"/>.</summary>
    public static bool Unpack(ReadOnlySpan<byte> packed, Span<byte> plain)
    {
        var (at, done) = (0, 0);
        while (at < packed.Length)
        {
            var control = packed[at++];
            if (control < 32)
            {
                if (control + 1 > packed.Length - at || control + 1 > plain.Length - done)
                {
                    return false;
                }

                packed.Slice(at, control + 1).CopyTo(plain[done..]);
                (at, done) = (at + control + 1, done + control + 1);
                continue;
            }

            var length = control >> 5;
            var left = length == 7 ? 2 : 1;
            if (left > packed.Length - at)
            {
                return false;
            }

            length += length == 7 ? packed[at++] : 0;
            var back = ((control & 31) << 8) + packed[at++] + 1;
            if (!Overlap.Copy(plain, ref done, back, length + 2))
            {
                return false;
            }
        }

        return done == plain.Length;
    }
}
