using CryoHub.Numerics.Components;

namespace CryoHub.Numerics.Tests.Components;

public sealed class FastIcaTests
{
    private const int Samples = 4000;

    /// <summary>A saw tooth, a square wave and uniform noise, mixed: each comes back alone; 2 % of the others are left by chance correlations of 4,000 samples.</summary>
    [Fact]
    public void Mixed_signals_come_apart()
    {
        var random = new Random(7);
        double[][] sources =
        [
            [.. Enumerable.Range(0, Samples).Select(t => (t * 0.013 % 2) - 1)],
            [.. Enumerable.Range(0, Samples).Select(t => Math.Sin(t * 0.031) > 0 ? 1.0 : -1)],
            [.. Enumerable.Range(0, Samples).Select(_ => random.NextDouble() - 0.5)],
        ];
        double[] mixing = [1, 0.5, 0.3, 0.2, 1, -0.6, 0.7, 0.4, 2];
        double[] signals = [.. Enumerable.Range(0, 3).SelectMany(i => Enumerable.Range(0, Samples).Select(t => 5 + Enumerable.Range(0, 3).Sum(k => mixing[(i * 3) + k] * sources[k][t])))];

        var ica = FastIca.Of(signals, 3, 11, 200);

        Assert.True(ica!.Settled);
        for (var component = 0; component < 3; component++)
        {
            double[] shares = [.. Enumerable.Range(0, 3).Select(k => Math.Abs(Enumerable.Range(0, 3).Sum(i => ica.Unmixing[(component * 3) + i] * mixing[(i * 3) + k])) * Deviation(sources[k]))];
            Assert.Equal(1, shares.Max(), 0.02);
            Assert.InRange(shares.Order().ElementAt(1), 0, 0.06);
        }

        Assert.Equal(ica.Unmixing, FastIca.Of(signals, 3, 11, 200)!.Unmixing);
    }

    [Fact]
    public void A_signal_that_is_a_sum_of_others_has_no_answer()
    {
        double[] one = [.. Enumerable.Range(0, 50).Select(t => Math.Sin(t))];
        Assert.Null(FastIca.Of([.. one, .. one.Select(value => 2 * value)], 2, 1, 10));
    }

    private static double Deviation(double[] values) => Math.Sqrt(values.Average(value => value * value) - (values.Average() * values.Average()));
}
