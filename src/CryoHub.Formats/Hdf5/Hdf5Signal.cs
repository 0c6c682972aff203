using CryoHub.Formats.Bytes;
using CryoHub.Imaging;

namespace CryoHub.Formats.Hdf5;

/// <summary>A dataset as a signal whose axes may stand in another order than the dataset's dimensions.</summary>
/// <param name="file">The open file.</param>
/// <param name="header">The signal's header.</param>
/// <param name="dataset">The dataset.</param>
/// <param name="dimensions">The dataset's dimension of each axis of the header.</param>
/// <param name="fixedIndex">Index in the dimensions that are no axis.</param>
internal sealed class Hdf5Signal(Hdf5File file, SignalHeader header, Hdf5Dataset dataset, IReadOnlyList<int> dimensions, long fixedIndex = 0) : ISignal
{
    private readonly BlockSignal array = new(header, dataset.Shape, dimensions, fixedIndex, (start, count, destination, _) =>
    {
        file.Read(dataset, start, count, destination.Span);
        return ValueTask.CompletedTask;
    });

    public SignalHeader Header => array.Header;

    public ValueTask ReadFrameAsync(long frame, Memory<byte> destination, CancellationToken ct) => array.ReadFrameAsync(frame, destination, ct);
}
