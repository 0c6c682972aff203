using CryoHub.Imaging;

namespace CryoHub.Formats.Emd;

/// <summary>Signals of one shape along a new slowest axis.</summary>
internal sealed class StackedSignal(SignalHeader header, IReadOnlyList<ISignal> parts) : ISignal
{
    public SignalHeader Header { get; } = header;

    public ValueTask ReadFrameAsync(long frame, Memory<byte> destination, CancellationToken ct)
    {
        var (part, inside) = Math.DivRem(frame, parts[0].Header.FrameCount);
        return parts[(int)part].ReadFrameAsync(inside, destination, ct);
    }
}
