using CryoHub.Imaging.Histograms;

namespace CryoHub.Imaging.Pyramids;

/// <summary>What one pass over a signal tells, beside its pyramid.</summary>
/// <param name="Statistics">Over all pixels.</param>
/// <param name="Histogram">Exact counts over all pixels.</param>
/// <param name="Percentiles">At 0.1, 1, 5, 50, 95, 99 and 99.9 %; exact up to a million pixels, from a million evenly drawn pixels above. Empty where no value is finite.</param>
/// <param name="Thumbnail">PNG, at most 512 pixels wide and high.</param>
public sealed record SignalSummary(SignalStatistics Statistics, Histogram Histogram, IReadOnlyList<Percentile> Percentiles, byte[] Thumbnail)
{
    public static IReadOnlyList<double> Ranks { get; } = [0.1, 1, 5, 50, 95, 99, 99.9];
}
