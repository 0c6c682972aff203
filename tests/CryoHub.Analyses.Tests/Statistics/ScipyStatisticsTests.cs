using CryoHub.Numerics.Statistics;

namespace CryoHub.Analyses.Tests.Statistics;

/// <summary>Tests of groups, held against scipy.stats; both compute in double precision, so 1e-9 is generous.</summary>
public sealed class ScipyStatisticsTests
{
    private static readonly double[][] Groups =
    [
        [19.1, 22.4, 17.5, 18.2, 24.0, 19.1, 20.3, 21.7],
        [33.8, 29.5, 35.2, 19.1, 40.1, 31.0],
        [12.6, 14.1, 12.6, 10.2, 15.9, 13.3, 11.8, 19.1, 9.7],
    ];

    [Fact]
    public async Task Tests_of_two_and_three_groups_agree_with_scipy()
    {
        using var python = new Python();
        for (var i = 0; i < Groups.Length; i++)
        {
            python.Give($"g{i}", Groups[i]);
        }

        await python.RunAsync(
            """
            from scipy import stats
            a, b, c = [np.fromfile(f"g{i}") for i in range(3)]
            welch, rank = stats.ttest_ind(a, b, equal_var=False), stats.mannwhitneyu(a, b, method="asymptotic")
            anova, kruskal = stats.f_oneway(a, b, c), stats.kruskal(a, b, c)
            low, high = stats.t.interval(0.95, len(a) - 1, a.mean(), stats.sem(a))
            take("out", np.array([welch.statistic, welch.pvalue, rank.statistic, rank.pvalue, anova.statistic, anova.pvalue, kruskal.statistic, kruskal.pvalue, a.mean(), a.std(ddof=1), low, high]))
            """);
        var (a, b) = (Groups[0], Groups[1]);
        var summary = Summary.Of(a);
        GroupTest[] tests = [GroupTest.Welch(a, b), GroupTest.MannWhitney(a, b), GroupTest.Anova(Groups), GroupTest.KruskalWallis(Groups)];
        double[] ours = [.. tests.SelectMany(test => (double[])[test.Statistic, test.P]), summary.Mean!.Value, summary.Deviation!.Value, summary.Low!.Value, summary.High!.Value];
        Assert.All(ours.Zip(python.Take<double>("out")), pair => Assert.Equal(pair.Second, pair.First, 1e-9 * Math.Max(1, Math.Abs(pair.Second))));
    }

    /// <summary>By hand: means 2 and 5, pooled deviation 1, J = 1 − 3/(4·4 − 1) = 0.8; every value of the first group is the smaller one.</summary>
    [Fact]
    public void An_effect_is_that_of_the_formula()
    {
        var effect = Effect.Of([1, 2, 3], [4, 5, 6]);
        Assert.Equal(-3 * 0.8, effect.G!.Value, 1e-12);
        Assert.Equal(-1, effect.Delta, 1e-12);
        Assert.Equal(0, Effect.Of([1, 2, 3], [1, 2, 3]).Delta, 1e-12);
    }

    /// <summary>A 95 % interval of 2,000 seeded draws covers the true mean in 94 to 96 % (one sigma of the binomial is 0.5 %).</summary>
    [Fact]
    public void Intervals_of_small_groups_cover_the_truth_as_often_as_they_say()
    {
        var random = new Random(5);
        var covered = Enumerable.Range(0, 2000).Count(_ =>
        {
            var summary = Summary.Of([.. Enumerable.Range(0, 6).Select(_ => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()))]);
            return summary.Low <= 0 && 0 <= summary.High;
        });
        Assert.InRange(covered / 2000.0, 0.94, 0.96);
    }

    /// <summary>Drawn from two normal distributions one deviation apart: 95 of 100 intervals of g hold 1 (groups of 20; the large-sample variance is a little narrow, so 93 to 97).</summary>
    [Fact]
    public void Nineteen_of_twenty_intervals_of_an_effect_hold_it()
    {
        var random = new Random(11);
        var covered = Enumerable.Range(0, 2000).Count(_ => Effect.Of(Draw(random, 1), Draw(random, 0)) is { Low: <= 1, High: >= 1 });
        Assert.InRange(covered / 2000.0, 0.93, 0.97);

        static double[] Draw(Random random, double mean) => [.. Enumerable.Range(0, 20).Select(_ => mean + (Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble())))];
    }

    /// <summary>Few values without ties: scipy's exact distribution, where the normal approximation is worst.</summary>
    [Theory]
    [InlineData(2, 2, 0)]
    [InlineData(3, 3, 0)]
    [InlineData(7, 5, 9)]
    public async Task Small_groups_are_ranked_exactly(int na, int nb, int seed)
    {
        var random = new Random(seed);
        var (a, b) = (Enumerable.Range(0, na).Select(i => seed == 0 ? (double)i : random.NextDouble()).ToArray(), Enumerable.Range(0, nb).Select(i => seed == 0 ? 10.0 + i : random.NextDouble()).ToArray());
        using var python = new Python();
        python.Give("a", a);
        python.Give("b", b);
        await python.RunAsync("from scipy import stats\nr = stats.mannwhitneyu(np.fromfile('a'), np.fromfile('b'), method='exact')\ntake('out', np.array([r.statistic, r.pvalue]))");
        var test = GroupTest.MannWhitney(a, b);
        Assert.All(((double[])[test.Statistic, test.P]).Zip(python.Take<double>("out")), pair => Assert.Equal(pair.Second, pair.First, 1e-12));
    }

    [Fact]
    public void Groups_that_say_nothing_are_refused_with_numbers()
    {
        Assert.Contains("A group has 1 of at least 2 values", Assert.Throws<ArgumentException>(() => GroupTest.Welch([1], [1, 2])).Message, StringComparison.Ordinal);
        Assert.Contains("All values are equal", Assert.Throws<ArgumentException>(() => GroupTest.MannWhitney([2, 2], [2])).Message, StringComparison.Ordinal);
        Assert.Contains("Value 2 of 2 is NaN", Assert.Throws<ArgumentException>(() => Summary.Of([1, double.NaN])).Message, StringComparison.Ordinal);
    }
}
