using CryoHub.Imaging;

namespace CryoHub.Analyses.Spectra;

/// <summary>Puts maps, curves and numbers of <see cref="SpectrumMap"/> into words and pictures.</summary>
internal sealed class SpectrumMapResults(IResultSink results, SignalHeader header, EnergyScale scale, SpectrumMapParameters parameters)
{
    private readonly List<(WindowChannels Window, CountingError Net)> rows = [];
    private readonly PixelMaps maps = new(results, header);

    public async Task MapAsync(WindowMap map, MapPlanes planes, double poorMisfit, CancellationToken ct)
    {
        var title = map.Window.Title;
        var missing = planes.Net.Count(float.IsNaN);
        if (missing > 0)
        {
            results.Warn($"{title}: {Percent(missing, planes.Net.Length)} of the pixels have no value, because the data or the background fit has none there.");
        }

        var poor = planes.Misfit.Count(misfit => misfit > poorMisfit);
        if (poor > 0.05 * planes.Misfit.Length)
        {
            results.Warn($"{title}: the power law fits poorly in {Percent(poor, planes.Misfit.Length)} of the pixels (reduced chi-squared above {poorMisfit}, counting statistics assumed).");
        }

        await maps.PlaneAsync(title, planes.Net, "counts", null, ct);
        if (parameters.Background == BackgroundModel.PowerLaw)
        {
            await maps.PlaneAsync($"{title}: reduced chi-squared", planes.Misfit, "", null, ct);
            await maps.PlaneAsync($"{title}: exponent r", planes.Exponent, "", null, ct);
        }
    }

    /// <summary>Spectrum, backgrounds, net spectra and the numbers of a region.</summary>
    public void Region(float[] spectrum, WindowMap[] windows, Region region)
    {
        double[] energies = [.. Enumerable.Range(0, scale.Channels).Select(channel => scale.At(channel))];
        double[] counts = [.. spectrum.Select(count => (double)count)];
        double[] errors = [.. counts.Select(count => Math.Sqrt(Math.Max(count, 0)))];
        results.Curve("Spectrum of the region", energies, counts, scale.Unit, "counts", errors);
        results.Number("Pixels of the region", (double)region.Width * region.Height, "");
        foreach (var map in windows)
        {
            Window(map, spectrum, energies, errors);
        }

        results.Table("Windows", [
            new Column("Window", "", [.. rows.Select(row => (object)row.Window.Title)]),
            new Column("From", scale.Unit, [.. rows.Select(row => (object)row.Window.Gross.LowEdge)]),
            new Column("To", scale.Unit, [.. rows.Select(row => (object)row.Window.Gross.HighEdge)]),
            new Column("Background from", scale.Unit, [.. rows.Select(row => (object)(row.Window.Before?.LowEdge ?? double.NaN))]),
            new Column("Background to", scale.Unit, [.. rows.Select(row => (object)(row.Window.Before?.HighEdge ?? double.NaN))]),
            new Column("Net", "counts", [.. rows.Select(row => (object)row.Net.Net)]),
            new Column("Uncertainty", "counts", [.. rows.Select(row => (object)row.Net.NetError)]),
        ]);
    }

    private void Window(WindowMap map, float[] spectrum, double[] energies, double[] errors)
    {
        var window = map.Window;
        var found = CountingError.Of(map, spectrum);
        rows.Add((window, found));
        results.Number($"{window.Title}: net counts", found.Net, "counts", found.NetError);
        if (window.Before is not { } before)
        {
            return;
        }

        if (parameters.Background == BackgroundModel.PowerLaw)
        {
            results.Number($"{window.Title}: exponent r", found.Exponent, "", found.ExponentError);
            results.Number($"{window.Title}: reduced chi-squared", found.Misfit, "");
        }

        var first = before.First;
        var last = Math.Min(scale.Channels, Math.Max(window.Gross.First + (2 * window.Gross.Count), (window.After?.First ?? 0) + (window.After?.Count ?? 0)));
        double[] background = [.. Enumerable.Range(first, last - first).Select(channel => map.Background(spectrum, scale.At(channel - 0.5), scale.At(channel + 0.5)))];
        double[] net = [.. background.Select((count, i) => spectrum[first + i] - count)];
        results.Curve($"{window.Title}: background", energies[first..last], background, scale.Unit, "counts");
        results.Curve($"{window.Title}: net", energies[first..last], net, scale.Unit, "counts", errors[first..last]);
    }

    private static string Percent(int part, int all) => FormattableString.Invariant($"{100.0 * part / all:0.#} %");
}
