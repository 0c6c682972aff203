using CryoHub.Analyses.Spectra;
using CryoHub.Imaging;

namespace CryoHub.Analyses.Eels.Quantify;

/// <summary>Maps, the region's composition and the profile.</summary>
internal sealed class EelsQuantifyResults(IResultSink results, SpectrumCube cube, EdgeYield[] edges, bool isAreal)
{
    private readonly PixelMaps maps = new(results, cube.Header);

    private string AmountName => isAreal && !edges[0].IsStandard ? "areal density" : "relative amount";

    private string AmountUnit => isAreal && !edges[0].IsStandard ? "atoms/nm^2" : "";

    public async Task WriteAsync(QuantifiedPixels pixels, float[] spectrum, Region region, ProfileDirection profile, CancellationToken ct)
    {
        Warn(pixels);
        for (var e = 0; e < edges.Length; e++)
        {
            var element = edges[e].Edge.Element;
            await maps.PlaneAsync($"{edges[e].Edge.Name}: net counts", pixels.Net[e], "counts", pixels.NetError[e], ct);
            await maps.PlaneAsync($"{element}: {AmountName}", pixels.Atoms[e], AmountUnit, pixels.AtomsError[e], ct);
            await maps.PlaneAsync($"{element}: atomic fraction", pixels.Fraction[e], "", pixels.FractionError[e], ct);
        }

        Region(pixels, spectrum, region);
        if (profile != ProfileDirection.None)
        {
            Profile(pixels, region, profile);
        }
    }

    private void Warn(QuantifiedPixels pixels)
    {
        var missing = pixels.Fraction[0].Count(float.IsNaN);
        if (missing > 0)
        {
            results.Warn($"{missing} of {cube.Pixels} pixels have no composition: no background could be fitted there, or the sum of the amounts is not above its uncertainty.");
        }

        if (!isAreal && !edges[0].IsStandard)
        {
            results.Warn("Without a low-loss input there are no areal densities, only atomic fractions.");
            if (edges.Max(edge => edge.Width) > 1.05 * edges.Min(edge => edge.Width))
            {
                results.Warn(FormattableString.Invariant($"The signal windows are {edges.Min(edge => edge.Width):0.#} to {edges.Max(edge => edge.Width):0.#} eV wide: without a low loss that biases fractions in specimens of more than some tenths of a mean free path."));
            }
        }

        foreach (var edge in edges.Where(edge => edge.Edge.Family == 'L' && !edge.IsStandard))
        {
            results.Warn($"{edge.Edge.Name}: the hydrogenic model of L shells has no white lines and an error of 20 to 30 %; a standard factor k would be better.");
        }
    }

    private void Region(QuantifiedPixels pixels, float[] spectrum, Region region)
    {
        int[] inside = [.. Pixels(region)];
        var amounts = pixels.Sum(inside);
        var valid = inside.Count(pixel => float.IsFinite(pixels.Atoms[0][pixel]));
        double[] energies = [.. Enumerable.Range(0, cube.Channels).Select(channel => cube.Scale.At(channel))];
        results.Curve("Spectrum of the region", energies, [.. spectrum.Select(count => (double)count)], "eV", "counts", [.. spectrum.Select(count => Math.Sqrt(Math.Max(count, 0)))]);
        results.Number("Pixels of the region", inside.Length, "");
        for (var e = 0; e < edges.Length; e++)
        {
            var element = edges[e].Edge.Element;
            results.Number($"{element}: atomic fraction", amounts.Fractions[e], "", amounts.FractionErrors[e]);
            if (isAreal && !edges[e].IsStandard)
            {
                results.Number($"{element}: areal density", amounts.Atoms[e] / valid, "atoms/nm^2", amounts.Errors[e] / valid);
            }

            Background(edges[e], spectrum, energies);
        }

        var net = edges.Select((_, e) => inside.Where(pixel => float.IsFinite(pixels.Net[e][pixel])).ToArray()).ToArray();
        results.Table("Composition of the region", [
            new Column("Edge", "", [.. edges.Select(edge => (object)edge.Edge.Name)]),
            new Column("From", "eV", [.. edges.Select(edge => (object)edge.Background.Edge.Signal.LowEdge)]),
            new Column("To", "eV", [.. edges.Select(edge => (object)edge.Background.Edge.Signal.HighEdge)]),
            new Column("Background from", "eV", [.. edges.Select(edge => (object)edge.Background.Edge.Before.LowEdge)]),
            new Column("Background to", "eV", [.. edges.Select(edge => (object)edge.Background.Edge.Before.HighEdge)]),
            new Column("Net", "counts", [.. net.Select((list, e) => (object)list.Sum(pixel => (double)pixels.Net[e][pixel]))]),
            new Column("Net: uncertainty", "counts", [.. net.Select((list, e) => (object)Math.Sqrt(list.Sum(pixel => (double)pixels.NetError[e][pixel] * pixels.NetError[e][pixel])))]),
            new Column("Cross section", "barn", [.. edges.Select(edge => (object)edge.Barn)]),
            new Column("Atomic fraction", "", [.. amounts.Fractions.Select(value => (object)value)]),
            new Column("Atomic fraction: uncertainty", "", [.. amounts.FractionErrors.Select(value => (object)value)]),
        ]);
    }

    private void Background(EdgeYield edge, float[] spectrum, double[] energies)
    {
        var channels = edge.Background.Edge;
        var (first, end) = (channels.Before.First, channels.Signal.First + channels.Signal.Count);
        var unknowns = new double[edge.Background.Unknowns];
        edge.Background.Fit(spectrum, new float[channels.FitCount], [], unknowns);
        var net = new float[end - first];
        edge.Background.Subtract(spectrum.AsSpan(first..end), first, unknowns, net);
        if (net.All(float.IsFinite))
        {
            results.Curve($"{edge.Edge.Name}: background", energies[first..end], [.. net.Select((count, i) => (double)spectrum[first + i] - count)], "eV", "counts");
        }
    }

    private void Profile(QuantifiedPixels pixels, Region region, ProfileDirection direction)
    {
        var along = direction == ProfileDirection.AlongX;
        var (start, count) = along ? (region.X, region.Width) : (region.Y, region.Height);
        var amounts = Enumerable.Range(start, count)
            .Select(at => pixels.Sum(Pixels(along ? region with { X = at, Width = 1 } : region with { Y = at, Height = 1 }))).ToArray();
        var axis = cube.Header.Axes.Count < 2 ? null : along ? cube.Header.Axes[^2] : cube.Header.Axes.Count > 2 ? cube.Header.Axes[0] : null;
        double[] positions = [.. Enumerable.Range(start, count).Select(at => axis?.At(at) ?? at)];
        var unit = axis is { IsCalibrated: true } ? axis.Unit : "px";
        for (var e = 0; e < edges.Length; e++)
        {
            results.Curve(
                $"{edges[e].Edge.Element}: atomic fraction along {(along ? "x" : "y")}", positions, [.. amounts.Select(value => value.Fractions[e])], unit, "", [.. amounts.Select(value => value.FractionErrors[e])]);
        }
    }

    private IEnumerable<int> Pixels(Region region) =>
        Enumerable.Range(region.Y, region.Height).SelectMany(y => Enumerable.Range((y * cube.Columns) + region.X, region.Width));
}
