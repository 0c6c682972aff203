namespace CryoHub.Imaging.Sources;

/// <summary>
/// A byte source as a seekable stream, for HTTP and for libraries that know only streams. Reads ahead in growing pieces: a chunk costs one request to the store, a
/// download few.
/// </summary>
/// <param name="source">Where the bytes are.</param>
/// <param name="owned">Disposed with the stream.</param>
public sealed class ByteSourceStream(IByteSource source, IDisposable? owned = null) : Stream
{
    private const int FirstPiece = 256 << 10;
    private const int LargestPiece = 4 << 20;

    private byte[] ahead = [];
    private long aheadAt;
    private int aheadCount;
    private int piece = FirstPiece;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => source.Length;

    public override long Position { get; set; }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var wanted = (int)Math.Min(buffer.Length, Length - Position);
        if (wanted <= 0)
        {
            return 0;
        }

        if (Position < aheadAt || Position >= aheadAt + aheadCount)
        {
            await FillAsync(cancellationToken);
        }

        var from = (int)(Position - aheadAt);
        var count = Math.Min(wanted, aheadCount - from);
        ahead.AsMemory(from, count).CopyTo(buffer);
        Position += count;
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => Position + offset,
        _ => Length + offset,
    };

    public override int Read(byte[] buffer, int offset, int count) => ReadAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            owned?.Dispose();
        }

        base.Dispose(disposing);
    }

    private async Task FillAsync(CancellationToken ct)
    {
        var count = (int)Math.Min(piece, Length - Position);
        ahead = ahead.Length < count ? new byte[count] : ahead;
        await source.ReadAsync(Position, ahead.AsMemory(0, count), ct);
        (aheadAt, aheadCount) = (Position, count);
        piece = Math.Min(LargestPiece, piece * 2);
    }
}
