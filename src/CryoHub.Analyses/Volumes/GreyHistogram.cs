namespace CryoHub.Analyses.Volumes;

/// <summary>256 equal bins between the lowest and the highest value.</summary>
internal sealed class GreyHistogram
{
    private const int Bins = 256;

    private readonly long[] counts = new long[Bins];

    public GreyHistogram(ReadOnlySpan<float> values)
    {
        (Low, High) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var value in values)
        {
            (Low, High) = (Math.Min(Low, value), Math.Max(High, value));
        }

        var scale = High > Low ? Bins / (High - Low) : 0;
        foreach (var value in values)
        {
            counts[Math.Min(Bins - 1, (int)((value - Low) * scale))]++;
        }
    }

    public double Low { get; }

    public double High { get; }

    /// <summary>Bins that are not empty.</summary>
    public int Filled => counts.Count(count => count > 0);

    /// <summary>Otsu's thresholds for that many classes: the middle of the last bin of each class but the highest.</summary>
    public double[] Otsu(int classes) => [.. Numerics.Volumes.Otsu.Bins(counts, classes).Select(bin => Low + ((bin + 0.5) * (High - Low) / Bins))];
}
