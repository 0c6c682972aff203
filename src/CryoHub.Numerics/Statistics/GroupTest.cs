using MathNet.Numerics;
using MathNet.Numerics.Distributions;

namespace CryoHub.Numerics.Statistics;

/// <summary>A test whether groups differ.</summary>
/// <param name="Name">As the literature calls it.</param>
/// <param name="Symbol">Of the statistic: t, U, F or H.</param>
/// <param name="Statistic">Its value.</param>
/// <param name="Freedom">Degrees of freedom; of F two.</param>
/// <param name="P">Two-sided probability of a statistic at least as far out where groups do not differ.</param>
public sealed record GroupTest(string Name, string Symbol, double Statistic, IReadOnlyList<double> Freedom, double P)
{
    private const int MostExact = 400;

    /// <summary>Difference of two means without equal variances (Welch, Biometrika 34 (1947) 28).</summary>
    /// <exception cref="ArgumentException">A group has fewer than two values, or neither group varies.</exception>
    public static GroupTest Welch(IReadOnlyList<double> a, IReadOnlyList<double> b)
    {
        Require([a, b], 2);
        var (ea, eb) = (Samples.Variance(a) / a.Count, Samples.Variance(b) / b.Count);
        if (ea + eb == 0)
        {
            throw new ArgumentException("No group varies; a difference of means has no error to be held against.");
        }

        var t = (Samples.Mean(a) - Samples.Mean(b)) / Math.Sqrt(ea + eb);
        var freedom = (ea + eb) * (ea + eb) / ((ea * ea / (a.Count - 1)) + (eb * eb / (b.Count - 1)));
        return new GroupTest("Welch's t test", "t", t, [freedom], 2 * StudentT.CDF(0, 1, freedom, -Math.Abs(t)));
    }

    /// <summary>Whether values of one group tend to be larger (Mann and Whitney, Ann. Math. Stat. 18 (1947) 50): exact where no values are equal and groups are small, else the normal approximation with corrections for ties and continuity. U belongs to the first group.</summary>
    /// <exception cref="ArgumentException">A group is empty, or all values are equal.</exception>
    public static GroupTest MannWhitney(IReadOnlyList<double> a, IReadOnlyList<double> b)
    {
        Require([a, b], 1);
        var (ranks, ties) = Samples.Rank([.. a, .. b]);
        double na = a.Count, nb = b.Count, n = na + nb;
        var u = ranks.Take(a.Count).Sum() - (na * (na + 1) / 2);
        var spread = Math.Sqrt(na * nb / 12 * (n + 1 - (ties / (n * (n - 1)))));
        if (!(spread > 0))
        {
            throw new ArgumentException("All values are equal; there is nothing to rank.");
        }

        if (ties == 0 && a.Count * b.Count <= MostExact)
        {
            return new GroupTest("Mann–Whitney test, exact", "U", u, [], ExactP(a.Count, b.Count, u));
        }

        var z = Math.Max(0, Math.Abs(u - (na * nb / 2)) - 0.5) / spread;
        return new GroupTest("Mann–Whitney test", "U", u, [], Math.Min(1, 2 * Normal.CDF(0, 1, -z)));
    }

    /// <summary>Whether any mean differs (Fisher's one-way analysis of variance).</summary>
    /// <exception cref="ArgumentException">Fewer than two groups, an empty one, no value more than groups, or no group varies.</exception>
    public static GroupTest Anova(IReadOnlyList<IReadOnlyList<double>> groups)
    {
        Require(groups, 1);
        var all = groups.SelectMany(group => group).ToArray();
        var grand = Samples.Mean(all);
        var between = groups.Sum(group => group.Count * Math.Pow(Samples.Mean(group) - grand, 2));
        var within = groups.Sum(group => Samples.Mean(group) is var mean ? group.Sum(value => (value - mean) * (value - mean)) : 0);
        int first = groups.Count - 1, second = all.Length - groups.Count;
        if (second < 1 || within == 0)
        {
            throw new ArgumentException($"{all.Length} values in {groups.Count} groups leave no spread within groups to hold their means against.");
        }

        var f = between / first / (within / second);
        return new GroupTest("One-way analysis of variance", "F", f, [first, second], SpecialFunctions.BetaRegularized(second / 2.0, first / 2.0, second / (second + (first * f))));
    }

    /// <summary>Whether any group tends to larger values (Kruskal and Wallis, JASA 47 (1952) 583): χ² approximation, corrected for ties.</summary>
    /// <exception cref="ArgumentException">Fewer than two groups, an empty one, or all values are equal.</exception>
    public static GroupTest KruskalWallis(IReadOnlyList<IReadOnlyList<double>> groups)
    {
        Require(groups, 1);
        var (ranks, ties) = Samples.Rank([.. groups.SelectMany(group => group)]);
        double n = ranks.Length;
        var untied = 1 - (ties / ((n * n * n) - n));
        if (!(untied > 0))
        {
            throw new ArgumentException("All values are equal; there is nothing to rank.");
        }

        var (sum, at) = (0.0, 0);
        foreach (var group in groups)
        {
            var ranked = ranks.Skip(at).Take(group.Count).Sum();
            sum += ranked * ranked / group.Count;
            at += group.Count;
        }

        var h = ((12 / (n * (n + 1)) * sum) - (3 * (n + 1))) / untied;
        return new GroupTest("Kruskal–Wallis test", "H", h, [groups.Count - 1], SpecialFunctions.GammaUpperRegularized((groups.Count - 1) / 2.0, h / 2));
    }

    /// <summary>Twice the smaller tail of U over all arrangements of untied ranks, by the recurrence of Mann and Whitney.</summary>
    private static double ExactP(int na, int nb, double u)
    {
        var ways = new double[na + 1, (na * nb) + 1];
        ways[0, 0] = 1;
        for (var rank = 1; rank <= na + nb; rank++)
        {
            for (var taken = Math.Min(rank, na); taken >= 1; taken--)
            {
                var below = rank - taken;   // values of the other group below this one, if it is the next of ours
                for (var sum = na * nb; sum >= below && below <= nb; sum--)
                {
                    ways[taken, sum] += ways[taken - 1, sum - below];
                }
            }
        }

        var all = Enumerable.Range(0, (na * nb) + 1).Sum(sum => ways[na, sum]);
        var tail = Enumerable.Range(0, (int)Math.Min(u, (na * nb) - u) + 1).Sum(sum => ways[na, sum]);
        return Math.Min(1, 2 * tail / all);
    }

    private static void Require(IReadOnlyList<IReadOnlyList<double>> groups, int least)
    {
        if (groups.Count < 2)
        {
            throw new ArgumentException($"{groups.Count} group; a comparison takes two.");
        }

        foreach (var group in groups)
        {
            Samples.RequireFinite(group);
            if (group.Count < least)
            {
                throw new ArgumentException($"A group has {group.Count} of at least {least} values.");
            }
        }
    }
}
