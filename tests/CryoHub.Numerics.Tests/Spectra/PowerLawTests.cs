using CryoHub.Numerics.Spectra;

namespace CryoHub.Numerics.Tests.Spectra;

public sealed class PowerLawTests
{
    private const double Width = 0.3; // ln(E2 / E1)

    public static TheoryData<int> Lengths => [0, 1, 2, 3, 4, 5, 7, 8, 9, 17];

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Exponents_follow_the_closed_form_at_every_lane_boundary(int pixels)
    {
        var first = Enumerable.Range(0, pixels).Select(i => 1000.0 + i).ToArray();
        var second = Enumerable.Range(0, pixels).Select(i => 700.0 - (3 * i)).ToArray();
        var exponents = new double[pixels];

        PowerLaw.FromTwoAreas(first, second, Width, exponents);

        Assert.All(exponents.Select((exponent, i) => (exponent, i)), pair => Assert.Equal(2 * Math.Log(first[pair.i] / second[pair.i]) / Width, pair.exponent, 1e-10));
    }

    [Fact]
    public void An_area_that_is_not_positive_has_no_exponent()
    {
        var exponents = new double[9];

        PowerLaw.FromTwoAreas([5, 0, -1, double.NaN, 5, 5, 5, 5, 0], [4, 4, 4, 4, 0, -2, double.NaN, 4, 4], Width, exponents);

        Assert.Equal([false, true, true, true, true, true, true, false, true], exponents.Select(double.IsNaN));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)] // the integral of 1/E is a logarithm
    [InlineData(1.00000000001)]
    [InlineData(2.7)]
    [InlineData(6)]
    public void Extrapolated_counts_equal_the_integral(double exponent)
    {
        var background = new double[9];
        PowerLaw.Extrapolate(Enumerable.Repeat(50.0, 9).ToArray(), Enumerable.Repeat(exponent, 9).ToArray(), Width, 0.4, 0.7, background);

        var expected = 50 * Integral(exponent, 0.4, 0.7) / Integral(exponent, 0, Width);
        Assert.All(background, value => Assert.Equal(expected, value, 1e-6 * expected));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(8)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(130)]
    public void A_line_through_logarithms_equals_double_precision_least_squares(int channels)
    {
        var random = new Random(channels);
        var x = Enumerable.Range(0, channels).Select(i => (float)Math.Log(1 + (0.3 * i / channels))).ToArray();
        var counts = x.Select(value => (float)(1e4 * Math.Exp(-3 * value) * (0.9 + (0.2 * random.NextDouble())))).ToArray();
        if (channels > 8)
        {
            counts[2] = 0; // takes no part
        }

        var (exponent, logCounts) = PowerLaw.FromLogarithms(counts, x);

        var points = counts.Zip(x, (count, at) => (X: (double)at, Y: Math.Log(count))).Where(point => double.IsFinite(point.Y)).ToArray();
        var (mx, my) = (points.Average(point => point.X), points.Average(point => point.Y));
        var slope = points.Sum(point => (point.X - mx) * (point.Y - my)) / points.Sum(point => (point.X - mx) * (point.X - mx));
        Assert.Equal(-slope, exponent, 1e-3);
        Assert.Equal(my - (slope * mx), logCounts, 1e-4);
    }

    [Fact]
    public void Fewer_than_three_channels_with_counts_have_no_fit() => Assert.True(double.IsNaN(PowerLaw.FromLogarithms([1, 2, 0, 0, -3], [0, 0.1f, 0.2f, 0.3f, 0.4f]).Exponent));

    /// <summary>Midpoint rule over E^-r dE with E = exp(x).</summary>
    private static double Integral(double exponent, double from, double to)
    {
        const int steps = 20000;
        var dx = (to - from) / steps;
        return Enumerable.Range(0, steps).Sum(i => Math.Exp((1 - exponent) * (from + ((i + 0.5) * dx))) * dx);
    }
}
