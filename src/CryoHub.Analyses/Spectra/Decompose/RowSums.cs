using System.Numerics.Tensors;
using CryoHub.Numerics.Spectra;

namespace CryoHub.Analyses.Spectra.Decompose;

/// <summary>Sums over one row of spectra: of each pixel, of each channel, and what is wrong with them.</summary>
internal sealed class RowSums
{
    private readonly double[] channels;

    /// <param name="totals">Of each pixel the sum; NaN where the pixel is left out.</param>
    public RowSums(SpectrumCube cube, ChannelRange range, DecomposeWeights weights, ReadOnlySpan<float> spectra, Span<double> totals)
    {
        channels = new double[range.Count];
        for (var x = 0; x < totals.Length; x++)
        {
            var spectrum = spectra.Slice((x * cube.Channels) + range.First, range.Count);
            totals[x] = WindowSums.Of(spectrum);
            if (!double.IsFinite(totals[x]))
            {
                FirstMissing = Missing++ == 0 ? x : FirstMissing;
                totals[x] = double.NaN;
                continue;
            }

            Look(spectrum);
            if (totals[x] == 0 && weights == DecomposeWeights.Counting)
            {
                totals[x] = double.NaN;
                continue;
            }

            WindowSums.AddTo(channels, spectrum);
        }
    }

    public int Missing { get; private set; }

    /// <summary>Column of the first pixel with channels without a value.</summary>
    public int FirstMissing { get; private set; }

    public long Negative { get; private set; }

    public float Lowest { get; private set; }

    public void AddTo(double[] sums)
    {
        for (var channel = 0; channel < sums.Length; channel++)
        {
            sums[channel] += channels[channel];
        }
    }

    private void Look(ReadOnlySpan<float> spectrum)
    {
        if (TensorPrimitives.Min(spectrum) >= 0)
        {
            return;
        }

        foreach (var count in spectrum)
        {
            Negative += count < 0 ? 1 : 0;
            Lowest = Math.Min(Lowest, count);
        }
    }
}
