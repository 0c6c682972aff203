using CryoHub.Analyses.Spectra;

namespace CryoHub.Analyses.Eels.References;

/// <summary>What the references explain in every pixel; NaN where there is no value.</summary>
internal sealed class ReferencePlanes(SpectrumCube cube, ReferenceSet set, EelsReferencesParameters parameters)
{
    public float[][] Counts { get; } = Planes(set.Names.Length, cube.Pixels);

    public float[][] CountsError { get; } = Planes(set.Names.Length, cube.Pixels);

    public float[][] Share { get; } = Planes(set.Names.Length, cube.Pixels);

    public float[][] ShareError { get; } = Planes(set.Names.Length, cube.Pixels);

    public float[] Misfit { get; } = Plane(cube.Pixels);

    public float[] Residual { get; } = Plane(cube.Pixels);

    /// <summary>Number of the reference that names the pixel, from 1 on; 0: none does.</summary>
    public float[] Phase { get; } = Plane(cube.Pixels);

    /// <summary>Share of the first over the second, less one sigma each way: how sure the name is, in standard deviations.</summary>
    public float[] Margin { get; } = Plane(cube.Pixels);

    /// <summary>Fits one row of spectra; rows may come from several threads, each on its own.</summary>
    public void Row(int row, ReadOnlySpan<float> spectra)
    {
        var fit = new ReferenceFit(set, parameters);
        for (var x = 0; x < cube.Columns; x++)
        {
            var pixel = (row * cube.Columns) + x;
            var misfit = fit.Fit(spectra.Slice(x * cube.Channels, cube.Channels));
            if (double.IsNaN(misfit))
            {
                fit.Solution.AsSpan().Clear();
                continue;
            }

            (Misfit[pixel], Residual[pixel]) = ((float)misfit, (float)fit.Residual);
            var shares = ReferenceShares.Of(fit, set);
            for (var r = 0; r < set.Names.Length; r++)
            {
                (Counts[r][pixel], CountsError[r][pixel]) = ((float)fit.Solution[r], (float)Math.Sqrt(fit.Covariance[(r * set.Columns) + r]));
                (Share[r][pixel], ShareError[r][pixel]) = ((float)shares.Share[r], (float)shares.Error[r]);
            }

            Name(pixel);
        }
    }

    private void Name(int pixel)
    {
        var order = Enumerable.Range(0, set.Names.Length).OrderByDescending(r => Share[r][pixel]).ToArray();
        var first = order[0];
        if (float.IsNaN(Share[first][pixel]))
        {
            return;
        }

        Phase[pixel] = Share[first][pixel] >= parameters.LeastShare && Residual[pixel] <= parameters.LargestResidual ? first + 1 : 0;
        if (order.Length > 1)
        {
            var second = order[1];
            Margin[pixel] = (Share[first][pixel] - Share[second][pixel]) / float.Hypot(ShareError[first][pixel], ShareError[second][pixel]);
        }
    }

    private static float[][] Planes(int count, int pixels) => [.. Enumerable.Range(0, count).Select(_ => Plane(pixels))];

    private static float[] Plane(int pixels)
    {
        var plane = new float[pixels];
        plane.AsSpan().Fill(float.NaN);
        return plane;
    }
}
