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
    public SignalHeader Header { get; } = header;

    public ValueTask ReadFrameAsync(long frame, Memory<byte> destination, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var start = new long[dataset.Shape.Count];
        var count = new long[dataset.Shape.Count];
        start.AsSpan().Fill(fixedIndex);
        count.AsSpan().Fill(1);
        var leading = Math.Max(0, dimensions.Count - 2);
        foreach (var axis in dimensions)
        {
            start[axis] = 0;
        }

        for (var axis = leading - 1; axis >= 0; axis--)
        {
            (frame, start[dimensions[axis]]) = Math.DivRem(frame, Header.Shape[axis]);
        }

        foreach (var dimension in dimensions.Skip(leading))
        {
            count[dimension] = dataset.Shape[dimension];
        }

        if (dimensions.Count >= 2 && dimensions[^2] > dimensions[^1])
        {
            var block = new byte[destination.Length];
            file.Read(dataset, start, count, block);
            Transpose(block, destination.Span, (int)Header.Shape[^2], (int)Header.Shape[^1], Header.Pixel.Bytes());
        }
        else
        {
            file.Read(dataset, start, count, destination.Span);
        }

        return ValueTask.CompletedTask;
    }

    private static void Transpose(ReadOnlySpan<byte> block, Span<byte> destination, int rows, int columns, int bytes)
    {
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                block.Slice(((column * rows) + row) * bytes, bytes).CopyTo(destination[(((row * columns) + column) * bytes)..]);
            }
        }
    }
}
