using System.Numerics;
using System.Runtime.InteropServices;

namespace CryoHub.Numerics.Spectra;

/// <summary>Linear estimates of spectra: every channel adds its counts times the weights it has in each estimate. Empty channels, most of a counted spectrum, cost nothing.</summary>
public static class ChannelFilter
{
    /// <summary>
    /// sums[k] = sum over channels of weights[channel, k] spectrum[channel], and variances[k] = sum of weights^2 spectrum, which is the variance of the sum where the spectrum
    /// is counts.
    /// </summary>
    /// <param name="spectrum">Counts.</param>
    /// <param name="weights">[channel, estimate].</param>
    /// <param name="sums">One for each estimate.</param>
    /// <param name="variances">One for each estimate.</param>
    /// <exception cref="ArgumentException">The lengths do not belong together.</exception>
    public static void Apply(ReadOnlySpan<float> spectrum, ReadOnlySpan<double> weights, Span<double> sums, Span<double> variances)
    {
        if (weights.Length != spectrum.Length * sums.Length || variances.Length != sums.Length)
        {
            throw new ArgumentException($"Expected {spectrum.Length} x {sums.Length} weights and as many variances, found {weights.Length} and {variances.Length}.", nameof(weights));
        }

        sums.Clear();
        variances.Clear();
        var wideSums = MemoryMarshal.Cast<double, Vector<double>>(sums);
        var wideVariances = MemoryMarshal.Cast<double, Vector<double>>(variances);
        for (var channel = 0; channel < spectrum.Length; channel++)
        {
            double count = spectrum[channel];
            if (count == 0)
            {
                continue;
            }

            var row = weights.Slice(channel * sums.Length, sums.Length);
            var wide = MemoryMarshal.Cast<double, Vector<double>>(row);
            var counts = new Vector<double>(count);
            for (var k = 0; k < wide.Length; k++)
            {
                var part = wide[k] * counts;
                wideSums[k] += part;
                wideVariances[k] += part * wide[k];
            }

            for (var k = wide.Length * Vector<double>.Count; k < sums.Length; k++)
            {
                sums[k] += row[k] * count;
                variances[k] += row[k] * row[k] * count;
            }
        }
    }
}
