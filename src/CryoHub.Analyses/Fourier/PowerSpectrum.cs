using CryoHub.Numerics;
using CryoHub.Numerics.Fourier;
using CryoHub.Numerics.Spectra;

namespace CryoHub.Analyses.Fourier;

/// <summary>
/// Hann-windowed power spectrum of images of one size, as the decadic logarithm with frequency 0 in the middle [rows/2, columns/2]. Scaled so that white noise has its
/// own variance at every frequency. The buffer is kept: one instance for many images, one thread at a time.
/// </summary>
/// <remarks>
/// Two passes over memory: rows are windowed and transformed a few at a time and laid down in tiles [column block][row][16 columns], so that the second pass, columns
/// to logarithms, reads each block as one run of memory. FFTW's own two-dimensional transform was several times slower here, for its columns lie a power of two apart.
/// </remarks>
internal sealed class PowerSpectrum(int rows, int columns) : IDisposable
{
    private const int RowBlock = 8;
    private const int ColumnBlock = 16; // 64 bytes of results, a cache line

    private readonly AlignedFloats tiles = new(checked(2 * ColumnBlock * rows * Blocks(RealFourier.HalfLength(columns) / 2, ColumnBlock)));
    private readonly float[] window = Window(columns);
    private readonly float[] windowDown = Window(rows);
    private readonly double[] sums = new double[rows];

    /// <summary>Floats from one column of logarithms to the next: columns a power of two apart would share the same few cache lines.</summary>
    private int PowerStride => rows + ColumnBlock;

    private int Half => RealFourier.HalfLength(columns) / 2;

    /// <summary>Transforms <paramref name="image"/> [rows, columns] into <paramref name="logPower"/> of the same size.</summary>
    public void Compute(ReadOnlyMemory<float> image, Memory<float> logPower, ParallelOptions options)
    {
        Parallel.For(0, rows, options, y => sums[y] = WindowSums.Of(image.Span.Slice(y * columns, columns)));
        var mean = (float)(sums.Sum() / ((double)rows * columns));
        ForEachBlock(rows, RowBlock, columns + (2 * Half), options, (first, count, scratch) => TransformRows(image.Span, mean, first, count, scratch.Span));
        ForEachBlock(Half, ColumnBlock, (2 * rows) + PowerStride, options, (first, count, scratch) => TransformColumns(first, count, scratch.Span, logPower.Span));
    }

    public void Dispose() => tiles.Dispose();

    /// <summary>Blocks of <paramref name="size"/> lines with scratch memory for as many, reused by each thread.</summary>
    private static void ForEachBlock(int lines, int size, int lineFloats, ParallelOptions options, Action<int, int, AlignedFloats> work) =>
        Parallel.For(
            0,
            Blocks(lines, size),
            options,
            () => new AlignedFloats(size * lineFloats),
            (block, _, scratch) =>
            {
                work(block * size, Math.Min(size, lines - (block * size)), scratch);
                return scratch;
            },
            scratch => scratch.Dispose());

    private static int Blocks(int lines, int size) => (lines + size - 1) / size;

    private void TransformRows(ReadOnlySpan<float> image, float mean, int first, int count, Span<float> scratch)
    {
        var scale = (float)(1 / Math.Sqrt(0.375 * 0.375 * rows * columns)); // the mean of the window's square is 3/8 along each axis
        for (var row = 0; row < count; row++)
        {
            Hann.Apply(image.Slice((first + row) * columns, columns), mean, window, windowDown[first + row] * scale, scratch.Slice(row * columns, columns));
        }

        var spectra = scratch.Slice(RowBlock * columns, count * 2 * Half);
        RealFourier.ForwardRows(scratch[..(count * columns)], count, columns, spectra);
        for (var column = 0; column < Half; column += ColumnBlock)
        {
            for (var row = 0; row < count; row++)
            {
                spectra.Slice(2 * ((row * Half) + column), 2 * Math.Min(ColumnBlock, Half - column)).CopyTo(tiles.Span[Tile(column, first + row)..]);
            }
        }
    }

    /// <summary>A column of the half spectrum is one column of the picture's right half and, turned round both ways, one of its left half.</summary>
    private void TransformColumns(int first, int count, Span<float> scratch, Span<float> logPower)
    {
        var spectra = scratch[..(2 * rows * count)];
        var powers = scratch[(2 * rows * ColumnBlock)..];
        RealFourier.ForwardColumns(tiles.Span.Slice(Tile(first, 0), 2 * ColumnBlock * rows), rows, ColumnBlock, count, spectra);
        for (var column = 0; column < count; column++)
        {
            LogPower.Of(spectra.Slice(2 * rows * column, 2 * rows), powers.Slice(PowerStride * column, rows));
        }

        var (middle, last) = (columns / 2, columns - (columns / 2)); // columns below last have a place in the right half
        var right = Math.Clamp(last - first, 0, count);
        var skipped = first == 0 ? 1 : 0; // frequency 0 is its own mirror image
        Span<float> line = stackalloc float[ColumnBlock];
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < count; column++)
            {
                line[column] = powers[(PowerStride * column) + row];
            }

            line[..right].CopyTo(logPower[((((row + (rows / 2)) % rows) * columns) + middle + first)..]);
            var left = line[skipped..count];
            left.Reverse();
            left.CopyTo(logPower[((((((rows - row) % rows) + (rows / 2)) % rows) * columns) + middle - first - count + 1)..]);
        }
    }

    private int Tile(int column, int row) => 2 * ((column * rows) + (row * ColumnBlock));

    private static float[] Window(int length)
    {
        var window = new float[length];
        Hann.Fill(window);
        return window;
    }
}
