using CryoHub.Imaging;
using CryoHub.Numerics.Spectra;

namespace CryoHub.Analyses.Spectra;

/// <summary>The summed spectrum of a region, added up row by row in a fixed order.</summary>
internal sealed class RegionSpectrum(Region region, int rows, int channels)
{
    private readonly double[][] sums = [.. Enumerable.Range(0, rows).Select(row => row >= region.Y && row < region.Y + region.Height ? new double[channels] : [])];

    /// <summary>Adds one row of spectra [pixel, channel]; rows may come from several threads.</summary>
    public void Add(int row, ReadOnlySpan<float> spectra)
    {
        for (var x = region.X; x < region.X + region.Width && sums[row].Length > 0; x++)
        {
            WindowSums.AddTo(sums[row], spectra.Slice(x * channels, channels));
        }
    }

    /// <exception cref="ProblemException">The region holds channels without a value.</exception>
    public float[] Total()
    {
        var total = new double[channels];
        foreach (var row in sums)
        {
            for (var channel = 0; channel < row.Length; channel++)
            {
                total[channel] += row[channel];
            }
        }

        var missing = total.Count(sum => !double.IsFinite(sum));
        return missing == 0
            ? [.. total.Select(sum => (float)sum)]
            : throw ProblemException.Invalid(
                $"The spectrum of the region x {region.X} to {region.X + region.Width - 1}, y {region.Y} to {region.Y + region.Height - 1} has no value in {missing} of {channels} channels: choose a region without such pixels.");
    }
}
