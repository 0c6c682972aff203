using CryoHub.Analyses.Spectra;
using CryoHub.Imaging;

namespace CryoHub.Analyses.Eels.Align;

/// <summary>Puts positions, widths, drift and spikes into words and pictures.</summary>
internal sealed class EelsAlignResults(IResultSink results, SpectrumCube cube, ZeroLossMap map)
{
    private const int MostListed = 10_000;

    private readonly PixelMaps maps = new(results, cube.Header);

    public async Task MapsAsync(double reference, CancellationToken ct)
    {
        var missing = map.Position.Count(float.IsNaN);
        if (missing > 0)
        {
            results.Warn($"{missing} of {cube.Pixels} pixels have no zero-loss peak (no counts, or no fall to half height on both sides): they have no value.");
        }

        if (map.Saturated > 0)
        {
            results.Warn($"In {map.Saturated} of {cube.Pixels} pixels three or more channels at the top of the zero loss are equal: the detector was saturated, position and width are biased there.");
        }

        await maps.AddAsync("Zero-loss position", map.Position, "eV", map.PositionError, ct);
        await maps.AddAsync("Zero-loss width (FWHM)", map.Width, "eV", map.WidthError, ct);
        if (cube.Pixels > 1)
        {
            await maps.PlaneAsync("Shift", [.. map.Position.Select(position => (float)(reference - position))], "eV", null, ct);
            Drift("along the line of a scan", cube.Columns, pixel => pixel % cube.Columns);
            Drift("from line to line", cube.Rows, pixel => pixel / cube.Columns);
        }
    }

    public async Task SpikesAsync(string name, SpectrumCube side, IReadOnlyList<Spike> spikes, EelsAlignParameters parameters, CancellationToken ct)
    {
        if (parameters.Spikes == SpikeAction.Leave)
        {
            return;
        }

        results.Number($"{name}: spikes {(parameters.Spikes == SpikeAction.Replace ? "replaced" : "found")}", spikes.Count, "");
        if (spikes.Count == 0)
        {
            return;
        }

        if (spikes.Count > MostListed)
        {
            results.Warn($"{name}: the table lists the first {MostListed} of {spikes.Count} spikes.");
        }

        Spike[] listed = [.. spikes.Take(MostListed)];
        results.Table($"{name}: spikes", [
            new Column("x", "px", [.. listed.Select(spike => (object)(double)spike.Column)]),
            new Column("y", "px", [.. listed.Select(spike => (object)(double)spike.Row)]),
            new Column("Energy", "eV", [.. listed.Select(spike => (object)side.Scale.At(spike.Channel))]),
            new Column("Found", "counts", [.. listed.Select(spike => (object)(double)spike.Found)]),
            new Column(parameters.Spikes == SpikeAction.Replace ? "Replaced by" : "Neighbours suggest", "counts", [.. listed.Select(spike => (object)(double)spike.Replacement)]),
        ]);
        if (side.Pixels > 1)
        {
            var counts = new float[side.Pixels];
            foreach (var spike in spikes)
            {
                counts[(spike.Row * side.Columns) + spike.Column]++;
            }

            await maps.PlaneAsync($"{name}: spikes a pixel", counts, "", null, ct);
        }
    }

    /// <summary>Mean position over all pixels of one index, and the straight line through it: the drift of the energy scale in the order of the scan.</summary>
    private void Drift(string direction, int count, Func<int, int> indexOf)
    {
        var (sums, squares, counts) = (new double[count], new double[count], new int[count]);
        for (var pixel = 0; pixel < map.Position.Length; pixel++)
        {
            if (float.IsFinite(map.Position[pixel]))
            {
                var index = indexOf(pixel);
                sums[index] += map.Position[pixel];
                squares[index] += (double)map.Position[pixel] * map.Position[pixel];
                counts[index]++;
            }
        }

        int[] there = [.. Enumerable.Range(0, count).Where(index => counts[index] > 0)];
        if (there.Length < 3)
        {
            return;
        }

        double[] means = [.. there.Select(index => sums[index] / counts[index])];
        double[] errors = [.. there.Select((index, i) => counts[index] > 1 ? Math.Sqrt(Math.Max(0, (squares[index] / counts[index]) - (means[i] * means[i])) / (counts[index] - 1)) : double.NaN)];
        results.Curve($"Zero-loss position {direction}", [.. there.Select(index => (double)index)], means, "px", "eV", errors.Any(double.IsFinite) ? errors : default);
        var (mx, my) = (there.Average(), means.Average());
        var sxx = there.Sum(x => (x - mx) * (x - mx));
        var slope = there.Select((x, i) => (x - mx) * (means[i] - my)).Sum() / sxx;
        var rest = there.Select((x, i) => Math.Pow(means[i] - my - (slope * (x - mx)), 2)).Sum();
        results.Number($"Drift {direction}", slope, "eV/px", Math.Sqrt(rest / (there.Length - 2) / sxx));
    }
}
