using System.Numerics;
using System.Runtime.InteropServices;

namespace CryoHub.Numerics.Spectra;

/// <summary>
/// The zero-loss peak of an energy-loss spectrum: its highest channel, its width at half height and its centre to a fraction of a channel. The centre is that of
/// the Gaussian of greatest Poisson likelihood in the channels round the maximum, found by scoring: ln m(x) = a + b x + c x^2, centre -b / 2c
/// (McCullagh and Nelder, Generalized Linear Models, 2nd ed., section 2.5).
/// </summary>
public static class ZeroLoss
{
    private const int Steps = 6;
    private const int LeastHalfWindow = 2;
    private const int MostHalfWindow = 64;

    /// <summary>Index of the highest of <paramref name="counts"/>, the first of equal ones; -1 where none is above zero. NaN takes no part.</summary>
    public static int Maximum(ReadOnlySpan<float> counts)
    {
        var wide = MemoryMarshal.Cast<float, Vector<float>>(counts);
        var highest = Vector<float>.Zero;
        foreach (var lane in wide)
        {
            highest = Vector.ConditionalSelect(Vector.GreaterThan(lane, highest), lane, highest);
        }

        var top = 0f;
        for (var i = 0; i < Vector<float>.Count; i++)
        {
            top = Math.Max(top, highest[i]);
        }

        foreach (var count in counts[(wide.Length * Vector<float>.Count)..])
        {
            top = count > top ? count : top;
        }

        return top > 0 ? counts.IndexOf(top) : -1;
    }

    /// <summary>
    /// The peak round channel <paramref name="maximum"/>: half-height crossings by straight lines between channels, then the centre by likelihood within
    /// three quarters of that width to both sides. <see cref="PeakCentre.None"/> where the counts do not fall to half on both sides.
    /// </summary>
    public static PeakCentre Fit(ReadOnlySpan<float> counts, int maximum)
    {
        if (maximum < 0 || !Crossings(counts, maximum, counts[maximum], out var left, out var right))
        {
            return PeakCentre.None;
        }

        var half = (int)Math.Clamp(Math.Ceiling(0.75 * (right - left)), LeastHalfWindow, MostHalfWindow);
        var fit = Likelihood(counts, maximum, half);
        var middle = (int)Math.Round(fit.Centre);
        if (double.IsFinite(fit.Centre) && middle != maximum && Math.Abs(middle - maximum) <= half)
        {
            fit = Likelihood(counts, middle, half);   // the highest channel is a matter of chance, the window should not be
        }

        if (!double.IsFinite(fit.Centre) || Math.Abs(fit.Centre - maximum) > half || !Crossings(counts, maximum, fit.Height, out left, out right))
        {
            return PeakCentre.None;
        }

        var error = Math.Sqrt(Slope(counts, left, fit.Height) + Slope(counts, right, fit.Height));
        return new PeakCentre(fit.Centre, fit.Error, right - left, error, fit.Height);
    }

    /// <summary>Centre of mass of the channels from <paramref name="first"/>, in channels, with its counting error; NaN where there are no counts.</summary>
    public static (double Centre, double Error) CentreOfMass(ReadOnlySpan<float> counts, int first)
    {
        var (sum, moment, square) = (0.0, 0.0, 0.0);
        for (var i = 0; i < counts.Length; i++)
        {
            sum += counts[i];
            moment += (double)i * counts[i];
            square += (double)i * i * counts[i];
        }

        var centre = moment / sum;
        return sum > 0 ? (first + centre, Math.Sqrt(Math.Max(0, (square / sum) - (centre * centre)) / sum)) : (double.NaN, double.NaN);
    }

    private static bool Crossings(ReadOnlySpan<float> counts, int maximum, double height, out double left, out double right)
    {
        var (low, high) = (maximum, maximum);
        while (low >= 0 && counts[low] > height / 2)
        {
            low--;
        }

        while (high < counts.Length && counts[high] > height / 2)
        {
            high++;
        }

        (left, right) = (double.NaN, double.NaN);
        if (low < 0 || high == counts.Length || low == maximum || !float.IsFinite(counts[low]) || !float.IsFinite(counts[high]))
        {
            return false;
        }

        left = low + (((height / 2) - counts[low]) / ((double)counts[low + 1] - counts[low]));
        right = high - (((height / 2) - counts[high]) / ((double)counts[high - 1] - counts[high]));
        return true;
    }

    /// <summary>Variance of a crossing: that of the counts there over the square of their slope.</summary>
    private static double Slope(ReadOnlySpan<float> counts, double crossing, double height)
    {
        var low = (int)Math.Floor(crossing);
        var slope = (double)counts[low + 1] - counts[low];
        return Math.Max(height / 2, 1) / Math.Max(slope * slope, double.Epsilon);
    }

    private static (double Centre, double Error, double Height) Likelihood(ReadOnlySpan<float> counts, int middle, int half)
    {
        var (first, last) = (Math.Max(0, middle - half), Math.Min(counts.Length - 1, middle + half));
        var unit = (double)half;                     // x runs from -1 to 1: the normal equations stay well conditioned
        var (a, b, c) = (Math.Log(Math.Max(counts[middle], 1e-30)), 0.0, -1.0);
        Span<double> m = stackalloc double[5];       // sums of weight times x^0 .. x^4
        Span<double> r = stackalloc double[3];       // sums of residual times x^0 .. x^2
        for (var step = 0; step <= Steps; step++)
        {
            m.Clear();
            r.Clear();
            for (var i = first; i <= last; i++)
            {
                if (!float.IsFinite(counts[i]))
                {
                    return (double.NaN, double.NaN, double.NaN);
                }

                var x = (i - middle) / unit;
                var count = Math.Max(counts[i], 0);
                // The first step is the weighted line through the logarithms; the next ones score the likelihood.
                var weight = step == 0 ? count : Math.Exp(Math.Min(a + (x * (b + (c * x))), 60));
                var residual = step == 0 ? (count > 0 ? count * Math.Log(count) : 0) : count - weight;
                var power = 1.0;
                for (var p = 0; p < 5; p++, power *= x)
                {
                    m[p] += weight * power;
                    if (p < 3)
                    {
                        r[p] += residual * power;
                    }
                }
            }

            if (!Solve(m, r, out var d, out var inverse))
            {
                return (double.NaN, double.NaN, double.NaN);
            }

            (a, b, c) = step == 0 ? (d.X, d.Y, d.Z) : (a + d.X, b + d.Y, c + d.Z);
            if (step > 0 && (Math.Abs(d.Y) + Math.Abs(d.Z) < 1e-9 || step == Steps))
            {
                // x0 = -b/2c: dx0 = -db/2c + b dc/2c^2
                var (db, dc) = (-1 / (2 * c), b / (2 * c * c));
                var variance = (db * db * inverse.Y) + (dc * dc * inverse.Z) + (2 * db * dc * inverse.X);
                return c < 0 ? (middle - (unit * b / (2 * c)), unit * Math.Sqrt(Math.Max(0, variance)), Math.Exp(a - (b * b / (4 * c)))) : (double.NaN, double.NaN, double.NaN);
            }
        }

        return (double.NaN, double.NaN, double.NaN);
    }

    /// <summary>Solves the three normal equations; <paramref name="inverse"/> holds the covariance of b and c, the variance of b and that of c.</summary>
    private static bool Solve(ReadOnlySpan<double> m, ReadOnlySpan<double> r, out (double X, double Y, double Z) solution, out (double X, double Y, double Z) inverse)
    {
        var (c00, c01, c02) = ((m[2] * m[4]) - (m[3] * m[3]), (m[2] * m[3]) - (m[1] * m[4]), (m[1] * m[3]) - (m[2] * m[2]));
        var (c11, c12, c22) = ((m[0] * m[4]) - (m[2] * m[2]), (m[1] * m[2]) - (m[0] * m[3]), (m[0] * m[2]) - (m[1] * m[1]));
        var determinant = (m[0] * c00) + (m[1] * c01) + (m[2] * c02);
        solution = (((c00 * r[0]) + (c01 * r[1]) + (c02 * r[2])) / determinant, ((c01 * r[0]) + (c11 * r[1]) + (c12 * r[2])) / determinant, ((c02 * r[0]) + (c12 * r[1]) + (c22 * r[2])) / determinant);
        inverse = (c12 / determinant, c11 / determinant, c22 / determinant);
        return determinant > 1e-12 * m[0] * m[2] * m[4] && double.IsFinite(solution.X + solution.Y + solution.Z);
    }
}
