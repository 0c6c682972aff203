namespace CryoHub.Imaging.Sources;

/// <summary>Reading whole blocks; a length that comes from a file is compared with the source's length before anything is allocated.</summary>
public static class ByteSources
{
    public static async ValueTask<byte[]> ReadBlockAsync(this IByteSource source, long offset, long count, CancellationToken ct)
    {
        ByteRange.Check(offset, count, source.Length);
        if (count < 0 || count > Array.MaxLength)
        {
            throw ProblemException.Unreadable($"A block of {count} bytes was asked for; one block holds at most {Array.MaxLength}.");
        }

        var block = new byte[count];
        await source.ReadAsync(offset, block, ct);
        return block;
    }
}
