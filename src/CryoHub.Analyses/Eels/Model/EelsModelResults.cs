using CryoHub.Analyses.Spectra;

namespace CryoHub.Analyses.Eels.Model;

/// <summary>Maps of the model, and the region's spectrum with its parts.</summary>
internal sealed class EelsModelResults(IResultSink results, SpectrumCube cube, ModelPlan plan, bool isAreal)
{
    private const double PoorMisfit = 2; // with hundreds of channels nothing exceeds 1.5 by chance

    private readonly PixelMaps maps = new(results, cube.Header);

    private string AmountName => isAreal ? "areal density" : "relative amount";

    private string AmountUnit => isAreal ? "atoms/nm^2" : "";

    public async Task WriteAsync(ModelPixels pixels, ModelledSpectrum regional, float[] spectrum, Region region, CancellationToken ct)
    {
        var planes = pixels.Planes;
        Warn(planes);
        for (var e = 0; e < plan.Edges.Length; e++)
        {
            var (element, name) = (plan.Edges[e].Edge.Element, plan.Edges[e].Edge.Name);
            await maps.AddAsync($"{element}: {AmountName}", planes.Amount[e], AmountUnit, planes.AmountError[e], ct);
            await maps.AddAsync($"{element}: atomic fraction", planes.Fraction[e], "", planes.FractionError[e], ct);
            if (plan.Edges[e].FineStructureEv > 0 && cube.Pixels > 1)
            {
                await maps.AddAsync($"{name}: chemical shift", planes.Shift[e], "eV", planes.ShiftError[e], ct);
            }

            if (pixels.Fine[e].Lines is not null)
            {
                await maps.AddAsync($"{element} L3/L2: white-line ratio", planes.Lines[e], "", planes.LinesError[e], ct);
            }
        }

        await maps.AddAsync("Residual: reduced chi-squared", planes.Misfit, "", null, ct);
        await maps.AddAsync("Background: exponent r", planes.Exponent, "", null, ct);
        Region(regional, spectrum, region);
    }

    private void Warn(ModelPlanes planes)
    {
        var missing = planes.Misfit.Count(float.IsNaN);
        if (missing > 0)
        {
            results.Warn($"{missing} of {cube.Pixels} pixels have no value: too few counts, channels without a value, or no fit that rests.");
        }

        var poor = planes.Misfit.Count(misfit => misfit > PoorMisfit);
        if (poor > 0.05 * cube.Pixels)
        {
            results.Warn($"The model fits poorly in {poor} of {cube.Pixels} pixels (reduced chi-squared above {PoorMisfit}, counting statistics assumed): uncertainties are too small there.");
        }

        if (!isAreal)
        {
            results.Warn("Without a low-loss input the edges are not convolved and amounts have no unit; atomic fractions hold for thin specimens.");
        }

        foreach (var edge in plan.Edges.Where(edge => edge.Edge.Family == 'L'))
        {
            results.Warn($"{edge.Edge.Name}: the hydrogenic model of L shells has no white lines and an error of 20 to 30 %.");
        }
    }

    private void Region(ModelledSpectrum regional, float[] spectrum, Region region)
    {
        double[] energies = [.. Enumerable.Range(0, cube.Channels).Select(channel => cube.Scale.At(channel))];
        results.Number("Pixels of the region", (double)region.Width * region.Height, "");
        results.Curve("Spectrum of the region", energies, [.. spectrum.Select(count => (double)count)], "eV", "counts", [.. spectrum.Select(count => Math.Sqrt(Math.Max(count, 0)))]);
        results.Curve("Background of the region", energies, regional.Background, "eV", "counts");
        for (var e = 0; e < plan.Edges.Length; e++)
        {
            double[] part = [.. regional.Columns.Slice(e * cube.Channels, cube.Channels).ToArray().Select(count => count * regional.Amount(e))];
            results.Curve($"{plan.Edges[e].Edge.Name} of the region", energies, part, "eV", "counts");
        }

        regional.Above(spectrum, -1);
        results.Curve("Residual of the region", energies, regional.Net, "eV", "counts");
        double[] scales = [.. plan.Edges.Select(_ => 1.0)];
        var fractions = plan.Edges.Select((_, e) => regional.Fraction(e, scales)).ToArray();
        for (var e = 0; e < plan.Edges.Length; e++)
        {
            results.Number($"{plan.Edges[e].Edge.Element}: atomic fraction of the region", fractions[e].Fraction, "", fractions[e].Error);
        }

        results.Table("Model of the region", [
            new Column("Edge", "", [.. plan.Edges.Select(edge => (object)edge.Edge.Name)]),
            new Column("Onset", "eV", [.. plan.Edges.Select(edge => (object)edge.OnsetEv)]),
            new Column("Fine structure", "eV", [.. plan.Edges.Select(edge => (object)edge.FineStructureEv)]),
            new Column("Effective collection", "mrad", [.. plan.Edges.Select(edge => (object)edge.CrossSection.EffectiveCollectionMrad)]),
            new Column("Atomic fraction", "", [.. fractions.Select(value => (object)value.Fraction)]),
            new Column("Atomic fraction: uncertainty", "", [.. fractions.Select(value => (object)value.Error)]),
        ]);
    }
}
