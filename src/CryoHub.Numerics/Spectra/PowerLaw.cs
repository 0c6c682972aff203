using System.Numerics;
using System.Runtime.InteropServices;

namespace CryoHub.Numerics.Spectra;

/// <summary>
/// The background B E^-r of an energy-loss spectrum (Egerton, Electron Energy-Loss Spectroscopy in the Electron Microscope, 3rd ed., section 4.4.1). Energies enter as
/// x = ln(E / E1) with E1 the lower edge of the fit window, so that nothing over- or underflows and no unit matters. One element of a span is one pixel.
/// </summary>
public static class PowerLaw
{
    private const double Flat = 1e-7; // below this |1 - r| the integral is taken by its series

    /// <summary>
    /// Closed form from two areas: r = 2 ln(I1 / I2) / ln(E2 / E1), I1 and I2 being the counts of the two halves of the fit window from E1 to E2 (eq. 4.51).
    /// NaN where an area is not positive.
    /// </summary>
    public static void FromTwoAreas(ReadOnlySpan<double> first, ReadOnlySpan<double> second, double width, Span<double> exponent)
    {
        var firsts = Wide(first);
        var seconds = Wide(second);
        var exponents = Wide(exponent);
        for (var i = 0; i < exponents.Length; i++)
        {
            var positive = Vector.GreaterThan(Vector.Min(firsts[i], seconds[i]), Vector<double>.Zero);
            var r = (Vector.Log(firsts[i]) - Vector.Log(seconds[i])) * (2 / width);
            exponents[i] = Vector.ConditionalSelect(positive, r, new Vector<double>(double.NaN));
        }

        for (var i = exponents.Length * Vector<double>.Count; i < exponent.Length; i++)
        {
            exponent[i] = Math.Min(first[i], second[i]) > 0 ? 2 / width * (Math.Log(first[i]) - Math.Log(second[i])) : double.NaN;
        }
    }

    /// <summary>
    /// Counts under the power law between x = <paramref name="from"/> and <paramref name="to"/>, given its counts <paramref name="area"/> between 0 and
    /// <paramref name="width"/>: area P(from, to) / P(0, width) with P(a, b) = (e^(kb) - e^(ka)) / k, k = 1 - r.
    /// </summary>
    public static void Extrapolate(ReadOnlySpan<double> area, ReadOnlySpan<double> exponent, double width, double from, double to, Span<double> background)
    {
        var areas = Wide(area);
        var exponents = Wide(exponent);
        var backgrounds = Wide(background);
        for (var i = 0; i < backgrounds.Length; i++)
        {
            var k = Vector<double>.One - exponents[i];
            var flat = Vector.LessThan(Vector.Abs(k), new Vector<double>(Flat));
            var steep = (Vector.Exp(k * to) - Vector.Exp(k * from)) / (Vector.Exp(k * width) - Vector<double>.One);
            backgrounds[i] = areas[i] * Vector.ConditionalSelect(flat, new Vector<double>((to - from) / width), steep);
        }

        for (var i = backgrounds.Length * Vector<double>.Count; i < background.Length; i++)
        {
            var k = 1 - exponent[i];
            background[i] = area[i] * (Math.Abs(k) < Flat ? (to - from) / width : (Math.Exp(k * to) - Math.Exp(k * from)) / (Math.Exp(k * width) - 1));
        }
    }

    /// <summary>
    /// Straight line through ln(counts) over <paramref name="x"/> = ln(E / E1) of one spectrum, by unweighted least squares; channels without positive counts take no
    /// part. NaN where fewer than three remain.
    /// </summary>
    /// <returns>The exponent r and the line's value at x = 0, the logarithm of the counts a channel at E1 would hold.</returns>
    public static (double Exponent, double LogCounts) FromLogarithms(ReadOnlySpan<float> counts, ReadOnlySpan<float> x)
    {
        var wideCounts = MemoryMarshal.Cast<float, Vector<float>>(counts);
        var wideX = MemoryMarshal.Cast<float, Vector<float>>(x);
        var (n, sx, sy, sxx, sxy) = (Vector<float>.Zero, Vector<float>.Zero, Vector<float>.Zero, Vector<float>.Zero, Vector<float>.Zero);
        var middle = x.Length == 0 ? 0 : x[x.Length / 2]; // centred sums lose no digits
        for (var i = 0; i < wideCounts.Length; i++)
        {
            var positive = Vector.GreaterThan(wideCounts[i], Vector<float>.Zero);
            var weight = Vector.ConditionalSelect(positive, Vector<float>.One, Vector<float>.Zero);
            var dx = (wideX[i] - new Vector<float>(middle)) * weight;
            var y = Vector.ConditionalSelect(positive, Vector.Log(wideCounts[i]), Vector<float>.Zero);
            n += weight;
            sx += dx;
            sy += y;
            sxx += dx * dx;
            sxy += dx * y;
        }

        var sums = (N: (double)Vector.Sum(n), X: (double)Vector.Sum(sx), Y: (double)Vector.Sum(sy), XX: (double)Vector.Sum(sxx), XY: (double)Vector.Sum(sxy));
        for (var i = wideCounts.Length * Vector<float>.Count; i < counts.Length; i++)
        {
            if (counts[i] > 0)
            {
                var (dx, y) = (x[i] - middle, Math.Log(counts[i]));
                sums = (sums.N + 1, sums.X + dx, sums.Y + y, sums.XX + (dx * dx), sums.XY + (dx * y));
            }
        }

        var slope = ((sums.N * sums.XY) - (sums.X * sums.Y)) / ((sums.N * sums.XX) - (sums.X * sums.X));
        return sums.N < 3 ? (double.NaN, double.NaN) : (-slope, ((sums.Y - (slope * sums.X)) / sums.N) - (slope * middle));
    }

    private static ReadOnlySpan<Vector<double>> Wide(ReadOnlySpan<double> numbers) => MemoryMarshal.Cast<double, Vector<double>>(numbers);

    private static Span<Vector<double>> Wide(Span<double> numbers) => MemoryMarshal.Cast<double, Vector<double>>(numbers);
}
