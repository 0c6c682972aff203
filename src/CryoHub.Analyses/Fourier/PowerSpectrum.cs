using CryoHub.Numerics;
using CryoHub.Numerics.Fourier;
using CryoHub.Numerics.Spectra;

namespace CryoHub.Analyses.Fourier;

/// <summary>
/// Hann-windowed power spectrum of images of one size, as the decadic logarithm with frequency 0 in the middle [rows/2, columns/2]. Scaled so that white noise has its
/// own variance at every frequency. Buffers are kept: one instance for many images, one thread at a time.
/// </summary>
internal sealed class PowerSpectrum(int rows, int columns) : IDisposable
{
    private readonly AlignedFloats windowed = new(rows * columns);
    private readonly AlignedFloats spectrum = new(rows * RealFourier.HalfLength(columns));
    private readonly float[] window = Window(columns);
    private readonly float[] windowDown = Window(rows);
    private readonly double[] sums = new double[rows];

    /// <summary>Transforms <paramref name="image"/> [rows, columns] into <paramref name="logPower"/> of the same size.</summary>
    public void Compute(ReadOnlyMemory<float> image, Memory<float> logPower, ParallelOptions options)
    {
        Parallel.For(0, rows, options, y => sums[y] = WindowSums.Of(image.Span.Slice(y * columns, columns)));
        var mean = (float)(sums.Sum() / ((double)rows * columns));
        var scale = (float)(1 / Math.Sqrt(0.375 * 0.375 * rows * columns)); // the mean of the window's square is 3/8 along each axis
        Parallel.For(0, rows, options, y =>
            Hann.Apply(image.Span.Slice(y * columns, columns), mean, window, windowDown[y] * scale, windowed.Span.Slice(y * columns, columns)));
        RealFourier.ForwardImage(windowed.Span, rows, columns, spectrum.Span, options.MaxDegreeOfParallelism);
        Parallel.For(0, rows, options, y => Shift(y, logPower.Span));
    }

    public void Dispose()
    {
        windowed.Dispose();
        spectrum.Dispose();
    }

    /// <summary>Row y of the half spectrum is the right half of one row of the picture and, turned round, the left half of its mirror row.</summary>
    private void Shift(int y, Span<float> logPower)
    {
        var half = RealFourier.HalfLength(columns) / 2;
        Span<float> power = half <= 8192 ? stackalloc float[half] : new float[half];
        LogPower.Of(spectrum.Span.Slice(2 * y * half, 2 * half), power);
        var middle = columns / 2;
        var row = (y + (rows / 2)) % rows;
        power[..(columns - middle)].CopyTo(logPower.Slice((row * columns) + middle, columns - middle));
        var mirror = (((rows - y) % rows) + (rows / 2)) % rows;
        power = power.Slice(1, middle);
        power.Reverse();
        power.CopyTo(logPower.Slice(mirror * columns, middle));
    }

    private static float[] Window(int length)
    {
        var window = new float[length];
        Hann.Fill(window);
        return window;
    }
}
