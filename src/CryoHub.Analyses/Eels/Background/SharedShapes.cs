using CryoHub.Analyses.Spectra;

namespace CryoHub.Analyses.Eels.Background;

/// <summary>Local background averaging: the numbers that give a background's shape, added up over the square of pixels round each pixel (Cueva et al. 2012).</summary>
internal sealed class SharedShapes
{
    private readonly int statistics;
    private readonly double[] sums;

    private SharedShapes(int statistics, double[] sums) => (this.statistics, this.sums) = (statistics, sums);

    /// <summary>The numbers of one pixel's neighbourhood.</summary>
    public ReadOnlySpan<double> Of(int pixel) => sums.AsSpan(pixel * statistics, statistics);

    /// <summary>Reads all spectra once.</summary>
    public static async Task<SharedShapes[]> ReadAsync(AnalysisRun run, SpectrumCube cube, EdgeBackground[] edges, int reach, RunShare share, CancellationToken ct)
    {
        double[][] own = [.. edges.Select(edge => new double[cube.Pixels * edge.Statistics])];
        await cube.ReadAsync(run, share, (row, spectra) =>
        {
            for (var e = 0; e < edges.Length; e++)
            {
                var scratch = new float[edges[e].Edge.FitCount];
                for (var x = 0; x < cube.Columns; x++)
                {
                    var at = ((row * cube.Columns) + x) * edges[e].Statistics;
                    edges[e].Summarise(edges[e].Edge.Gather(spectra.Slice(x * cube.Channels, cube.Channels), scratch), own[e].AsSpan(at, edges[e].Statistics));
                }
            }
        }, ct);
        return [.. edges.Select((edge, e) => new SharedShapes(edge.Statistics, Boxes(own[e], cube, edge.Statistics, reach)))];
    }

    /// <summary>Sums over squares; pixels without a value take no part.</summary>
    private static double[] Boxes(double[] own, SpectrumCube cube, int statistics, int reach)
    {
        var across = Along(own, cube.Rows, cube.Columns, statistics, 1, cube.Columns, reach);
        return Along(across, cube.Columns, cube.Rows, statistics, cube.Columns, 1, reach);
    }

    private static double[] Along(double[] values, int lines, int length, int statistics, int step, int lineStep, int reach)
    {
        var sums = new double[values.Length];
        for (var line = 0; line < lines; line++)
        {
            for (var k = 0; k < statistics; k++)
            {
                for (var i = 0; i < length; i++)
                {
                    var sum = 0.0;
                    for (var j = Math.Max(0, i - reach); j <= Math.Min(length - 1, i + reach); j++)
                    {
                        var value = values[(((line * lineStep) + (j * step)) * statistics) + k];
                        sum += double.IsFinite(value) ? value : 0;
                    }

                    sums[(((line * lineStep) + (i * step)) * statistics) + k] = sum;
                }
            }
        }

        return sums;
    }
}
