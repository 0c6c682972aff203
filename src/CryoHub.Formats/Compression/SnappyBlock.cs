namespace CryoHub.Formats.Compression;

/// <summary>Snappy's raw format: the plain length, then literals and copies. <c>github.com/google/snappy/blob/main/format_description.txt</c>.</summary>
internal static class SnappyBlock
{
    /// <summary>False where the packed bytes do not give exactly <paramref name="plain"/>.</summary>
    public static bool Unpack(ReadOnlySpan<byte> packed, Span<byte> plain)
    {
        var at = 0;
        var length = 0L;
        for (var shift = 0; ; shift += 7)
        {
            if (at >= packed.Length || shift > 28)
            {
                return false;
            }

            length |= (long)(packed[at] & 0x7F) << shift;
            if ((packed[at++] & 0x80) == 0)
            {
                break;
            }
        }

        var done = 0;
        while (length == plain.Length && at < packed.Length)
        {
            if (!Element(packed, ref at, plain, ref done))
            {
                return false;
            }
        }

        return length == plain.Length && done == plain.Length;
    }

    private static bool Element(ReadOnlySpan<byte> packed, ref int at, Span<byte> plain, ref int done)
    {
        var tag = packed[at++];
        var extra = (tag & 3) switch { 0 => tag >> 2 is >= 60 and var bytes ? bytes - 59 : 0, 1 => 1, 2 => 2, _ => 4 };
        if (extra > packed.Length - at)
        {
            return false;
        }

        var number = 0L;
        for (var i = 0; i < extra; i++)
        {
            number |= (long)packed[at++] << (8 * i);
        }

        if ((tag & 3) == 0)
        {
            var count = 1 + (extra > 0 ? number : tag >> 2);
            if (count > packed.Length - at || count > plain.Length - done)
            {
                return false;
            }

            packed.Slice(at, (int)count).CopyTo(plain[done..]);
            at += (int)count;
            done += (int)count;
            return true;
        }

        var (back, copied) = (tag & 3) == 1 ? (number | ((long)(tag >> 5) << 8), 4 + ((tag >> 2) & 7)) : (number, 1 + (tag >> 2));
        return back > 0 && back <= int.MaxValue && Overlap.Copy(plain, ref done, (int)back, copied);
    }
}
