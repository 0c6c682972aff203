using CryoHub.Imaging;

namespace CryoHub.Analyses.Spectra.Decompose;

/// <summary>How many components there are, and what principal components look like and where they are.</summary>
internal sealed class ComponentResults(IResultSink results, SpectrumCube cube, CommonShape shape, PrincipalComponents components, SpectrumDecomposeParameters parameters)
{
    private const int MostValues = 100;   // of the scree: the rest is noise that nobody looks at

    private readonly PixelMaps maps = new(results, cube.Header);
    private readonly bool counting = parameters.Weights == DecomposeWeights.Counting;
    private readonly double[] energies = shape.Energies();

    public async Task WriteAsync(ComponentScores scores, CancellationToken ct)
    {
        Numbers(scores.Given);
        Scree();
        await Residual(scores, ct);
        if (parameters.Method == DecomposeMethod.Principal)
        {
            await PrincipalAsync(scores, ct);
        }
    }

    private async Task PrincipalAsync(ComponentScores scores, CancellationToken ct)
    {
        var noise = Math.Sqrt(components.Noise.Variance);
        string unit = counting ? "counts" : cube.Header.ValueUnit, shareUnit = counting ? "" : cube.Header.ValueUnit;
        results.Curve("Component 1 (mean)", energies, Wide(shape.Mean), "eV", shareUnit, [.. shape.Scale.Select((scale, j) => noise * scale / Math.Sqrt(counting ? shape.Counts : shape.Used))]);
        if (counting)
        {
            await maps.PlaneAsync("Component 1 (mean): score", shape.Amount, unit, [.. shape.Amount.Select(MathF.Sqrt)], ct);
        }

        for (var k = 0; k < scores.Given; k++)
        {
            var sigma = noise / Math.Sqrt(components.Values[k]);
            results.Curve($"Component {k + 2}", energies, Wide(scores.Shapes.Slice(k * shape.Channels, shape.Channels)), "eV", shareUnit, [.. shape.Scale.Select(scale => sigma * scale)]);
            await maps.PlaneAsync($"Component {k + 2}: score", [.. shape.Amount.Select((amount, pixel) => MathF.Sqrt(amount) * scores.Of[(pixel * components.Count) + k])], unit, null, ct);
        }

        await maps.PlaneAsync("Scores: uncertainty", [.. shape.Amount.Select(amount => (float)noise * MathF.Sqrt(amount))], unit, null, ct);
    }

    private void Numbers(int given)
    {
        var noise = components.Noise;
        var all = shape.Common + components.Values.Sum();
        results.Number("Components suggested", components.Suggested + 1, "");
        results.Number("Components given", given + 1, "");
        results.Number("Share of the sum of squares in them", (shape.Common + components.Values.Take(given).Sum()) / all, "");
        results.Number(counting ? "Noise over that of counted electrons or X-rays" : "Noise of a channel", Math.Sqrt(noise.Variance), counting ? "" : cube.Header.ValueUnit, Math.Sqrt(noise.Variance / 2 / shape.Used / shape.Channels));
        results.Number("Noise left in the denoised signal", Math.Sqrt(Math.Min(1, (given + 1.0) * (shape.Used + shape.Channels) / shape.Used / shape.Channels)), "");
        if (noise.Components == 0)
        {
            results.Warn("No component beside the mean stands out of the noise: all spectra have one shape within it.");
        }

        if (components.IsElbow)
        {
            results.Warn($"{noise.Components} values exceed what independent noise of one variance gives: few counts ({shape.Counts / shape.Used:0} a pixel in {shape.Channels} channels), or channels that share counts. The number suggested is that before the elbow of the scree.");
        }

        if (counting && noise.Variance is > 1.5 * 1.5 or < 0.5 * 0.5)
        {
            results.Warn(FormattableString.Invariant($"The noise is {Math.Sqrt(noise.Variance):0.##} times that of counted electrons or X-rays: the values are no counts (a detector's gain, or spectra that were processed). The number of components allows for it."));
        }
    }

    /// <summary>Shares of the sum of squares, the mean first.</summary>
    private void Scree()
    {
        var all = shape.Common + components.Values.Sum();
        double[] values = [shape.Common, .. components.Values.Take(Math.Min(MostValues, components.Values.Count) - 1)];
        double[] numbers = [.. Enumerable.Range(1, values.Length).Select(number => (double)number)];
        results.Curve("Scree: share of the sum of squares", numbers, [.. values.Select(value => value / all)], "component", "", [.. values.Select(value => value / all * Math.Sqrt(2.0 / shape.Used))]);
        results.Curve("Scree: edge of the noise", numbers, [.. values.Select(_ => components.Noise.Edge / all)], "component", "");
    }

    private async Task Residual(ComponentScores scores, CancellationToken ct)
    {
        if (counting)
        {
            await maps.AddAsync("Residual: reduced chi-squared", scores.Rest, "", null, ct);
            return;
        }

        await maps.AddAsync("Residual: root mean square", [.. scores.Rest.Select(MathF.Sqrt)], cube.Header.ValueUnit, null, ct);
    }

    private static double[] Wide(ReadOnlySpan<float> values)
    {
        var wide = new double[values.Length];
        for (var i = 0; i < wide.Length; i++)
        {
            wide[i] = values[i];
        }

        return wide;
    }
}
