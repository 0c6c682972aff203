using CryoHub.Numerics.Spectra;

namespace CryoHub.Analyses.Spectra;

/// <summary>Net counts of one energy window for a row of pixels, and how well the background fits there.</summary>
internal sealed class WindowMap
{
    private const int MostGroups = 8;

    private readonly WindowChannels window;
    private readonly BackgroundModel model;
    private readonly PowerLawFit fit;
    private readonly int channels;
    private readonly float[] logEnergies = [];
    private readonly double width;

    public WindowMap(WindowChannels window, EnergyScale scale, BackgroundModel model, PowerLawFit fit)
    {
        (this.window, this.model, this.fit, channels) = (window, model, fit, scale.Channels);
        if (model == BackgroundModel.PowerLaw && window.Before is { } before)
        {
            width = Log(before.HighEdge);
            logEnergies = [.. Enumerable.Range(before.First, before.Count).Select(channel => (float)Log(scale.At(channel)))];
        }
    }

    public WindowChannels Window => window;

    /// <summary>
    /// <paramref name="spectra"/> [pixel, channel] to net counts; <paramref name="exponent"/> and <paramref name="misfit"/> (reduced chi-squared of the power law in
    /// up to eight groups of pre-edge channels, for counted electrons) are NaN for other backgrounds. Pixels whose background cannot be found are NaN.
    /// </summary>
    public void Row(ReadOnlySpan<float> spectra, Span<float> net, Span<float> exponent, Span<float> misfit)
    {
        var (gross, background) = (new double[net.Length], new double[net.Length]);
        WindowSums.Of(spectra, channels, window.Gross.First, window.Gross.Count, gross);
        exponent.Fill(float.NaN);
        misfit.Fill(float.NaN);
        switch (model)
        {
            case BackgroundModel.Linear: Linear(spectra, background); break;
            case BackgroundModel.PowerLaw: Power(spectra, background, exponent, misfit); break;
        }

        for (var p = 0; p < net.Length; p++)
        {
            var value = (float)(gross[p] - background[p]);
            net[p] = float.IsFinite(value) ? value : float.NaN;
        }
    }

    /// <summary>Background counts of one spectrum between two energies, for drawing; NaN where it cannot be found.</summary>
    public double Background(ReadOnlySpan<float> spectrum, double lowEdge, double highEdge)
    {
        if (window.Before is not { } before)
        {
            return 0;
        }

        if (model == BackgroundModel.Linear && window.After is { } after)
        {
            var (low, high) = (new double[1], new double[1]);
            WindowSums.Of(spectrum, channels, before.First, before.Count, low);
            WindowSums.Of(spectrum, channels, after.First, after.Count, high);
            return (highEdge - lowEdge) * Line(low[0], high[0], before, after, (lowEdge + highEdge) / 2);
        }

        var (area, exponents, background) = (new double[1], new double[1], new double[1]);
        Fit(spectrum, Groups(spectrum, 1), area, exponents);
        PowerLaw.Extrapolate(area, exponents, width, Log(lowEdge), Log(highEdge), background);
        return background[0];
    }

    private void Linear(ReadOnlySpan<float> spectra, Span<double> background)
    {
        var (before, after) = (window.Before!.Value, window.After!.Value);
        var (low, high) = (new double[background.Length], new double[background.Length]);
        WindowSums.Of(spectra, channels, before.First, before.Count, low);
        WindowSums.Of(spectra, channels, after.First, after.Count, high);
        for (var p = 0; p < background.Length; p++)
        {
            background[p] = (window.Gross.HighEdge - window.Gross.LowEdge) * Line(low[p], high[p], before, after, window.Gross.Centre);
        }
    }

    /// <summary>Counts per energy at <paramref name="energy"/> on the line through the middles of two windows.</summary>
    private static double Line(double low, double high, ChannelRange before, ChannelRange after, double energy)
    {
        var (left, right) = (low / (before.HighEdge - before.LowEdge), high / (after.HighEdge - after.LowEdge));
        return left + ((right - left) * (energy - before.Centre) / (after.Centre - before.Centre));
    }

    private void Power(ReadOnlySpan<float> spectra, Span<double> background, Span<float> exponent, Span<float> misfit)
    {
        var pixels = background.Length;
        var groups = Groups(spectra, pixels);
        var (area, exponents) = (new double[pixels], new double[pixels]);
        Fit(spectra, groups, area, exponents);
        PowerLaw.Extrapolate(area, exponents, width, Log(window.Gross.LowEdge), Log(window.Gross.HighEdge), background);
        var (expected, squares) = (new double[pixels], new double[pixels]);
        foreach (var group in groups)
        {
            PowerLaw.Extrapolate(area, exponents, width, Log(group.LowEdge), Log(group.HighEdge), expected);
            for (var p = 0; p < pixels; p++)
            {
                var residual = group.Sums[p] - expected[p];
                squares[p] += residual * residual / Math.Max(expected[p], 1);
            }
        }

        for (var p = 0; p < pixels; p++)
        {
            exponent[p] = (float)exponents[p];
            misfit[p] = groups.Length > 2 ? (float)(squares[p] / (groups.Length - 2)) : float.NaN;
        }
    }

    private void Fit(ReadOnlySpan<float> spectra, Group[] groups, Span<double> area, Span<double> exponents)
    {
        var before = window.Before!.Value;
        if (fit == PowerLawFit.TwoAreas)
        {
            var second = new double[area.Length];
            for (var g = 0; g < groups.Length; g++)
            {
                var half = 2 * g < groups.Length ? area : second;
                for (var p = 0; p < half.Length; p++)
                {
                    half[p] += groups[g].Sums[p];
                }
            }

            PowerLaw.FromTwoAreas(area, second, width, exponents);
            for (var p = 0; p < area.Length; p++)
            {
                area[p] += second[p];
            }

            return;
        }

        for (var p = 0; p < area.Length; p++)
        {
            (exponents[p], var logCounts) = PowerLaw.FromLogarithms(spectra.Slice((p * channels) + before.First, before.Count), logEnergies);
            var k = 1 - exponents[p];
            var integral = Math.Abs(k) < 1e-7 ? width : (Math.Exp(k * width) - 1) / k;
            area[p] = Math.Exp(logCounts) * integral * before.LowEdge * before.Count / (before.HighEdge - before.LowEdge);
        }
    }

    /// <summary>Sums of an even number of neighbouring groups of pre-edge channels: the halves give the fit, the groups its misfit.</summary>
    private Group[] Groups(ReadOnlySpan<float> spectra, int pixels)
    {
        var before = window.Before!.Value;
        var count = Math.Min(MostGroups, before.Count / 2 * 2);
        var step = (before.HighEdge - before.LowEdge) / before.Count;
        var groups = new Group[count];
        for (var g = 0; g < count; g++)
        {
            var (first, end) = (g * before.Count / count, (g + 1) * before.Count / count);
            groups[g] = new Group(new double[pixels], before.LowEdge + (first * step), before.LowEdge + (end * step));
            WindowSums.Of(spectra, channels, before.First + first, end - first, groups[g].Sums);
        }

        return groups;
    }

    /// <summary>ln(E / E1), as <see cref="PowerLaw"/> takes energies.</summary>
    private double Log(double energy) => Math.Log(energy / window.Before!.Value.LowEdge);

    private sealed record Group(double[] Sums, double LowEdge, double HighEdge);
}
