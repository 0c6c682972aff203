using CryoHub.Imaging;

namespace CryoHub.Formats.Bytes;

/// <summary>Frames of several signals, one after the other: a series that its writer cut into pieces.</summary>
public sealed class JoinedSignal(SignalHeader header, IReadOnlyList<ISignal> parts) : ISignal
{
    public SignalHeader Header { get; } = header;

    public ValueTask ReadFrameAsync(long frame, Memory<byte> destination, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(frame);
        foreach (var part in parts)
        {
            if (frame < part.Header.FrameCount)
            {
                return part.ReadFrameAsync(frame, destination, ct);
            }

            frame -= part.Header.FrameCount;
        }

        throw new ArgumentOutOfRangeException(nameof(frame));
    }
}
