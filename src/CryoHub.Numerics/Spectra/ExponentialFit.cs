using System.Numerics;
using System.Runtime.InteropServices;

namespace CryoHub.Numerics.Spectra;

/// <summary>
/// Fits of m(i) = exp(a - r x(i)) to counts. With x = ln E this is the power law A E^-r, with x = E the exponential; x should begin near 0 so that nothing
/// over- or underflows. T(k, r) = sum of x^k exp(-r x) over the channels carries everything that a fit and its covariance need.
/// </summary>
public static class ExponentialFit
{
    private const int MostSteps = 40;
    private const double Converged = 1e-10;

    /// <summary>T(0, r), T(1, r) and T(2, r).</summary>
    public static (double T0, double T1, double T2) Moments(ReadOnlySpan<double> x, double r)
    {
        var wide = MemoryMarshal.Cast<double, Vector<double>>(x);
        var (s0, s1, s2) = (Vector<double>.Zero, Vector<double>.Zero, Vector<double>.Zero);
        foreach (var at in wide)
        {
            var e = Vector.Exp(at * -r);
            s0 += e;
            s1 += e * at;
            s2 += e * at * at;
        }

        var (t0, t1, t2) = (Vector.Sum(s0), Vector.Sum(s1), Vector.Sum(s2));
        foreach (var at in x[(wide.Length * Vector<double>.Count)..])
        {
            var e = Math.Exp(-r * at);
            (t0, t1, t2) = (t0 + e, t1 + (e * at), t2 + (e * at * at));
        }

        return (t0, t1, t2);
    }

    /// <summary>Sum of the counts and of counts times x: all that the likelihood asks of them. NaN where a count is.</summary>
    public static (double S0, double S1) Sums(ReadOnlySpan<float> counts, ReadOnlySpan<double> x)
    {
        var wideCounts = MemoryMarshal.Cast<float, Vector<float>>(counts);
        var wideX = MemoryMarshal.Cast<double, Vector<double>>(x);
        var (sum, moment) = (Vector<double>.Zero, Vector<double>.Zero);
        for (var i = 0; i < wideCounts.Length; i++)
        {
            Vector.Widen(wideCounts[i], out var low, out var high);
            sum += low + high;
            moment += (low * wideX[2 * i]) + (high * wideX[(2 * i) + 1]);
        }

        var (s0, s1) = (Vector.Sum(sum), Vector.Sum(moment));
        for (var i = wideCounts.Length * Vector<float>.Count; i < counts.Length; i++)
        {
            (s0, s1) = (s0 + counts[i], s1 + (counts[i] * x[i]));
        }

        return (s0, s1);
    }

    /// <summary>
    /// The r of greatest Poisson likelihood, from <see cref="Sums"/>: T(1, r) / T(0, r) = S1 / S0, by Newton's method on a function that only falls. NaN where the counts do
    /// not sum to more than zero or their mean x lies at an end.
    /// </summary>
    public static double Likelihood(double s0, double s1, ReadOnlySpan<double> x)
    {
        var mean = s1 / s0;
        if (!(s0 > 0) || !(mean > x[0]) || !(mean < x[^1]))
        {
            return double.NaN;
        }

        var (r, reach) = (0.0, 20 / (x[^1] - x[0]));
        for (var step = 0; step < MostSteps; step++)
        {
            var (t0, t1, t2) = Moments(x, r);
            var at = t1 / t0;
            var change = (at - mean) / ((t2 / t0) - (at * at));
            r += Math.Clamp(change, -reach, reach);
            if (Math.Abs(change) < Converged * (1 + Math.Abs(r)))
            {
                return r;
            }
        }

        return double.NaN;
    }

    /// <summary>
    /// Unweighted least squares of the counts themselves by Gauss and Newton's method from <paramref name="a"/> and <paramref name="r"/>: what general fitting programs do. NaN
    /// where it does not converge.
    /// </summary>
    public static (double A, double R) LeastSquares(ReadOnlySpan<float> counts, ReadOnlySpan<double> x, double a, double r)
    {
        for (var step = 0; step < MostSteps; step++)
        {
            var (n0, n1, n2) = Moments(x, 2 * r);
            var (y0, y1) = Projected(counts, x, r);
            var scale = Math.Exp(a);
            var (g0, g1) = (y0 - (scale * n0), y1 - (scale * n1));            // residuals times exp(-r x) and x exp(-r x)
            var determinant = scale * ((n0 * n2) - (n1 * n1));
            var (da, dr) = (((g0 * n2) - (g1 * n1)) / determinant, ((g0 * n1) - (g1 * n0)) / determinant);
            (a, r) = (a + Math.Clamp(da, -1, 1), r + dr);
            if (Math.Abs(da) + Math.Abs(dr) < Converged * (1 + Math.Abs(r)))
            {
                return (a, r);
            }
        }

        return (double.NaN, double.NaN);
    }

    /// <summary><paramref name="net"/>[i] = counts[i] - exp(a - r x[i]).</summary>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    public static void Subtract(ReadOnlySpan<float> counts, ReadOnlySpan<float> x, double a, double r, Span<float> net)
    {
        if (x.Length != counts.Length || net.Length != counts.Length)
        {
            throw new ArgumentException($"Expected {counts.Length} channels, found {x.Length} and {net.Length}.", nameof(net));
        }

        var wideCounts = MemoryMarshal.Cast<float, Vector<float>>(counts);
        var wideX = MemoryMarshal.Cast<float, Vector<float>>(x);
        var results = MemoryMarshal.Cast<float, Vector<float>>(net);
        var (start, slope) = (new Vector<float>((float)a), new Vector<float>((float)r));
        for (var i = 0; i < results.Length; i++)
        {
            results[i] = wideCounts[i] - Vector.Exp(start - (slope * wideX[i]));
        }

        for (var i = results.Length * Vector<float>.Count; i < net.Length; i++)
        {
            net[i] = counts[i] - MathF.Exp((float)a - ((float)r * x[i]));
        }
    }

    /// <summary>Sum of (counts - m)^2 / max(m, 1) with m = exp(a - r x): chi-squared for counted electrons.</summary>
    public static double ChiSquared(ReadOnlySpan<float> counts, ReadOnlySpan<double> x, double a, double r)
    {
        var wideCounts = MemoryMarshal.Cast<float, Vector<float>>(counts);
        var wideX = MemoryMarshal.Cast<double, Vector<double>>(x);
        var sums = Vector<double>.Zero;
        for (var i = 0; i < wideCounts.Length; i++)
        {
            Vector.Widen(wideCounts[i], out var low, out var high);
            sums += Term(low, wideX[2 * i], a, r) + Term(high, wideX[(2 * i) + 1], a, r);
        }

        var sum = Vector.Sum(sums);
        for (var i = wideCounts.Length * Vector<float>.Count; i < counts.Length; i++)
        {
            var m = Math.Exp(a - (r * x[i]));
            sum += (counts[i] - m) * (counts[i] - m) / Math.Max(m, 1);
        }

        return sum;
    }

    private static Vector<double> Term(Vector<double> counts, Vector<double> x, double a, double r)
    {
        var m = Vector.Exp(new Vector<double>(a) - (x * r));
        return (counts - m) * (counts - m) / Vector.Max(m, Vector<double>.One);
    }

    private static (double Y0, double Y1) Projected(ReadOnlySpan<float> counts, ReadOnlySpan<double> x, double r)
    {
        var wideCounts = MemoryMarshal.Cast<float, Vector<float>>(counts);
        var wideX = MemoryMarshal.Cast<double, Vector<double>>(x);
        var (sum, moment) = (Vector<double>.Zero, Vector<double>.Zero);
        for (var i = 0; i < wideCounts.Length; i++)
        {
            Vector.Widen(wideCounts[i], out var low, out var high);
            low *= Vector.Exp(wideX[2 * i] * -r);
            high *= Vector.Exp(wideX[(2 * i) + 1] * -r);
            sum += low + high;
            moment += (low * wideX[2 * i]) + (high * wideX[(2 * i) + 1]);
        }

        var (y0, y1) = (Vector.Sum(sum), Vector.Sum(moment));
        for (var i = wideCounts.Length * Vector<float>.Count; i < counts.Length; i++)
        {
            var y = counts[i] * Math.Exp(-r * x[i]);
            (y0, y1) = (y0 + y, y1 + (y * x[i]));
        }

        return (y0, y1);
    }
}
