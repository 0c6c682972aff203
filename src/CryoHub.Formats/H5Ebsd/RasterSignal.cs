using CryoHub.Formats.Hdf5;
using CryoHub.Imaging;

namespace CryoHub.Formats.H5Ebsd;

/// <summary>A dataset whose first dimension counts the points of a raster, row by row, with the raster's rows and columns as axes of their own.</summary>
internal sealed class RasterSignal(Hdf5File file, SignalHeader header, Hdf5Dataset dataset) : ISignal
{
    public SignalHeader Header { get; } = header;

    public ValueTask ReadFrameAsync(long frame, Memory<byte> destination, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var points = Header.FramePixels / (dataset.Count / dataset.Shape[0]);
        var start = new long[dataset.Shape.Count];
        start[0] = frame * points;
        file.Read(dataset, start, [points, .. dataset.Shape.Skip(1)], destination.Span[..(int)Header.FrameBytes]);
        return ValueTask.CompletedTask;
    }
}
