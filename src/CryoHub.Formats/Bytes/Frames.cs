using CryoHub.Imaging;

namespace CryoHub.Formats.Bytes;

/// <summary>Walks over a signal's frames with one buffer.</summary>
internal static class Frames
{
    public static async Task ForEachAsync(ISignal signal, Func<ReadOnlyMemory<byte>, ValueTask> visit, CancellationToken ct)
    {
        var frame = new byte[signal.Header.FrameBytes];
        for (var i = 0L; i < signal.Header.FrameCount; i++)
        {
            ct.ThrowIfCancellationRequested();
            await signal.ReadFrameAsync(i, frame, ct);
            await visit(frame);
        }
    }
}
