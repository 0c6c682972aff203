using CryoHub.Imaging;

namespace CryoHub.Formats.DigitalMicrograph;

/// <summary>An image whose frames follow each other in the file.</summary>
internal sealed class DmSignal(SignalHeader header, DmPixels pixels) : ISignal
{
    public SignalHeader Header { get; } = header;

    public ValueTask ReadFrameAsync(long frame, Memory<byte> destination, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(frame);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(frame, Header.FrameCount);
        return pixels.ReadAsync(frame * Header.FrameBytes, destination, ct);
    }
}
