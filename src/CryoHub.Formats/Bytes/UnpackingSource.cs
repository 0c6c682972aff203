using CryoHub.Imaging;
using CryoHub.Imaging.Sources;

namespace CryoHub.Formats.Bytes;

/// <summary>
/// Unpacked bytes of a compressed stream. Reading onwards unpacks onwards, reading back begins anew: ingest, which reads forwards, unpacks once and holds
/// next to nothing. What is small is kept whole.
/// </summary>
/// <param name="open">Opens the stream at its beginning.</param>
/// <param name="length">Bytes it unpacks to, as the file states it; a stream that ends early is refused when that place is read.</param>
internal sealed class UnpackingSource(Func<Stream> open, long length) : IByteSource, IDisposable
{
    private const int KeptWhole = 16 << 20;

    private readonly SemaphoreSlim turn = new(1, 1);
    private Stream? stream;
    private long position;
    private byte[]? whole;

    public long Length => length;

    public async ValueTask ReadAsync(long offset, Memory<byte> destination, CancellationToken ct)
    {
        ByteRange.Check(offset, destination.Length, length);
        await turn.WaitAsync(ct);
        try
        {
            if (length <= KeptWhole)
            {
                whole ??= await AllAsync(ct);
                whole.AsMemory((int)offset, destination.Length).CopyTo(destination);
                return;
            }

            await MoveToAsync(offset, ct);
            await TakeAsync(destination, ct);
        }
        catch (Exception broken) when (broken is InvalidDataException or IOException)
        {
            throw ProblemException.Unreadable($"The packed data is damaged: {broken.Message}", broken);
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose()
    {
        stream?.Dispose();
        turn.Dispose();
    }

    private async Task<byte[]> AllAsync(CancellationToken ct)
    {
        // Grows with what really comes out of the stream: a promise of megabytes costs nothing.
        await MoveToAsync(0, ct);
        using var content = new MemoryStream();
        var block = new byte[64 << 10];
        while (content.Length < length
            && await stream!.ReadAsync(block.AsMemory(0, (int)Math.Min(block.Length, length - content.Length)), ct) is > 0 and var got)
        {
            content.Write(block, 0, got);
        }

        return content.Length == length ? content.ToArray() : throw Short(content.Length);
    }

    private async Task MoveToAsync(long offset, CancellationToken ct)
    {
        if (stream is null || offset < position)
        {
            stream?.Dispose();
            stream = open();
            position = 0;
        }

        var skipped = new byte[(int)Math.Min(64 << 10, offset - position)];
        while (position < offset)
        {
            await TakeAsync(skipped.AsMemory(0, (int)Math.Min(skipped.Length, offset - position)), ct);
        }
    }

    private async Task TakeAsync(Memory<byte> destination, CancellationToken ct)
    {
        while (destination.Length > 0)
        {
            var got = await stream!.ReadAsync(destination, ct);
            if (got == 0)
            {
                throw Short(position);
            }

            position += got;
            destination = destination[got..];
        }
    }

    private ProblemException Short(long found) => ProblemException.Unreadable($"The packed data ends after {found} of {length} bytes.");
}
