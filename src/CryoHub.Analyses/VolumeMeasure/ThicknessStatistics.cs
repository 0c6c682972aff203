using CryoHub.Numerics.Volumes;

namespace CryoHub.Analyses.VolumeMeasure;

/// <summary>Distribution of values over voxels, NaN left out, in bins of half a voxel.</summary>
internal sealed class ThicknessStatistics
{
    private readonly List<long> counts = [];
    private readonly double bin;
    private readonly long total;

    public ThicknessStatistics(ReadOnlySpan<float> values, VoxelSize size)
    {
        bin = size.Least / 2;
        var (sum, squares) = (0.0, 0.0);
        foreach (var value in values)
        {
            if (float.IsNaN(value))
            {
                continue;
            }

            var index = (int)Math.Max(0, value / bin);
            while (counts.Count <= index)
            {
                counts.Add(0);
            }

            counts[index]++;
            total++;
            sum += value;
            squares += (double)value * value;
        }

        Mean = total > 0 ? sum / total : double.NaN;
        Deviation = total > 0 ? Math.Sqrt(Math.Max(0, (squares / total) - (Mean * Mean))) : double.NaN;
    }

    public double Mean { get; }

    /// <summary>Standard deviation.</summary>
    public double Deviation { get; }

    /// <summary>The value below which that share lies, evenly spread inside a bin.</summary>
    public double Percentile(double share)
    {
        var (wanted, below) = (share * total, 0.0);
        for (var i = 0; i < counts.Count; i++)
        {
            if (below + counts[i] >= wanted && counts[i] > 0)
            {
                return (i + ((wanted - below) / counts[i])) * bin;
            }

            below += counts[i];
        }

        return double.NaN;
    }

    /// <summary>Middle of each bin and its share of all.</summary>
    public (double[] Middles, double[] Shares) Histogram() => ([.. counts.Select((_, i) => (i + 0.5) * bin)], [.. counts.Select(count => (double)count / Math.Max(1, total))]);
}
