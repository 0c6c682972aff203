using System.Security.Cryptography;

namespace CryoHub.Imaging.Sources;

/// <summary>Reading whole blocks, or all from front to back; a length that comes from a file is compared with the source's length before anything is allocated.</summary>
public static class ByteSources
{
    /// <summary>Large enough for a store across the network.</summary>
    private const int Piece = 4 << 20;

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

    /// <summary>Hands <paramref name="count"/> bytes from <paramref name="offset"/> to <paramref name="take"/>, piece by piece; one buffer in memory.</summary>
    public static async Task ReadPiecesAsync(this IByteSource source, long offset, long count, Func<ReadOnlyMemory<byte>, ValueTask> take, CancellationToken ct)
    {
        var buffer = new byte[(int)Math.Min(Piece, count)];
        for (var end = offset + count; offset < end;)
        {
            var piece = buffer.AsMemory(0, (int)Math.Min(Piece, end - offset));
            await source.ReadAsync(offset, piece, ct);
            await take(piece);
            offset += piece.Length;
        }
    }

    public static async Task CopyToAsync(this IByteSource source, long offset, long count, Stream destination, CancellationToken ct) =>
        await source.ReadPiecesAsync(offset, count, piece => destination.WriteAsync(piece, ct), ct);

    /// <summary>SHA-256 of the whole source.</summary>
    public static async Task<byte[]> Sha256Async(this IByteSource source, CancellationToken ct)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await source.ReadPiecesAsync(0, source.Length, piece =>
        {
            hash.AppendData(piece.Span);
            return ValueTask.CompletedTask;
        }, ct);
        return hash.GetHashAndReset();
    }
}
