namespace CryoHub.Analyses.Annotated;

/// <summary>How often two annotators gave which classes, in up to 64 tiles of the picture; uncertainties come from leaving one tile out at a time (jackknife).</summary>
internal sealed class AgreementCounts(int classes)
{
    private readonly Dictionary<int, long[,]> tiles = [];

    /// <summary>[class of the first, class of the second].</summary>
    public long[,] All { get; } = new long[classes, classes];

    public void Add(int tile, int first, int second)
    {
        if (!tiles.TryGetValue(tile, out var counts))
        {
            tiles.Add(tile, counts = new long[classes, classes]);
        }

        counts[first, second]++;
        All[first, second]++;
    }

    /// <summary>A number made from the counts, and its standard error; NaN where there are fewer than two tiles.</summary>
    public (double Value, double Error) Of(Func<long[,], double> number)
    {
        var value = number(All);
        var without = new List<double>();
        foreach (var tile in tiles.OrderBy(tile => tile.Key).Select(tile => tile.Value))
        {
            var rest = new long[classes, classes];
            for (var a = 0; a < classes; a++)
            {
                for (var b = 0; b < classes; b++)
                {
                    rest[a, b] = All[a, b] - tile[a, b];
                }
            }

            if (number(rest) is var left && !double.IsNaN(left))
            {
                without.Add(left);
            }
        }

        if (without.Count < 2)
        {
            return (value, double.NaN);
        }

        var mean = without.Average();
        return (value, Math.Sqrt(without.Sum(left => (left - mean) * (left - mean)) * (without.Count - 1) / without.Count));
    }

    /// <summary>Dice: twice both over the sum of each; NaN where nobody gave the class.</summary>
    public static double Dice(long[,] counts, int k)
    {
        var (both, first, second) = Sums(counts, k);
        return first + second == 0 ? double.NaN : 2.0 * both / (first + second);
    }

    /// <summary>Jaccard: both over either.</summary>
    public static double Jaccard(long[,] counts, int k)
    {
        var (both, first, second) = Sums(counts, k);
        return first + second == 0 ? double.NaN : (double)both / (first + second - both);
    }

    /// <summary>Cohen's kappa: agreement beyond what the frequencies of the classes alone would give; NaN where both gave one class only.</summary>
    public static double Kappa(long[,] counts)
    {
        var (all, same, chance) = (0.0, 0.0, 0.0);
        for (var k = 0; k < counts.GetLength(0); k++)
        {
            var (both, first, second) = Sums(counts, k);
            (all, same, chance) = (all + first, same + both, chance + ((double)first * second));
        }

        chance /= all * all;
        return chance < 1 ? ((same / all) - chance) / (1 - chance) : double.NaN;
    }

    private static (long Both, long First, long Second) Sums(long[,] counts, int k)
    {
        var (first, second) = (0L, 0L);
        for (var other = 0; other < counts.GetLength(0); other++)
        {
            (first, second) = (first + counts[k, other], second + counts[other, k]);
        }

        return (counts[k, k], first, second);
    }
}
