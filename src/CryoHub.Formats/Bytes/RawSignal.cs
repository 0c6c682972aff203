using CryoHub.Imaging;

namespace CryoHub.Formats.Bytes;

/// <summary>Frames that lie in the file as they are, one after the other or a fixed stride apart, in either byte order.</summary>
internal sealed class RawSignal : ISignal
{
    private readonly IByteSource source;
    private readonly long offset;
    private readonly long stride;
    private readonly bool bigEndian;

    private RawSignal(SignalHeader header, IByteSource source, long offset, long stride, bool bigEndian) =>
        (Header, this.source, this.offset, this.stride, this.bigEndian) = (header, source, offset, stride, bigEndian);

    public SignalHeader Header { get; }

    /// <param name="header">Its shape has been read from the file and is checked here.</param>
    /// <param name="source">Where the pixels are.</param>
    /// <param name="offset">First byte of the first frame.</param>
    /// <param name="bigEndian">Byte order of each number.</param>
    /// <param name="gap">Bytes between the end of a frame and the next one.</param>
    /// <exception cref="ProblemException">Unreadable: the file is shorter than the header promises.</exception>
    public static RawSignal Of(SignalHeader header, IByteSource source, long offset, bool bigEndian = false, long gap = 0)
    {
        PixelBudget.Check(header, source.Length - offset);
        var need = (header.FrameCount * (header.FrameBytes + gap)) - gap;
        return need <= source.Length - offset
            ? new RawSignal(header, source, offset, header.FrameBytes + gap, bigEndian)
            : throw ProblemException.Unreadable($"{header.FrameCount} frames of {header.FrameBytes} bytes, {gap} bytes apart, take {need} bytes; the file holds {source.Length - offset}.");
    }

    public async ValueTask ReadFrameAsync(long frame, Memory<byte> destination, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(frame);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(frame, Header.FrameCount);
        await source.ReadAsync(offset + (frame * stride), destination, ct);
        if (bigEndian)
        {
            ByteOrder.Reverse(Header.Pixel, destination.Span);
        }
    }
}
