using CryoHub.Imaging;

namespace CryoHub.Formats.Cameca;

/// <summary>Stored plane by plane, handed out mass by mass.</summary>
internal sealed class CamecaImage(SignalHeader header, ISignal stored) : ISignal
{
    public SignalHeader Header { get; } = header;

    public ValueTask ReadFrameAsync(long frame, Memory<byte> destination, CancellationToken ct)
    {
        var (mass, plane) = Math.DivRem(frame, Header.Axes[1].Size);
        return stored.ReadFrameAsync((plane * Header.Axes[0].Size) + mass, destination, ct);
    }
}
