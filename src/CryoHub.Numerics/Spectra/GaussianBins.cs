namespace CryoHub.Numerics.Spectra;

/// <summary>Counts of a Gaussian peak in channels of equal width.</summary>
public static class GaussianBins
{
    private const double Reach = 6;   // standard deviations; 2e-9 of the area lies outside

    /// <summary>
    /// Adds to each channel the part of a peak of <paramref name="area"/> counts that falls into it: the integral over the channel, not the height at its middle, so narrow
    /// peaks keep their area. Channel i reaches from i - 1/2 to i + 1/2; <paramref name="centre"/> and <paramref name="sigma"/> are in channels.
    /// </summary>
    public static void Add(Span<double> channels, double area, double centre, double sigma)
    {
        var first = (int)Math.Clamp(Math.Floor(centre - (Reach * sigma)), 0, channels.Length);
        var end = (int)Math.Clamp(Math.Ceiling(centre + (Reach * sigma)) + 1, first, channels.Length);
        if (first == end)
        {
            return;
        }

        var below = Cumulative((first - 0.5 - centre) / sigma);
        for (var i = first; i < end; i++)
        {
            var above = Cumulative((i + 0.5 - centre) / sigma);
            channels[i] += area * (above - below);
            below = above;
        }
    }

    /// <summary>Share of a normal distribution below <paramref name="x"/> standard deviations, to 1e-7 (Abramowitz and Stegun 26.2.17).</summary>
    public static double Cumulative(double x)
    {
        var t = 1 / (1 + (0.2316419 * Math.Abs(x)));
        var tail = Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI) * t * (0.319381530 + (t * (-0.356563782 + (t * (1.781477937 + (t * (-1.821255978 + (t * 1.330274429))))))));
        return x > 0 ? 1 - tail : tail;
    }
}
