namespace CryoHub.Formats.Compression;

/// <summary>Copies of what was just written, which may reach into themselves: a distance of 1 repeats one byte.</summary>
internal static class Overlap
{
    /// <summary>False where the copy begins before the first byte or ends after the last.</summary>
    public static bool Copy(Span<byte> plain, ref int done, int back, long count)
    {
        if (back < 1 || back > done || count > plain.Length - done)
        {
            return false;
        }

        if (back >= count)
        {
            plain.Slice(done - back, (int)count).CopyTo(plain[done..]);
            done += (int)count;
            return true;
        }

        for (var end = done + (int)count; done < end; done++)
        {
            plain[done] = plain[done - back];
        }

        return true;
    }
}
