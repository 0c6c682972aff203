using CryoHub.Imaging;

namespace CryoHub.Formats.Tests;

/// <summary>A large file of which only the head is stored; counts what is read of it.</summary>
public sealed class CountingSource(byte[] head, long length) : IByteSource
{
    public long BytesRead { get; private set; }

    public int Reads { get; private set; }

    public long Length => length;

    public ValueTask ReadAsync(long offset, Memory<byte> destination, CancellationToken ct)
    {
        BytesRead += destination.Length;
        Reads++;
        destination.Span.Clear();
        if (offset < head.Length)
        {
            var stored = head.AsSpan((int)offset, (int)Math.Min(destination.Length, head.Length - offset));
            stored.CopyTo(destination.Span);
        }

        return ValueTask.CompletedTask;
    }
}
