using CryoHub.Imaging;
using CryoHub.Numerics.Components;

namespace CryoHub.Analyses.Spectra.Decompose;

/// <summary>Pixels with spectra alike: which, how surely, and what the spectrum of each cluster is.</summary>
internal sealed class ClusterResults(AnalysisRun run, SpectrumCube cube, CommonShape shape, FactorSpace space, double noise)
{
    private const int Starts = 8;

    public async Task WriteAsync(int clusters, SpectrumDecomposeParameters parameters, CancellationToken ct)
    {
        if (clusters > space.Pixels.Length)
        {
            throw ProblemException.Invalid($"{clusters} clusters were asked for; there are {space.Pixels.Length} spectra with values.");
        }

        float[] weights = [.. space.Pixels.Select(pixel => shape.Amount[pixel])];
        float[] points = [.. space.Points.Select((value, i) => value / MathF.Sqrt(weights[i / space.Rank]))];
        var tries = new KMeans[Starts];
        Parallel.For(0, Starts, run.Parallel(ct), start => tries[start] = KMeans.Of(points, weights, clusters, unchecked((parameters.Seed * Starts) + start), parameters.MostRounds));
        var best = tries.MinBy(found => found.Spread)!;
        if (!best.Settled)
        {
            run.Results.Warn($"Pixels still changed their cluster after {parameters.MostRounds} rounds: allow more.");
        }

        var maps = new PixelMaps(run.Results, cube.Header);
        await maps.PlaneAsync("Cluster", space.Map(cube.Pixels, i => best.Labels[i] + 1), "", null, ct);
        if (clusters > 1)
        {
            await maps.PlaneAsync("Margin of the cluster (sigma)", Margin(points, weights, best, clusters), "sigma", null, ct);
        }

        Spectra(weights, best, clusters);
    }

    /// <summary>How much farther the second nearest cluster is, in sigmas of the noise along a line.</summary>
    private float[] Margin(float[] points, float[] weights, KMeans best, int clusters) => space.Map(cube.Pixels, i =>
    {
        var distances = new double[clusters];
        KMeans.Nearest(points.AsSpan(i * space.Rank, space.Rank), best.Centres, distances);
        Array.Sort(distances);
        return (Math.Sqrt(distances[1]) - Math.Sqrt(distances[0])) * Math.Sqrt(weights[i]) / noise;
    });

    private void Spectra(float[] weights, KMeans best, int clusters)
    {
        var (pixels, amounts) = (new double[clusters], new double[clusters]);
        for (var i = 0; i < weights.Length; i++)
        {
            pixels[best.Labels[i]]++;
            amounts[best.Labels[i]] += weights[i];
        }

        var channels = shape.Channels;
        for (var c = 0; c < clusters; c++)
        {
            double[] spectrum = [.. Enumerable.Range(0, channels).Select(j => shape.Scale[j] * Enumerable.Range(0, space.Rank).Sum(r => best.Centres[(c * space.Rank) + r] * space.Basis[(r * channels) + j]))];
            run.Results.Curve($"Cluster {c + 1}: mean spectrum", shape.Energies(), spectrum, "eV", "", [.. shape.Scale.Select(scale => noise * scale / Math.Sqrt(amounts[c]))]);
        }

        run.Results.Table("Clusters", [
            new Column("Cluster", "", [.. Enumerable.Range(1, clusters).Select(c => (object)(double)c)]),
            new Column("Pixels", "", [.. pixels.Select(count => (object)count)]),
            new Column("Share of the pixels", "", [.. pixels.Select(count => (object)(count / weights.Length))]),
        ]);
    }
}
