using CryoHub.Imaging;

namespace CryoHub.Formats.Tiff;

/// <summary>The chain of pages of a TIFF file.</summary>
internal static class TiffDirectories
{
    // The longest real stacks (movies of fast cameras) stay below; a file of a million empty pages is an attack.
    private const int MostPages = 100_000;

    public static async Task<IReadOnlyList<TiffTags>> ReadAsync(IByteSource file, CancellationToken ct)
    {
        var head = new byte[Math.Min(16, file.Length)];
        await file.ReadAsync(0, head, ct);
        var layout = TiffLayout.Of(head);
        if (layout is null || head.Length < (layout.Big ? 16 : 8))
        {
            throw ProblemException.Unreadable($"A TIFF file begins with II or MM and 42 or 43; this file of {file.Length} bytes begins with {Convert.ToHexString(head)}.");
        }

        var pages = new List<TiffTags>();
        var seen = new HashSet<ulong>();
        var next = layout.Word(head.AsSpan(layout.Big ? 8 : 4));
        while (next != 0)
        {
            ct.ThrowIfCancellationRequested();
            if (!seen.Add(next))
            {
                throw ProblemException.Unreadable($"The chain of pages runs in a circle: page {pages.Count} stands at byte {next} again.");
            }

            if (pages.Count == MostPages)
            {
                throw ProblemException.Unreadable($"The file chains more than {MostPages} pages.");
            }

            (var page, next) = await PageAsync(file, layout, next, ct);
            pages.Add(page);
        }

        return pages.Count > 0 ? pages : throw ProblemException.Unreadable("The TIFF file holds no page.");
    }

    /// <summary>The directory at one place, and where it says that the next one is.</summary>
    public static async Task<(TiffTags Page, ulong Next)> PageAsync(IByteSource file, TiffLayout layout, ulong at, CancellationToken ct)
    {
        if (at > (ulong)file.Length)
        {
            throw ProblemException.Unreadable($"A page is said to stand at byte {at} of a file of {file.Length}.");
        }

        var count = new byte[layout.CountBytes];
        await file.ReadAsync((long)at, count, ct);
        var entries = layout.Big ? layout.UInt64(count) : layout.UInt16(count);
        var start = (long)at + layout.CountBytes;
        if (entries > (ulong)ushort.MaxValue || ((long)entries * layout.EntryBytes) + layout.WordBytes > file.Length - start)
        {
            throw ProblemException.Unreadable($"The page at byte {at} claims {entries} tags; {file.Length - start} bytes are left.");
        }

        var block = new byte[((int)entries * layout.EntryBytes) + layout.WordBytes];
        await file.ReadAsync(start, block, ct);
        var next = layout.Word(block.AsSpan(block.Length - layout.WordBytes));
        return (new TiffTags(file, layout, (long)at, block[..^layout.WordBytes]), next);
    }
}
