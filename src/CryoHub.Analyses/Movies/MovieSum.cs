using CryoHub.Imaging;
using CryoHub.Numerics;
using CryoHub.Numerics.Fourier;
using CryoHub.Numerics.Registration;

namespace CryoHub.Analyses.Movies;

/// <summary>
/// Adds frames at their shifts: the whole pixels by moving them, the rest as a phase of their spectrum, which keeps every frequency. With dose weighting each frame's
/// frequencies count exp(-D / 2 Ne(k)), the sum divided by the root of the weights' squares (Grant and Grigorieff, eLife 4 (2015) e06980, eq. 3 and 9) and multiplied
/// by the root of the number of frames, so that it is the plain sum where the dose is 0.
/// </summary>
internal sealed class MovieSum : IDisposable
{
    private readonly int rows;
    private readonly int columns;
    private readonly AlignedFloats sum;
    private readonly double[]? squares;
    private readonly double[] critical = [];
    private int count;

    /// <param name="rows">Rows of a frame.</param>
    /// <param name="columns">Columns of a frame.</param>
    /// <param name="pixelAngstrom">Size of a pixel; <c>null</c> for a plain sum.</param>
    /// <param name="criticalDose">Ne of k in 1/A.</param>
    public MovieSum(int rows, int columns, double? pixelAngstrom, Func<double, double> criticalDose)
    {
        (this.rows, this.columns) = (rows, columns);
        sum = new AlignedFloats(rows * RealFourier.HalfLength(columns));
        if (pixelAngstrom is { } pixel)
        {
            squares = new double[sum.Length / 2];
            critical = new double[sum.Length / 2];
            for (var i = 0; i < critical.Length; i++)
            {
                var (kx, ky) = Frequency(i);
                critical[i] = criticalDose(double.Hypot(kx / columns, ky / rows) / pixel);
            }
        }
    }

    /// <summary>Adds a frame whose picture lies <paramref name="shift"/> off, after it and those before it took <paramref name="dose"/> e/A^2.</summary>
    public void Add(float[] frame, ImageShift shift, double dose)
    {
        var (wholeX, wholeY) = ((int)Math.Round(shift.X), (int)Math.Round(shift.Y));
        using var moved = new AlignedFloats(rows * columns);
        using var spectrum = new AlignedFloats(sum.Length);
        for (var y = 0; y < rows; y++)
        {
            var from = frame.AsSpan(Math.Clamp(y + wholeY, 0, rows - 1) * columns, columns);
            for (var x = 0; x < columns; x++)
            {
                moved.Span[(y * columns) + x] = from[Math.Clamp(x + wholeX, 0, columns - 1)];
            }
        }

        RealFourier.ForwardPlane(moved, rows, columns, spectrum);
        Add(spectrum.Span, shift.X - wholeX, shift.Y - wholeY, dose);
        count++;
    }

    /// <summary>The sum as an image.</summary>
    public float[] Image()
    {
        var total = sum.Span;
        var scale = 1.0 / ((double)rows * columns);
        for (var i = 0; i < total.Length / 2; i++)
        {
            var factor = (float)(squares is null ? scale : scale * Math.Sqrt(count / Math.Max(1e-12, squares[i])));
            total[2 * i] *= factor;
            total[(2 * i) + 1] *= factor;
        }

        using var image = new AlignedFloats(rows * columns);
        RealFourier.InversePlane(sum, rows, columns, image);
        return image.Span.ToArray();
    }

    public void Dispose() => sum.Dispose();

    private void Add(ReadOnlySpan<float> spectrum, double x, double y, double dose)
    {
        var total = sum.Span;
        for (var i = 0; i < total.Length / 2; i++)
        {
            var (kx, ky) = Frequency(i);
            var weight = 1.0;
            if (squares is not null)
            {
                weight = critical[i] > 0 ? Math.Exp(-dose / (2 * critical[i])) : 0;
                squares[i] += weight * weight;
            }

            // At the Nyquist frequency both signs meet: only the cosine of their phase is real there.
            var (sin, cos) = Math.SinCos(2 * Math.PI * ((kx * x / columns) + (ky * y / rows)));
            sin = 2 * Math.Abs(kx) == columns || 2 * Math.Abs(ky) == rows ? 0 : sin;
            total[2 * i] += (float)(weight * ((spectrum[2 * i] * cos) - (spectrum[(2 * i) + 1] * sin)));
            total[(2 * i) + 1] += (float)(weight * ((spectrum[2 * i] * sin) + (spectrum[(2 * i) + 1] * cos)));
        }
    }

    private (double X, double Y) Frequency(int i)
    {
        var half = (columns / 2) + 1;
        var row = i / half;
        return (i % half, row <= rows / 2 ? row : row - rows);
    }
}
