using CryoHub.Numerics;
using CryoHub.Numerics.Fourier;
using CryoHub.Numerics.Spectra;

namespace CryoHub.Analyses.Fourier;

/// <summary>
/// Hann-windowed power spectrum of images of one size, as the decadic logarithm with frequency 0 in the middle [rows/2, columns/2]. Scaled so that white noise has its
/// own variance at every frequency. The buffer is kept: one instance for many images, one thread at a time.
/// </summary>
/// <remarks>
/// Two passes over memory: rows are windowed and transformed a few at a time, then columns are gathered, transformed and turned into logarithms a cache line at a
/// time. FFTW's own two-dimensional transform was several times slower here, for its columns lie a power of two apart.
/// </remarks>
internal sealed class PowerSpectrum(int rows, int columns) : IDisposable
{
    private const int RowBlock = 8;
    private const int ColumnBlock = 16; // 128 bytes of complex numbers

    private readonly AlignedFloats spectrum = new(checked(rows * RealFourier.HalfLength(columns)));
    private readonly float[] window = Window(columns);
    private readonly float[] windowDown = Window(rows);
    private readonly double[] sums = new double[rows];

    private int Half => RealFourier.HalfLength(columns) / 2;

    /// <summary>Transforms <paramref name="image"/> [rows, columns] into <paramref name="logPower"/> of the same size.</summary>
    public void Compute(ReadOnlyMemory<float> image, Memory<float> logPower, ParallelOptions options)
    {
        Parallel.For(0, rows, options, y => sums[y] = WindowSums.Of(image.Span.Slice(y * columns, columns)));
        var mean = (float)(sums.Sum() / ((double)rows * columns));
        ForEachBlock(rows, RowBlock, columns, options, (first, count, scratch) => TransformRows(image.Span, mean, first, count, scratch.Span));
        ForEachBlock(Half, ColumnBlock, 2 * rows, options, (first, count, scratch) => TransformColumns(first, count, scratch.Span[..(2 * rows * count)], logPower.Span));
    }

    public void Dispose() => spectrum.Dispose();

    /// <summary>Blocks of <paramref name="size"/> lines with scratch memory for as many, reused by each thread.</summary>
    private static void ForEachBlock(int lines, int size, int lineFloats, ParallelOptions options, Action<int, int, AlignedFloats> work) =>
        Parallel.For(
            0,
            (lines + size - 1) / size,
            options,
            () => new AlignedFloats(size * lineFloats),
            (block, _, scratch) =>
            {
                work(block * size, Math.Min(size, lines - (block * size)), scratch);
                return scratch;
            },
            scratch => scratch.Dispose());

    private void TransformRows(ReadOnlySpan<float> image, float mean, int first, int count, Span<float> scratch)
    {
        var scale = (float)(1 / Math.Sqrt(0.375 * 0.375 * rows * columns)); // the mean of the window's square is 3/8 along each axis
        for (var row = 0; row < count; row++)
        {
            Hann.Apply(image.Slice((first + row) * columns, columns), mean, window, windowDown[first + row] * scale, scratch.Slice(row * columns, columns));
        }

        RealFourier.ForwardRows(scratch[..(count * columns)], count, columns, spectrum.Span.Slice(first * 2 * Half, count * 2 * Half));
    }

    /// <summary>A column of the half spectrum is one column of the picture's right half and, turned round both ways, one of its left half.</summary>
    private void TransformColumns(int first, int count, Span<float> block, Span<float> logPower)
    {
        for (var row = 0; row < rows; row++)
        {
            spectrum.Span.Slice(2 * ((row * Half) + first), 2 * count).CopyTo(block[(2 * row * count)..]);
        }

        RealFourier.ForwardColumns(block, rows, count);
        var (middle, last) = (columns / 2, columns - (columns / 2)); // columns below last have a place in the right half
        Span<float> power = stackalloc float[ColumnBlock];
        power = power[..count];
        for (var row = 0; row < rows; row++)
        {
            LogPower.Of(block.Slice(2 * row * count, 2 * count), power);
            var right = power[..Math.Clamp(last - first, 0, count)];
            right.CopyTo(logPower[((((row + (rows / 2)) % rows) * columns) + middle + first)..]);
            var left = power[(first == 0 ? 1 : 0)..]; // frequency 0 is its own mirror image
            left.Reverse();
            left.CopyTo(logPower[((((((rows - row) % rows) + (rows / 2)) % rows) * columns) + middle - first - count + 1)..]);
        }
    }

    private static float[] Window(int length)
    {
        var window = new float[length];
        Hann.Fill(window);
        return window;
    }
}
