namespace CryoHub.Numerics.Spectra;

/// <summary>What the channels round a channel say about it: spikes of one or two channels do not move a median.</summary>
public static class NeighbourMedian
{
    private const double NormalQuartile = 0.6744897501960817; // half of a normal distribution lies within this many sigma

    /// <summary>Median of the six channels two to four away from <paramref name="channel"/>, which lies at least four from both ends.</summary>
    public static double At(ReadOnlySpan<float> counts, int channel)
    {
        Span<float> near = [counts[channel - 4], counts[channel - 3], counts[channel - 2], counts[channel + 2], counts[channel + 3], counts[channel + 4]];
        near.Sort();
        return 0.5 * ((double)near[2] + near[3]);
    }

    /// <summary>
    /// Noise of a spectrum as a multiple of the root of its counts (1 for counted electrons, the root of the gain for others), from the middle size of the second differences
    /// of channels: n(i) = (y(i) - (y(i-1) + y(i+1)) / 2) / sqrt(1.5 max(y, 1)). 0 where there is none.
    /// </summary>
    /// <param name="counts">The spectrum.</param>
    /// <param name="scratch">As long as the spectrum.</param>
    public static double Noise(ReadOnlySpan<float> counts, Span<float> scratch)
    {
        var used = 0;
        for (var i = 1; i < counts.Length - 1; i++)
        {
            var mean = 0.5f * (counts[i - 1] + counts[i + 1]);
            var size = MathF.Abs(counts[i] - mean) / MathF.Sqrt(1.5f * MathF.Max(mean, 1));
            if (float.IsFinite(size) && counts[i] != 0)
            {
                scratch[used++] = size;
            }
        }

        if (used < 3)
        {
            return 0;
        }

        var sizes = scratch[..used];
        sizes.Sort();
        return sizes[used / 2] / NormalQuartile;
    }
}
