using System.Buffers.Binary;
using CryoHub.Imaging;
using CryoHub.Imaging.Sources;

namespace CryoHub.Formats.Bytes;

/// <summary>Walks through a byte source with a small window in memory; skipping costs nothing.</summary>
public sealed class ByteCursor(IByteSource source, bool bigEndian, int window = 16 << 10)
{
    private readonly byte[] buffer = new byte[(int)Math.Clamp(source.Length, 1, window)];
    private long start;
    private int filled;

    public long Position { get; private set; }

    public long Length => source.Length;

    /// <summary>Moves on; a target outside the file is a <see cref="ProblemException"/>.</summary>
    public void Skip(long count)
    {
        if (count < 0)
        {
            throw ProblemException.Unreadable($"At byte {Position} a length of {count} is stated.");
        }

        ByteRange.Check(Position, count, source.Length);
        Position += count;
    }

    public void MoveTo(long position)
    {
        ByteRange.Check(position, 0, source.Length);
        Position = position;
    }

    public async ValueTask<byte> ByteAsync(CancellationToken ct) => (await TakeAsync(1, ct)).Span[0];

    public async ValueTask<short> Int16Async(CancellationToken ct) =>
        await TakeAsync(2, ct) is var bytes && bigEndian ? BinaryPrimitives.ReadInt16BigEndian(bytes.Span) : BinaryPrimitives.ReadInt16LittleEndian(bytes.Span);

    public async ValueTask<int> Int32Async(CancellationToken ct) =>
        await TakeAsync(4, ct) is var bytes && bigEndian ? BinaryPrimitives.ReadInt32BigEndian(bytes.Span) : BinaryPrimitives.ReadInt32LittleEndian(bytes.Span);

    public async ValueTask<long> Int64Async(CancellationToken ct) =>
        await TakeAsync(8, ct) is var bytes && bigEndian ? BinaryPrimitives.ReadInt64BigEndian(bytes.Span) : BinaryPrimitives.ReadInt64LittleEndian(bytes.Span);

    public async ValueTask<double> Float64Async(CancellationToken ct) => BitConverter.Int64BitsToDouble(await Int64Async(ct));

    /// <summary>The next bytes, valid until the next call.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> TakeAsync(int count, CancellationToken ct)
    {
        ByteRange.Check(Position, count, source.Length);
        if (count > buffer.Length)
        {
            var block = await source.ReadBlockAsync(Position, count, ct);
            Position += count;
            return block;
        }

        if (Position < start || Position + count > start + filled)
        {
            start = Position;
            filled = (int)Math.Min(buffer.Length, source.Length - start);
            await source.ReadAsync(start, buffer.AsMemory(0, filled), ct);
        }

        var taken = buffer.AsMemory((int)(Position - start), count);
        Position += count;
        return taken;
    }
}
