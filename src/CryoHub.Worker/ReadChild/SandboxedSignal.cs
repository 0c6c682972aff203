using CryoHub.Imaging;

namespace CryoHub.Worker.ReadChild;

/// <summary>A signal whose frames a child process reads.</summary>
internal sealed class SandboxedSignal(SandboxedFile file, int number, SignalHeader header) : ISignal
{
    public SignalHeader Header { get; } = header;

    public ValueTask ReadFrameAsync(long frame, Memory<byte> destination, CancellationToken ct) => new(file.ReadFrameAsync(number, frame, destination, ct));
}
