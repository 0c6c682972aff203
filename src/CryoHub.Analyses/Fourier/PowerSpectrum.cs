using CryoHub.Numerics;
using CryoHub.Numerics.Fourier;
using CryoHub.Numerics.Spectra;

namespace CryoHub.Analyses.Fourier;

/// <summary>
/// Hann-windowed power spectrum of images of one size, as the decadic logarithm with frequency 0 in the middle [rows/2, columns/2]. Scaled so that white noise has its
/// own variance at every frequency. At least three columns. The buffer is kept: one instance for many images, one thread at a time.
/// </summary>
/// <remarks>
/// Three passes over memory, each along it: rows are windowed, transformed and laid down in tiles [block of 16 columns][row][column]; each block of columns is transformed
/// and its logarithms put in its place; rows are put together. Columns of a picture lie a power of two apart: going down them costs several times as much.
/// </remarks>
internal sealed class PowerSpectrum(int rows, int columns) : IDisposable
{
    private const int RowBlock = 8;
    private const int ColumnBlock = 16; // 64 bytes of results, a cache line
    private const int SampledRows = 16;

    private readonly AlignedFloats tiles = new(checked(2 * ColumnBlock * rows * Blocks(RealFourier.HalfLength(columns) / 2, ColumnBlock)));
    private readonly float[] window = Window(columns);
    private readonly float[] windowDown = Window(rows);
    private readonly double[] sums = new double[rows];

    /// <summary>Floats from one column of logarithms to the next: columns a power of two apart would share the same few cache lines.</summary>
    private int PowerStride => rows + ColumnBlock;

    private float Scale => (float)(1 / Math.Sqrt(0.375 * 0.375 * rows * columns)); // the mean of the window's square is 3/8 along each axis

    private int Half => RealFourier.HalfLength(columns) / 2;

    /// <summary>Transforms <paramref name="image"/> [rows, columns] into <paramref name="logPower"/> of the same size.</summary>
    public void Compute(ReadOnlyMemory<float> image, Memory<float> logPower, ParallelOptions options)
    {
        var near = NearMean(image.Span);
        ForEachBlock(rows, RowBlock, columns + (2 * Half), options, (first, count, scratch) => TransformRows(image.Span, near, first, count, scratch.Span));
        SubtractRest((sums.Sum() / ((double)rows * columns)) - near);
        ForEachBlock(Half, ColumnBlock, (2 * rows) + PowerStride, options, (first, count, scratch) => TransformColumns(first, count, scratch.Span));
        ForEachBlock(rows, RowBlock, 2 * Half, options, (first, count, scratch) => PutTogether(first, count, scratch.Span, logPower.Span));
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

    /// <summary>Mean of a few rows: taking off nearly the mean keeps the float32 transform exact; what is left follows when all rows have been seen once.</summary>
    private float NearMean(ReadOnlySpan<float> image)
    {
        var sum = 0.0;
        for (var part = 0; part < SampledRows; part++)
        {
            sum += WindowSums.Of(image.Slice((int)((long)rows * part / SampledRows) * columns, columns));
        }

        return (float)(sum / ((double)SampledRows * columns));
    }

    /// <summary>Takes a constant off all rows after their transform: a row's window has n/2 at frequency 0, -n/4 at its two neighbours, and nothing elsewhere.</summary>
    private void SubtractRest(double rest)
    {
        for (var row = 0; row < rows; row++)
        {
            var amplitude = rest * windowDown[row] * Scale * columns;
            var at = Tile(0, row);
            tiles.Span[at] -= (float)(amplitude / 2);
            tiles.Span[at + 2] += (float)(amplitude / 4);
        }
    }

    private void TransformRows(ReadOnlySpan<float> image, float near, int first, int count, Span<float> scratch)
    {
        var spectra = scratch[..(2 * Half * count)]; // at the start, and a whole number of cache lines for a full block
        var windowed = scratch.Slice(2 * Half * RowBlock, count * columns);
        for (var row = 0; row < count; row++)
        {
            var pixels = image.Slice((first + row) * columns, columns);
            sums[first + row] = WindowSums.Of(pixels);
            Hann.Apply(pixels, near, window, windowDown[first + row] * Scale, windowed.Slice(row * columns, columns));
        }

        RealFourier.ForwardRows(windowed, count, columns, spectra);
        for (var column = 0; column < Half; column += ColumnBlock)
        {
            for (var row = 0; row < count; row++)
            {
                spectra.Slice(2 * ((row * Half) + column), 2 * Math.Min(ColumnBlock, Half - column)).CopyTo(tiles.Span[Tile(column, first + row)..]);
            }
        }
    }

    private void TransformColumns(int first, int count, Span<float> scratch)
    {
        var tile = tiles.Span.Slice(Tile(first, 0), 2 * ColumnBlock * rows);
        var spectra = scratch[..(2 * rows * count)];
        var powers = scratch[(2 * rows * ColumnBlock)..];
        RealFourier.ForwardColumns(tile, rows, ColumnBlock, count, spectra);
        for (var column = 0; column < count; column++)
        {
            LogPower.Of(spectra.Slice(2 * rows * column, 2 * rows), powers.Slice(PowerStride * column, rows));
        }

        for (var row = 0; row < rows; row++)
        {
            var line = tile.Slice(2 * ColumnBlock * row, count);
            for (var column = 0; column < line.Length; column++)
            {
                line[column] = powers[(PowerStride * column) + row];
            }
        }
    }

    /// <summary>A row of the half spectrum is the right half of one row of the picture and, reversed, the left half of the row of opposite frequency.</summary>
    private void PutTogether(int first, int count, Span<float> line, Span<float> logPower)
    {
        var (middle, right) = (columns / 2, columns - (columns / 2));
        for (var row = first; row < first + count; row++)
        {
            for (var column = 0; column < Half; column += ColumnBlock)
            {
                tiles.Span.Slice(Tile(column, row), Math.Min(ColumnBlock, Half - column)).CopyTo(line[column..]);
            }

            line[..right].CopyTo(logPower[((((row + (rows / 2)) % rows) * columns) + middle)..]);
            var left = logPower.Slice((((rows - row) % rows) + (rows / 2)) % rows * columns, middle);
            line.Slice(1, middle).CopyTo(left);
            left.Reverse();
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
