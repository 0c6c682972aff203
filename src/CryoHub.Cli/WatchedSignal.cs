using CryoHub.Imaging;

namespace CryoHub.Cli;

/// <summary>A signal that reports how many of its frames have been asked for.</summary>
public sealed class WatchedSignal(ISignal signal, IProgress<double> progress) : ISignal
{
    public SignalHeader Header => signal.Header;

    public async ValueTask ReadFrameAsync(long frame, Memory<byte> destination, CancellationToken ct)
    {
        await signal.ReadFrameAsync(frame, destination, ct);
        progress.Report((double)(frame + 1) / Header.FrameCount);
    }
}
