using CryoHub.Imaging;

namespace CryoHub.Formats.Bytes;

/// <summary>Frames that lie one after the other in a file as they are handed out, but for the order of bytes.</summary>
public sealed class StoredSignal : ISignal
{
    private readonly IByteSource bytes;
    private readonly long offset;
    private readonly bool bigEndian;
    private readonly long stride;

    /// <param name="header">Shape and type.</param>
    /// <param name="bytes">Where the frames lie.</param>
    /// <param name="offset">First byte of the first frame.</param>
    /// <param name="bigEndian">Order of the bytes of a number in the file.</param>
    /// <param name="stride">Bytes from one frame to the next; 0 where they follow each other directly.</param>
    /// <exception cref="ProblemException">Unreadable: the source does not hold what the header promises.</exception>
    public StoredSignal(SignalHeader header, IByteSource bytes, long offset, bool bigEndian = false, long stride = 0)
    {
        var frameBytes = (Int128)header.Pixel.Bytes();
        Int128 frames = 1;
        foreach (var (size, axis) in header.Shape.Select((size, axis) => (size, axis)))
        {
            (frameBytes, frames) = axis >= header.Axes.Count - 2 ? (frameBytes * size, frames) : (frameBytes, frames * size);
            if (size < 1 || frames > long.MaxValue || frameBytes > Array.MaxLength)
            {
                throw ProblemException.Unreadable($"{header.Name} is said to have {string.Join(" x ", header.Shape)} values; each size must be at least 1 and a frame at most {Array.MaxLength} bytes.");
            }
        }

        this.stride = stride > 0 ? stride : (long)frameBytes;
        var need = ((frames - 1) * this.stride) + frameBytes;
        if (offset < 0 || need > bytes.Length - offset)
        {
            throw ProblemException.Unreadable($"{header.Name} promises {string.Join(" x ", header.Shape)} values, {need} bytes from byte {offset}; the file holds {bytes.Length}.");
        }

        Header = header;
        (this.bytes, this.offset, this.bigEndian) = (bytes, offset, bigEndian);
    }

    public SignalHeader Header { get; }

    public async ValueTask ReadFrameAsync(long frame, Memory<byte> destination, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(frame);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(frame, Header.FrameCount);
        await bytes.ReadAsync(offset + (frame * stride), destination[..(int)Header.FrameBytes], ct);
        if (bigEndian)
        {
            ByteOrder.Reverse(Header.Pixel, destination.Span[..(int)Header.FrameBytes]);
        }
    }
}
