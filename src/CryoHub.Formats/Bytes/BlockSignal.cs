using CryoHub.Imaging;

namespace CryoHub.Formats.Bytes;

/// <summary>An array as a signal whose axes may stand in another order than the array's dimensions.</summary>
/// <param name="header">The signal's header.</param>
/// <param name="shape">The array's shape.</param>
/// <param name="dimensions">The array's dimension of each axis of the header.</param>
/// <param name="fixedIndex">Index in the dimensions that are no axis.</param>
/// <param name="read">Reads a block of the array in C order.</param>
public sealed class BlockSignal(SignalHeader header, IReadOnlyList<long> shape, IReadOnlyList<int> dimensions, long fixedIndex, BlockSignal.ReadBlock read) : ISignal
{
    /// <summary>Reads the block that begins at <paramref name="start"/> and has <paramref name="count"/> points along each dimension.</summary>
    public delegate ValueTask ReadBlock(long[] start, long[] count, Memory<byte> destination, CancellationToken ct);

    public SignalHeader Header { get; } = header;

    public async ValueTask ReadFrameAsync(long frame, Memory<byte> destination, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var start = new long[shape.Count];
        var count = new long[shape.Count];
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
            count[dimension] = shape[dimension];
        }

        if (dimensions.Count >= 2 && dimensions[^2] > dimensions[^1])
        {
            var block = new byte[destination.Length];
            await read(start, count, block, ct);
            Transpose(block, destination.Span, (int)Header.Shape[^2], (int)Header.Shape[^1], Header.Pixel.Bytes());
        }
        else
        {
            await read(start, count, destination, ct);
        }
    }

    /// <summary>Turns a matrix of columns into one of rows.</summary>
    public static void Transpose(ReadOnlySpan<byte> block, Span<byte> destination, int rows, int columns, int bytes)
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
