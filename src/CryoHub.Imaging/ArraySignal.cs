namespace CryoHub.Imaging;

/// <summary>A signal whose pixels are already in memory: phantoms, small decoded files, results.</summary>
public sealed class ArraySignal(SignalHeader header, ReadOnlyMemory<byte> pixels) : ISignal
{
    public SignalHeader Header { get; } = header;

    public ValueTask ReadFrameAsync(long frame, Memory<byte> destination, CancellationToken ct)
    {
        var bytes = (int)Header.FrameBytes;
        pixels.Slice(checked((int)(frame * bytes)), bytes).CopyTo(destination);
        return ValueTask.CompletedTask;
    }
}
