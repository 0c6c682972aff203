using CryoHub.Numerics.Fourier;

namespace CryoHub.Numerics.Registration;

/// <summary>
/// Shift between two images at the maximum of their cross-correlation, not of the phase correlation, which errs by tenths of a pixel on smooth images. From the
/// best whole pixel Newton's method climbs the trigonometric polynomial that the correlation is (Guizar-Sicairos et al., Opt. Lett. 33 (2008) 156,
/// doi:10.1364/OL.33.000156, evaluate the same polynomial on a fine grid).
/// </summary>
public static class CrossCorrelation
{
    private const int MostSteps = 8;

    /// <summary>
    /// Shift of the image with half plane <paramref name="second"/> against that with <paramref name="first"/>, both filtered alike; at most <paramref name="limit"/>
    /// pixels in x and in y.
    /// </summary>
    /// <exception cref="ArgumentException">The spectra differ in size.</exception>
    public static ImageShift Shift(AlignedFloats first, AlignedFloats second, int rows, int columns, double limit)
    {
        if (first.Length != second.Length || first.Length != rows * RealFourier.HalfLength(columns))
        {
            throw new ArgumentException($"Expected two half planes of {rows} x {columns}, found {first.Length} and {second.Length} floats.", nameof(second));
        }

        using var product = new AlignedFloats(first.Length);
        using var spare = new AlignedFloats(first.Length);
        using var map = new AlignedFloats(rows * columns);
        var norm = Multiply(first.Span, second.Span, product.Span, columns);
        if (norm <= 0)
        {
            return new ImageShift(0, 0, 0);
        }

        product.Span.CopyTo(spare.Span);
        RealFourier.InversePlane(spare, rows, columns, map);
        var (x, y) = Peak(map.Span, rows, columns, limit);
        return Climb(product.Span, rows, columns, x, y, norm);
    }

    /// <summary>conj(first) second, whose inverse peaks at the shift; gives back the geometric mean of both powers, all frequencies counted.</summary>
    private static double Multiply(ReadOnlySpan<float> first, ReadOnlySpan<float> second, Span<float> product, int columns)
    {
        var half = (columns / 2) + 1;
        var (one, two) = (0.0, 0.0);
        for (var i = 0; i < product.Length / 2; i++)
        {
            var (ar, ai, br, bi) = (first[2 * i], first[(2 * i) + 1], second[2 * i], second[(2 * i) + 1]);
            product[2 * i] = (ar * br) + (ai * bi);
            product[(2 * i) + 1] = (ar * bi) - (ai * br);
            var twice = Twice(i % half, columns);
            one += twice * ((ar * ar) + (ai * ai));
            two += twice * ((br * br) + (bi * bi));
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
    private static ImageShift Climb(ReadOnlySpan<float> product, int rows, int columns, double startX, double startY, double norm)
    {
        var (x, y) = (startX, startY);
        var height = 0.0;
        for (var step = 0; step < MostSteps; step++)
        {
            var s = Sums(product, rows, columns, x, y);
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
    private static (double Value, double X, double Y, double Xx, double Xy, double Yy) Sums(ReadOnlySpan<float> product, int rows, int columns, double x, double y)
    {
        var half = (columns / 2) + 1;
        var (cos, sin) = (new float[half], new float[half]);
        for (var k = 0; k < half; k++)
        {
            var (s, c) = Math.SinCos(2 * Math.PI * k * x / columns);
            (cos[k], sin[k]) = ((float)c, (float)s);
        }

        var (value, gx, gy, xx, xy, yy) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0);
        for (var row = 0; row < rows; row++)
        {
            var ky = 2 * Math.PI * (row <= rows / 2 ? row : row - rows) / rows;
            var line = product.Slice(row * 2 * half, 2 * half);
            var (sy, cy) = Math.SinCos(ky * y);
            var (turnCos, turnSin) = ((float)cy, (float)sy);
            float re0 = 0, im0 = 0, re1 = 0, im1 = 0, re2 = 0;
            for (var k = 0; k < half; k++)
            {
                var (c, s) = ((cos[k] * turnCos) - (sin[k] * turnSin), (sin[k] * turnCos) + (cos[k] * turnSin));
                var twice = k == 0 || 2 * k == columns ? 1 : 2;
                var re = twice * ((line[2 * k] * c) - (line[(2 * k) + 1] * s));
                var im = twice * ((line[2 * k] * s) + (line[(2 * k) + 1] * c));
                re0 += re;
                im0 += im;
                re1 += k * re;
                im1 += k * im;
                re2 += (float)k * k * re;
            }

            var kx = 2 * Math.PI / columns;
            value += re0;
            gx -= kx * im1;
            gy -= ky * im0;
            xx -= kx * kx * re2;
            xy -= kx * ky * re1;
            yy -= ky * ky * re0;
        }

        return (value, gx, gy, xx, xy, yy);
    }

    private static int Twice(int k, int columns) => k == 0 || 2 * k == columns ? 1 : 2;
}
