namespace CryoHub.Numerics.Statistics;

/// <summary>Sums and ranks that the tests share.</summary>
internal static class Samples
{
    public static void RequireFinite(IReadOnlyList<double> values)
    {
        for (var i = 0; i < values.Count; i++)
        {
            if (!double.IsFinite(values[i]))
            {
                throw new ArgumentException($"Value {i + 1} of {values.Count} is {values[i]}; expected numbers.", nameof(values));
            }
        }
    }

    public static double Mean(IReadOnlyList<double> values) => values.Count == 0 ? double.NaN : values.Average();

    /// <summary>Of the sample, n − 1.</summary>
    public static double Variance(IReadOnlyList<double> values)
    {
        var mean = Mean(values);
        return values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1);
    }

    /// <summary>Mid-ranks from 1, and Σ(t³ − t) over ties.</summary>
    public static (double[] Ranks, double Ties) Rank(IReadOnlyList<double> values)
    {
        var order = Enumerable.Range(0, values.Count).OrderBy(i => values[i]).ToArray();
        var ranks = new double[values.Count];
        var ties = 0.0;
        for (var first = 0; first < order.Length;)
        {
            var last = first;
            while (last + 1 < order.Length && values[order[last + 1]] == values[order[first]])
            {
                last++;
            }

            for (var i = first; i <= last; i++)
            {
                ranks[order[i]] = ((first + last) / 2.0) + 1;
            }

            double tied = last - first + 1;
            ties += (tied * tied * tied) - tied;
            first = last + 1;
        }

        return (ranks, ties);
    }
}
