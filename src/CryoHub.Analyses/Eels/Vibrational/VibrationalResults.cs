using CryoHub.Analyses.Spectra;

namespace CryoHub.Analyses.Eels.Vibrational;

/// <summary>Puts tail, rest and peaks of the region into curves, numbers and a table, in meV.</summary>
internal sealed class VibrationalResults(IResultSink results, SpectrumCube cube)
{
    public void Write(double[] energies, float[] counts, double[] tail, IReadOnlyList<VibrationalPeak> peaks, double misfit, double poorMisfit)
    {
        double[] milli = [.. energies.Select(energy => 1e3 * energy)];
        double[] errors = [.. counts.Select(count => Math.Sqrt(Math.Max(count, 0)))];
        double[] rest = [.. counts.Select((count, i) => count - tail[i])];
        results.Curve("Spectrum of the region", milli, [.. counts.Select(count => (double)count)], "meV", "counts", errors);
        results.Curve("Tail of the zero loss", milli, tail, "meV", "counts");
        results.Curve("Without the tail", milli, rest, "meV", "counts", errors);
        results.Curve("Peaks", milli, [.. energies.Select(energy => peaks.Sum(peak => peak.Height * Math.Exp(-4 * Math.Log(2) * Math.Pow((energy - peak.Energy) / peak.Width, 2))))], "meV", "counts");
        results.Number("Peaks found", peaks.Count, "");
        results.Number("Reduced chi-squared", misfit, "");
        if (misfit > poorMisfit)
        {
            results.Warn(FormattableString.Invariant($"Tail and peaks leave a reduced chi-squared of {misfit:0.0}: the tail needs a higher order, more peaks are there, or the counts are no electrons; uncertainties are too small by about its root."));
        }

        if (peaks.Count == 0)
        {
            results.Warn("No peak stands out of the tail by the threshold.");
            return;
        }

        for (var p = 0; p < peaks.Count; p++)
        {
            results.Number($"Peak {p + 1}: energy", 1e3 * peaks[p].Energy, "meV", 1e3 * peaks[p].EnergyError);
            results.Number($"Peak {p + 1}: width (FWHM)", 1e3 * peaks[p].Width, "meV", 1e3 * peaks[p].WidthError);
        }

        Column Of(string name, string unit, Func<VibrationalPeak, double> value) => new(name, unit, [.. peaks.Select(peak => (object)value(peak))]);
        results.Table("Peaks", [
            Of("Energy", "meV", peak => 1e3 * peak.Energy),
            Of("Energy uncertainty", "meV", peak => 1e3 * peak.EnergyError),
            Of("Width (FWHM)", "meV", peak => 1e3 * peak.Width),
            Of("Width uncertainty", "meV", peak => 1e3 * peak.WidthError),
            Of("Height", "counts", peak => peak.Height),
            Of("Height uncertainty", "counts", peak => peak.HeightError),
            Of("Area", "counts", peak => peak.Area(cube.Step)),
            Of("Height over its uncertainty", "", peak => peak.Significance),
        ]);
    }
}
