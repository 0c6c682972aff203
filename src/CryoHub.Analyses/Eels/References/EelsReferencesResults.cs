using CryoHub.Analyses.Spectra;

namespace CryoHub.Analyses.Eels.References;

/// <summary>Maps of counts, shares, residual and phases; the region's spectrum with its parts.</summary>
internal sealed class EelsReferencesResults(IResultSink results, SpectrumCube cube, ReferenceSet set, EelsReferencesParameters parameters)
{
    private const double PoorMisfit = 2;

    private readonly PixelMaps maps = new(results, cube.Header);

    public async Task WriteAsync(ReferencePlanes planes, float[] spectrum, Region region, CancellationToken ct)
    {
        Warn(planes);
        for (var r = 0; r < set.Names.Length; r++)
        {
            await maps.AddAsync($"{set.Names[r]}: counts", planes.Counts[r], "counts", planes.CountsError[r], ct);
            await maps.AddAsync($"{set.Names[r]}: share", planes.Share[r], "", planes.ShareError[r], ct);
        }

        await maps.PlaneAsync("Phase (number of the reference, 0: none)", planes.Phase, "", null, ct);
        await maps.PlaneAsync("Margin of the phase (sigma)", planes.Margin, "sigma", null, ct);
        await maps.AddAsync("Residual: root mean square over mean", planes.Residual, "", null, ct);
        await maps.AddAsync("Residual: reduced chi-squared", planes.Misfit, "", null, ct);
        Region(spectrum, region);
        Phases(planes);
    }

    private void Warn(ReferencePlanes planes)
    {
        var missing = planes.Misfit.Count(float.IsNaN);
        if (missing > 0)
        {
            results.Warn($"{missing} of {cube.Pixels} pixels have no value: no counts, or channels without a value, in the fitted range.");
        }

        var unnamed = planes.Phase.Count(phase => phase == 0);
        if (unnamed > 0)
        {
            results.Warn(FormattableString.Invariant($"{unnamed} of {cube.Pixels} pixels are named by no reference: the greatest share is below {parameters.LeastShare:0.##}, or the residual above {parameters.LargestResidual:0.##}."));
        }

        var poor = planes.Misfit.Count(misfit => misfit > PoorMisfit);
        if (parameters.Weights == ReferenceWeights.Counting && poor > 0.05 * cube.Pixels)
        {
            results.Warn($"The references fit poorly in {poor} of {cube.Pixels} pixels (reduced chi-squared above {PoorMisfit}, counting statistics assumed): a phase may be missing, and uncertainties are too small there.");
        }
    }

    private void Region(float[] spectrum, Region region)
    {
        var fit = new ReferenceFit(set, parameters);
        double[] energies = [.. Enumerable.Range(set.Range.First, set.Range.Count).Select(channel => cube.Scale.At(channel))];
        double[] counts = [.. spectrum.AsSpan(set.Range.First, set.Range.Count).ToArray().Select(count => (double)count)];
        results.Number("Pixels of the region", (double)region.Width * region.Height, "");
        results.Curve("Spectrum of the region", energies, counts, "eV", "counts", [.. counts.Select(count => Math.Sqrt(Math.Max(count, 0)))]);
        if (double.IsNaN(fit.Fit(spectrum)))
        {
            results.Warn("The spectrum of the region cannot be fitted: it has no counts in the fitted range.");
            return;
        }

        results.Curve("Fit of the region", energies, fit.Model, "eV", "counts");
        results.Curve("Residual of the region", energies, [.. counts.Select((count, i) => count - fit.Model[i])], "eV", "counts");
        var shares = ReferenceShares.Of(fit, set);
        for (var r = 0; r < set.Names.Length; r++)
        {
            results.Curve($"{set.Names[r]} of the region", energies, [.. set.Design.AsSpan(r * set.Range.Count, set.Range.Count).ToArray().Select(value => value * fit.Solution[r])], "eV", "counts");
            results.Number($"{set.Names[r]}: share of the region", shares.Share[r], "", shares.Error[r]);
        }
    }

    private void Phases(ReferencePlanes planes) => results.Table("Phases", [
        new Column("Number", "", [.. set.Names.Select((_, r) => (object)(double)(r + 1))]),
        new Column("Reference", "", [.. set.Names.Select(name => (object)name)]),
        new Column("Pixels", "", [.. set.Names.Select((_, r) => (object)(double)planes.Phase.Count(phase => phase == r + 1))]),
        new Column("Share of the pixels", "", [.. set.Names.Select((_, r) => (object)((double)planes.Phase.Count(phase => phase == r + 1) / cube.Pixels))]),
    ]);
}
