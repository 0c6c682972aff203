using CryoHub.Numerics.Components;

namespace CryoHub.Numerics.Tests.Components;

public sealed class NonNegativeFactorsTests
{
    private const int Rows = 60;
    private const int Channels = 12;

    /// <summary>An exact product of two factors is found again: what is left falls to rounding of float32 coordinates, and the told change is what it says.</summary>
    [Fact]
    public void An_exact_product_is_factored_without_rest()
    {
        var random = new Random(9);
        double[] h = [.. Enumerable.Range(0, 2 * Channels).Select(i => i / Channels == 0 ? Math.Max(0, 1 - (i * 0.15)) : Math.Max(0, (i - Channels) * 0.1 - 0.3))];
        double[] w = [.. Enumerable.Range(0, 2 * Rows).Select(i => i < 4 ? (i % 3 == 0 ? 1 : 0) : random.NextDouble())];   // two rows are pure
        var basis = new double[Channels * Channels];
        for (var i = 0; i < Channels; i++)
        {
            basis[(i * Channels) + i] = 1;
        }

        float[] points = [.. Enumerable.Range(0, Rows * Channels).Select(i => (float)((w[i / Channels * 2] * h[i % Channels]) + (w[(i / Channels * 2) + 1] * h[Channels + (i % Channels)])))];
        var all = points.Sum(value => (double)value * value);
        var factors = new NonNegativeFactors(basis, Channels, [.. Enumerable.Range(0, 2 * Channels).Select(i => 0.5 + (0.1 * (i % 5)) + (i / Channels * 0.07 * (i % Channels)))]);
        var amounts = new float[2 * Rows];
        var left = double.NaN;
        for (var round = 0; round < 3000; round++)
        {
            var sums = factors.Rows(points, amounts);
            left = all + factors.Update(sums);
        }

        Assert.Equal(0, left / all, 1e-6);
        factors.Rows(points, amounts);
        Assert.True(amounts.Min() >= 0 && factors.Spectra.Min() >= 0);
        var rest = Enumerable.Range(0, Rows * Channels).Sum(i => Math.Pow(points[i] - Enumerable.Range(0, 2).Sum(k => amounts[(i / Channels * 2) + k] * factors.Spectra[(k * Channels) + (i % Channels)]), 2));
        Assert.Equal(0, rest / all, 1e-6);
    }

    [Fact]
    public void Lengths_that_do_not_fit_are_refused() => Assert.Throws<ArgumentException>(() => new NonNegativeFactors(new double[24], 2, new double[13]));
}
