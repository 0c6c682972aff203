using CryoHub.Imaging;

namespace CryoHub.Platform.Storage;

/// <summary>A byte source read from front to back, in pieces large enough for a store across the network.</summary>
public static class ByteSourceStream
{
    private const int Piece = 4 << 20;

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
        using var hash = System.Security.Cryptography.IncrementalHash.CreateHash(System.Security.Cryptography.HashAlgorithmName.SHA256);
        await source.ReadPiecesAsync(0, source.Length, piece =>
        {
            hash.AppendData(piece.Span);
            return ValueTask.CompletedTask;
        }, ct);
        return hash.GetHashAndReset();
    }
}
