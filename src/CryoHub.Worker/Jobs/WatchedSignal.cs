using CryoHub.Imaging;

namespace CryoHub.Worker.Jobs;

/// <summary>A signal that tells how many of its frames have been read.</summary>
internal sealed class WatchedSignal(ISignal signal, IProgress<double> progress) : ISignal
{
    public SignalHeader Header => signal.Header;

    public ValueTask ReadFrameAsync(long frame, Memory<byte> destination, CancellationToken ct)
    {
        progress.Report((double)frame / Header.FrameCount);
        return signal.ReadFrameAsync(frame, destination, ct);
    }
}
