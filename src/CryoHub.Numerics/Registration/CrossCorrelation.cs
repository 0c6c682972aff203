using System.Numerics;
using System.Runtime.InteropServices;
using CryoHub.Numerics.Fourier;

namespace CryoHub.Numerics.Registration;

/// <summary>
/// Shift between two images at the maximum of their cross-correlation, not of the phase correlation, which errs by tenths of a pixel on smooth images. From the
/// best whole pixel Newton's method climbs the trigonometric polynomial that the correlation is (Guizar-Sicairos et al., Opt. Lett. 33 (2008) 156,
/// doi:10.1364/OL.33.000156, evaluate the same polynomial on a fine grid).
/// </summary>
/// <remarks>Keeps its scratch memory from one pair of images to the next, as fresh pages cost more than the arithmetic: one instance a thread.</remarks>
public sealed class CrossCorrelation : IDisposable
{
    private const int MostSteps = 8;

    private readonly int rows;
    private readonly int columns;
    private readonly HalfPlane product;
    private readonly HalfPlane turns;
    private readonly HalfPlane numbers;
    private readonly AlignedFloats spectrum;
    private readonly AlignedFloats map;

    /// <summary>For images of that size.</summary>
    public CrossCorrelation(int rows, int columns)
    {
        (this.rows, this.columns) = (rows, columns);
        var half = (columns / 2) + 1;
        (product, turns, numbers) = (new(rows, half), new(1, half), new(1, half));
        (spectrum, map) = (new(rows * RealFourier.HalfLength(columns)), new(rows * columns));
        for (var k = 0; k < half; k++)
        {
            numbers.Real(0)[k] = k;
        }
    }

    /// <summary>The shift of one pair of images.</summary>
    public static ImageShift Shift(AlignedFloats first, AlignedFloats second, int rows, int columns, double limit)
    {
        using var correlation = new CrossCorrelation(rows, columns);
        return correlation.Shift(first, second, limit);
    }

    /// <summary>The filtered half plane of an image: see <see cref="BandPass"/>.</summary>
    public void Transform(ReadOnlySpan<float> image, double taper, ReadOnlySpan<float> weights, AlignedFloats result) =>
        BandPass.Spectrum(image, rows, columns, taper, weights, result, map);

    /// <summary>
    /// Shift of the image with half plane <paramref name="second"/> against that with <paramref name="first"/>, both filtered alike; at most <paramref name="limit"/>
    /// pixels in x and in y.
    /// </summary>
    /// <exception cref="ArgumentException">The spectra differ in size.</exception>
    public ImageShift Shift(AlignedFloats first, AlignedFloats second, double limit)
    {
        if (first.Length != second.Length || first.Length != rows * RealFourier.HalfLength(columns))
        {
            throw new ArgumentException($"Expected two half planes of {rows} x {columns}, found {first.Length} and {second.Length} floats.", nameof(second));
        }

        var norm = Multiply(first.Span, second.Span);
        if (norm <= 0)
        {
            return new ImageShift(0, 0, 0);
        }

        RealFourier.InversePlane(spectrum, rows, columns, map);
        var (x, y) = Peak(map.Span, rows, columns, limit);
        return Climb(x, y, norm);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        product.Dispose();
        turns.Dispose();
        numbers.Dispose();
        spectrum.Dispose();
        map.Dispose();
    }

    /// <summary>conj(first) second, whose inverse peaks at the shift; gives back the geometric mean of both powers, all frequencies counted.</summary>
    private double Multiply(ReadOnlySpan<float> first, ReadOnlySpan<float> second)
    {
        var half = (columns / 2) + 1;
        var (one, two) = (0.0, 0.0);
        for (var row = 0; row < product.Rows; row++)
        {
            var (a, b) = (0f, 0f);
            var re = product.Real(row);
            var im = product.Imaginary(row);
            var p = first.Slice(row * 2 * half, 2 * half);
            var q = second.Slice(row * 2 * half, 2 * half);
            var r = spectrum.Span.Slice(row * 2 * half, 2 * half);
            for (var k = 0; k < half; k++)
            {
                var (ar, ai, br, bi) = (p[2 * k], p[(2 * k) + 1], q[2 * k], q[(2 * k) + 1]);
                var twice = k == 0 || 2 * k == columns ? 1f : 2f; // the other half plane says the same
                (r[2 * k], r[(2 * k) + 1]) = ((ar * br) + (ai * bi), (ar * bi) - (ai * br));
                (re[k], im[k]) = (twice * r[2 * k], twice * r[(2 * k) + 1]);
                a += twice * ((ar * ar) + (ai * ai));
                b += twice * ((br * br) + (bi * bi));
            }

            product.Used[row] = a * b > 0;
            (one, two) = (one + a, two + b);
        }

        return Math.Sqrt(one * two);
    }

    private static (int X, int Y) Peak(ReadOnlySpan<float> map, int rows, int columns, double limit)
    {
        var reach = (X: (int)Math.Min(limit, (columns - 1) / 2), Y: (int)Math.Min(limit, (rows - 1) / 2));
        var (best, at) = (float.NegativeInfinity, (X: 0, Y: 0));
        for (var y = -reach.Y; y <= reach.Y; y++)
        {
            var row = map.Slice((y < 0 ? y + rows : y) * columns, columns);
            for (var x = -reach.X; x <= reach.X; x++)
            {
                var value = row[x < 0 ? x + columns : x];
                if (value > best)
                {
                    (best, at) = (value, (x, y));
                }
            }
        }

        return at;
    }

    /// <summary>Newton's method on C(x, y) = sum over k of Re(P exp(2 pi i k r)), held within a pixel of the start.</summary>
    private ImageShift Climb(double startX, double startY, double norm)
    {
        var (x, y) = (startX, startY);
        var height = 0.0;
        for (var step = 0; step < MostSteps; step++)
        {
            var s = Sums(x, y);
            height = s.Value;
            var determinant = (s.Xx * s.Yy) - (s.Xy * s.Xy);
            if (!(determinant > 0) || s.Xx >= 0)
            {
                break; // not a maximum: the whole pixel is all that is known
            }

            var (dx, dy) = (((s.Xy * s.Y) - (s.Yy * s.X)) / determinant, ((s.Xy * s.X) - (s.Xx * s.Y)) / determinant);
            (dx, dy) = (Math.Clamp(dx, -0.5, 0.5), Math.Clamp(dy, -0.5, 0.5));
            (x, y) = (Math.Clamp(x + dx, startX - 1, startX + 1), Math.Clamp(y + dy, startY - 1, startY + 1));
            if (Math.Abs(dx) + Math.Abs(dy) < 1e-3)
            {
                break;
            }
        }

        return new ImageShift(x, y, height / norm);
    }

    /// <summary>C and its first and second derivatives at (x, y).</summary>
    private (double Value, double X, double Y, double Xx, double Xy, double Yy) Sums(double x, double y)
    {
        for (var k = 0; k < product.Half; k++)
        {
            var (s, c) = Math.SinCos(2 * Math.PI * k * x / columns);
            (turns.Real(0)[k], turns.Imaginary(0)[k]) = ((float)c, (float)s);
        }

        var kx = 2 * Math.PI / columns;
        var (value, gx, gy, xx, xy, yy) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0);
        for (var row = 0; row < rows; row++)
        {
            if (product.Used[row])
            {
                var ky = 2 * Math.PI * (row <= rows / 2 ? row : row - rows) / rows;
                var (re0, im0, re1, im1, re2) = Row(row, ky * y);
                (value, gx, gy) = (value + re0, gx - (kx * im1), gy - (ky * im0));
                (xx, xy, yy) = (xx - (kx * kx * re2), xy - (kx * ky * re1), yy - (ky * ky * re0));
            }
        }

        return (value, gx, gy, xx, xy, yy);
    }

    /// <summary>Sums over a row of P exp(i (k x + phase)) k^n: real and imaginary for n = 0 and 1, real for n = 2.</summary>
    private (double Re0, double Im0, double Re1, double Im1, double Re2) Row(int row, double phase)
    {
        var (sin, cos) = Math.SinCos(phase);
        var (turnCos, turnSin) = (new Vector<float>((float)cos), new Vector<float>((float)sin));
        var p = MemoryMarshal.Cast<float, Vector<float>>(product.Real(row));
        var q = MemoryMarshal.Cast<float, Vector<float>>(product.Imaginary(row));
        var cosines = MemoryMarshal.Cast<float, Vector<float>>(turns.Real(0));
        var sines = MemoryMarshal.Cast<float, Vector<float>>(turns.Imaginary(0));
        var ks = MemoryMarshal.Cast<float, Vector<float>>(numbers.Real(0));
        Vector<float> re0 = default, im0 = default, re1 = default, im1 = default, re2 = default;
        for (var i = 0; i < p.Length; i++)
        {
            var c = (cosines[i] * turnCos) - (sines[i] * turnSin);
            var s = (sines[i] * turnCos) + (cosines[i] * turnSin);
            var re = (p[i] * c) - (q[i] * s);
            var im = (p[i] * s) + (q[i] * c);
            var moment = ks[i] * re;
            re0 += re;
            im0 += im;
            re1 += moment;
            im1 += ks[i] * im;
            re2 += ks[i] * moment;
        }

        return (Vector.Sum(re0), Vector.Sum(im0), Vector.Sum(re1), Vector.Sum(im1), Vector.Sum(re2));
    }
}
