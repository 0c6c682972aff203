using CryoHub.Imaging;

namespace CryoHub.Formats.Bruker;

/// <summary>Reads a byte source from one place onwards, piece by piece, with one buffer: memory does not follow what the file claims.</summary>
internal sealed class ByteWindow(IByteSource source, long start)
{
    private const int Ahead = 1 << 17;

    /// <summary>No piece of a hypermap is longer: a pixel holds at most 65,535 channels of eight bytes.</summary>
    public const int LargestPiece = 1 << 20;

    private byte[] buffer = new byte[Ahead];
    private int begin;
    private int end;

    /// <summary>Offset of the next piece in the source.</summary>
    public long Position { get; private set; } = start;

    /// <summary>The next <paramref name="count"/> bytes, valid until the next call.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> TakeAsync(long count, CancellationToken ct)
    {
        if (count is < 0 or > LargestPiece || count > source.Length - Position)
        {
            throw ProblemException.Unreadable($"A piece of {count} bytes is claimed at byte {Position} of {source.Length}.");
        }

        if (end - begin < count)
        {
            await FillAsync((int)count, ct);
        }

        var piece = buffer.AsMemory(begin, (int)count);
        begin += (int)count;
        Position += count;
        return piece;
    }

    private async ValueTask FillAsync(int count, CancellationToken ct)
    {
        var kept = buffer.AsMemory(begin, end - begin);
        if (count > buffer.Length)
        {
            buffer = new byte[LargestPiece];
        }

        kept.CopyTo(buffer);
        var more = (int)Math.Min(buffer.Length - kept.Length, source.Length - Position - kept.Length);
        await source.ReadAsync(Position + kept.Length, buffer.AsMemory(kept.Length, more), ct);
        (begin, end) = (0, kept.Length + more);
    }
}
