using CryoHub.Analyses.Spectra;
using CryoHub.Imaging;

namespace CryoHub.Analyses.Eels.Background;

/// <summary>Puts the maps, the region's spectra and the table of edges into words and pictures.</summary>
internal sealed class EelsBackgroundResults(IResultSink results, SpectrumCube cube, EelsBackgroundParameters parameters)
{
    private const double PoorMisfit = 2; // with fifty channels one pixel in ten thousand exceeds 1.7 by chance

    private readonly PixelMaps maps = new(results, cube.Header);

    public async Task MapAsync(EdgeBackground edge, EdgePlanes planes, CancellationToken ct)
    {
        var title = edge.Edge.Title;
        var missing = planes.Net.Count(float.IsNaN);
        if (missing > 0)
        {
            results.Warn($"{title}: {missing} of {cube.Pixels} pixels have no value, because the data or the fit has none there.");
        }

        var poor = planes.Misfit.Count(misfit => misfit > PoorMisfit);
        if (poor > 0.05 * cube.Pixels)
        {
            results.Warn($"{title}: the background fits poorly in {poor} of {cube.Pixels} pixels (reduced chi-squared above {PoorMisfit}, counting statistics assumed).");
        }

        await maps.AddAsync($"{title}: net counts", planes.Net, "counts", planes.Error, ct);
        await maps.AddAsync($"{title}: reduced chi-squared", planes.Misfit, "", null, ct);
        if (edge.ShapeName.Name.Length > 0)
        {
            await maps.AddAsync($"{title}: {edge.ShapeName.Name}", planes.Shape, edge.ShapeName.Unit, null, ct);
        }
    }

    /// <summary>Spectrum, backgrounds and net spectra of a region, fitted as one spectrum, and its net counts.</summary>
    public void Region(float[] spectrum, EdgeBackground[] edges, Region region)
    {
        double[] energies = [.. Enumerable.Range(0, cube.Channels).Select(channel => cube.Scale.At(channel))];
        double[] errors = [.. spectrum.Select(count => Math.Sqrt(Math.Max(count, 0)))];
        results.Curve("Spectrum of the region", energies, [.. spectrum.Select(count => (double)count)], "eV", "counts", errors);
        results.Number("Pixels of the region", (double)region.Width * region.Height, "");
        var fits = new EdgeFit[edges.Length];
        for (var e = 0; e < edges.Length; e++)
        {
            var edge = edges[e].Edge;
            var unknowns = new double[edges[e].Unknowns];
            fits[e] = edges[e].Fit(spectrum, new float[edge.FitCount], [], unknowns);
            if (double.IsNaN(fits[e].Net))
            {
                results.Warn($"{edge.Title}: the spectrum of the region has no background fit.");
                continue;
            }

            results.Number($"{edge.Title}: net counts of the region", fits[e].Net, "counts", fits[e].Error);
            var first = edge.Before.First;
            var end = Math.Min(cube.Channels, Math.Max(edge.Signal.First + (2 * edge.Signal.Count), (edge.Second?.First ?? 0) + (edge.Second?.Count ?? 0)));
            var net = new float[end - first];
            edges[e].Subtract(spectrum.AsSpan(first..end), first, unknowns, net);
            results.Curve($"{edge.Title}: background", energies[first..end], [.. net.Select((count, i) => (double)spectrum[first + i] - count)], "eV", "counts");
            results.Curve($"{edge.Title}: net", energies[first..end], [.. net.Select(count => (double)count)], "eV", "counts", errors.AsSpan(first..end));
        }

        Table(edges, fits);
    }

    private string ShapeTitle => parameters.Shape switch
    {
        BackgroundShape.PowerLaw => "Exponent r",
        BackgroundShape.Exponential => "Decay energy (eV)",
        BackgroundShape.TwoPowerLaws => "Share of the second power law",
        _ => "Shape",
    };

    private void Table(EdgeBackground[] edges, EdgeFit[] fits) => results.Table("Edges", [
        new Column("Edge", "", [.. edges.Select(edge => (object)edge.Edge.Title)]),
        new Column("From", "eV", [.. edges.Select(edge => (object)edge.Edge.Signal.LowEdge)]),
        new Column("To", "eV", [.. edges.Select(edge => (object)edge.Edge.Signal.HighEdge)]),
        new Column("Background from", "eV", [.. edges.Select(edge => (object)edge.Edge.Before.LowEdge)]),
        new Column("Background to", "eV", [.. edges.Select(edge => (object)edge.Edge.Before.HighEdge)]),
        new Column("Net", "counts", [.. fits.Select(fit => (object)fit.Net)]),
        new Column("Uncertainty", "counts", [.. fits.Select(fit => (object)fit.Error)]),
        new Column("Reduced chi-squared", "", [.. fits.Select(fit => (object)fit.Misfit)]),
        new Column(ShapeTitle, "", [.. fits.Select(fit => (object)fit.Shape)]),
    ]);
}
