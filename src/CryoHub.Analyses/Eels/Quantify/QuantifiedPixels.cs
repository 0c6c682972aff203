using CryoHub.Analyses.Spectra;

namespace CryoHub.Analyses.Eels.Quantify;

/// <summary>Net counts, atoms and fractions of every pixel.</summary>
internal sealed class QuantifiedPixels(SpectrumCube cube, EdgeYield[] edges, LowLossCounts? lowLoss)
{
    public float[][] Net { get; } = Planes(edges, cube);

    public float[][] NetError { get; } = Planes(edges, cube);

    public float[][] Atoms { get; } = Planes(edges, cube);

    public float[][] AtomsError { get; } = Planes(edges, cube);

    public float[][] Fraction { get; } = Planes(edges, cube);

    public float[][] FractionError { get; } = Planes(edges, cube);

    /// <summary>Quantifies one row; rows may come from several threads.</summary>
    public void Row(int row, ReadOnlySpan<float> spectra)
    {
        var scratch = new float[edges.Max(edge => edge.Background.Edge.FitCount)];
        var unknowns = new double[edges.Max(edge => edge.Background.Unknowns)];
        for (var x = 0; x < cube.Columns; x++)
        {
            var pixel = (row * cube.Columns) + x;
            var (atoms, errors) = (new double[edges.Length], new double[edges.Length]);
            for (var e = 0; e < edges.Length; e++)
            {
                var fit = edges[e].Background.Fit(spectra.Slice(x * cube.Channels, cube.Channels), scratch, [], unknowns.AsSpan(0, edges[e].Background.Unknowns));
                (Net[e][pixel], NetError[e][pixel]) = ((float)fit.Net, (float)fit.Error);
                var scale = edges[e].Atoms / (lowLoss?.Of(e, pixel) ?? 1);
                (atoms[e], errors[e]) = (fit.Net * scale, fit.Error * scale);
            }

            var amounts = Amounts.Of(atoms, errors);
            for (var e = 0; e < edges.Length; e++)
            {
                (Atoms[e][pixel], AtomsError[e][pixel]) = ((float)amounts.Atoms[e], (float)amounts.Errors[e]);
                (Fraction[e][pixel], FractionError[e][pixel]) = ((float)amounts.Fractions[e], (float)amounts.FractionErrors[e]);
            }
        }
    }

    /// <summary>Amounts of a group of pixels: atoms of each pixel added up, pixels without a value left out.</summary>
    public Amounts Sum(IEnumerable<int> pixels)
    {
        var (atoms, variances) = (new double[edges.Length], new double[edges.Length]);
        var any = false;
        foreach (var pixel in pixels)
        {
            if (!Enumerable.Range(0, edges.Length).All(e => float.IsFinite(Atoms[e][pixel])))
            {
                continue;
            }

            any = true;
            for (var e = 0; e < edges.Length; e++)
            {
                atoms[e] += Atoms[e][pixel];
                variances[e] += (double)AtomsError[e][pixel] * AtomsError[e][pixel];
            }
        }

        return Amounts.Of(any ? atoms : [.. atoms.Select(_ => double.NaN)], [.. variances.Select(Math.Sqrt)]);
    }

    private static float[][] Planes(EdgeYield[] edges, SpectrumCube cube) => [.. edges.Select(_ => new float[cube.Pixels])];
}
