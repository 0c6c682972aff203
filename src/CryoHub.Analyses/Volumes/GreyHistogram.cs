namespace CryoHub.Analyses.Volumes;

/// <summary>256 equal bins between the lowest and the highest value.</summary>
internal sealed class GreyHistogram
{
    /// <summary>A valley less deep than this parts no classes: their overlap hides where one ends.</summary>
    public const double Shallow = 0.9;

    private const int Bins = 256;
    private const double MostBetween = 0.1; // of the smaller class

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
    public double[] Otsu(int classes) => [.. Numerics.Volumes.Otsu.Bins(counts, classes).Select(Middle)];

    /// <summary>
    /// The deepest valley between two modes: where it is, how deep (the smoothed histogram there over the lower of the highest bins on either side; 1 where there is none, as on a ramp or a
    /// single peak, near 0 where two classes stand apart), and whether <paramref name="threshold"/> parts the same classes. Sides with less than a thousandth of the voxels are tails, no modes.
    /// </summary>
    public (double At, double Depth, bool Parts) Valley(double threshold)
    {
        var smooth = Smooth();
        double[] left = new double[Bins], right = new double[Bins];
        for (var i = 1; i < Bins; i++)
        {
            left[i] = Math.Max(left[i - 1], smooth[i - 1]);
            right[Bins - 1 - i] = Math.Max(right[Bins - i], smooth[Bins - i]);
        }

        var (below, all) = (0L, counts.Sum());
        var depths = new double[Bins];
        for (var i = 0; i < Bins; below += counts[i++])
        {
            depths[i] = Math.Min(below, all - below - counts[i]) > all / 1000 ? smooth[i] / Math.Min(left[i], right[i]) : 1;
        }

        var first = Array.IndexOf(depths, depths.Min());
        var last = first;
        while (last + 1 < Bins && depths[last + 1] == depths[first])
        {
            last++; // nothing at all between the modes: the middle of it
        }

        var (bottom, bin) = ((first + last) / 2, High > Low ? Math.Clamp((int)((threshold - Low) * Bins / (High - Low)), 0, Bins - 1) : 0);
        var (lower, between) = (counts.Take(bottom + 1).Sum(), counts.Take(Math.Max(bottom, bin) + 1).Skip(Math.Min(bottom, bin) + 1).Sum());
        return (Middle(bottom), Math.Min(1, depths[first]), depths[first] <= Shallow && between <= MostBetween * Math.Min(lower, all - lower));
    }

    private double Middle(int bin) => Low + ((bin + 0.5) * (High - Low) / Bins);

    /// <summary>The counts through a Gaussian three bins wide, or as wide as the gaps that few grey levels leave between filled bins; nothing lies beyond the ends.</summary>
    private double[] Smooth()
    {
        var sigma = Math.Max(3, (double)Bins / Math.Max(1, Filled));
        var smooth = new double[Bins];
        for (var i = 0; i < Bins; i++)
        {
            for (var j = Math.Max(0, i - (int)(4 * sigma)); j <= Math.Min(Bins - 1, i + (int)(4 * sigma)); j++)
            {
                smooth[i] += Math.Exp(-(i - j) * (i - j) / (2 * sigma * sigma)) * counts[j];
            }
        }

        return smooth;
    }
}
