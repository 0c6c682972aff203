using CryoHub.Numerics.Spectra;

namespace CryoHub.Numerics.Tests.Spectra;

public sealed class ExponentialFitTests
{
    public static TheoryData<int> Lengths => [3, 4, 7, 8, 9, 16, 17, 131];

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Moments_sums_and_chi_squared_are_the_plain_sums(int channels)
    {
        var (x, counts) = Data(channels, 2.5);
        var (t0, t1, t2) = ExponentialFit.Moments(x, 2.5);
        Assert.Equal(x.Sum(at => Math.Exp(-2.5 * at)), t0, 1e-9);
        Assert.Equal(x.Sum(at => at * Math.Exp(-2.5 * at)), t1, 1e-9);
        Assert.Equal(x.Sum(at => at * at * Math.Exp(-2.5 * at)), t2, 1e-9);
        var (s0, s1) = ExponentialFit.Sums(counts, x);
        Assert.Equal(counts.Sum(count => (double)count), s0, 1e-6);
        Assert.Equal(counts.Zip(x, (count, at) => count * at).Sum(), s1, 1e-6);
        var expected = counts.Zip(x, (count, at) => Math.Pow(count - Math.Exp(6 - (2 * at)), 2) / Math.Exp(6 - (2 * at))).Sum();
        Assert.Equal(expected, ExponentialFit.ChiSquared(counts, x, 6, 2), 1e-9 * expected);
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void The_likelihood_is_greatest_where_it_says(int channels)
    {
        var (x, counts) = Data(channels, 3.1);
        var (s0, s1) = ExponentialFit.Sums(counts, x);

        var r = ExponentialFit.Likelihood(s0, s1, x);

        double LogLikelihood(double exponent)   // the height that goes with it makes the sums equal
        {
            var a = Math.Log(counts.Sum(count => (double)count) / x.Sum(at => Math.Exp(-exponent * at)));
            return counts.Zip(x, (count, at) => (count * (a - (exponent * at))) - Math.Exp(a - (exponent * at))).Sum();
        }

        Assert.True(LogLikelihood(r) >= LogLikelihood(r + 1e-3));
        Assert.True(LogLikelihood(r) >= LogLikelihood(r - 1e-3));
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Least_squares_are_least_where_it_says(int channels)
    {
        var (x, counts) = Data(channels, 2.2);

        var (a, r) = ExponentialFit.LeastSquares(counts, x, Math.Log(600), 2);

        double Squares(double da, double dr) => counts.Zip(x, (count, at) => Math.Pow(count - Math.Exp(a + da - ((r + dr) * at)), 2)).Sum();
        foreach (var (da, dr) in new[] { (1e-4, 0.0), (-1e-4, 0.0), (0.0, 1e-4), (0.0, -1e-4), (1e-4, 1e-4), (-1e-4, -1e-4) })
        {
            Assert.True(Squares(0, 0) <= Squares(da, dr));
        }
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Subtraction_leaves_the_rest(int channels)
    {
        var (x, counts) = Data(channels, 2);
        var net = new float[channels];
        ExponentialFit.Subtract(counts, [.. x.Select(at => (float)at)], 6.5, 2, net);
        Assert.All(net.Select((value, i) => (value, i)), pair => Assert.InRange(pair.value - (counts[pair.i] - Math.Exp(6.5 - (2 * x[pair.i]))), -1e-3, 1e-3));
    }

    [Fact]
    public void What_has_no_fit_is_not_a_number()
    {
        double[] x = [0, 0.1, 0.2];
        Assert.True(double.IsNaN(ExponentialFit.Likelihood(0, 0, x)));
        Assert.True(double.IsNaN(ExponentialFit.Likelihood(5, 1, x)));        // the mean lies at the far end
        Assert.True(double.IsNaN(ExponentialFit.Likelihood(double.NaN, 1, x)));
        Assert.True(double.IsNaN(ExponentialFit.LeastSquares([float.NaN, 1, 1], x, 0, 1).R));
    }

    [Theory]
    [InlineData(5)]
    [InlineData(8)]
    [InlineData(33)]
    public void A_linear_fit_gives_back_the_factors_of_its_functions(int channels)
    {
        double[][] functions = [.. Enumerable.Range(0, 3).Select(power => Enumerable.Range(0, channels).Select(i => Math.Pow((2.0 * i / (channels - 1)) - 1, power)).ToArray())];
        float[] counts = [.. Enumerable.Range(0, channels).Select(i => (float)((7 * functions[0][i]) - (3 * functions[1][i]) + (2 * functions[2][i])))];
        var found = new double[3];
        new LinearFit(functions, []).Solve(counts, found);
        Assert.Equal([7, -3, 2], found, (a, b) => Math.Abs(a - b) < 1e-4);
        new LinearFit(functions, [.. Enumerable.Range(1, channels).Select(i => 1.0 / i)]).Solve(counts, found);
        Assert.Equal([7, -3, 2], found, (a, b) => Math.Abs(a - b) < 1e-4);
        Assert.Throws<ArgumentException>(() => new LinearFit([new double[4], new double[4]], []));
    }

    private static (double[] X, float[] Counts) Data(int channels, double r)
    {
        var random = new Random(channels);
        var x = Enumerable.Range(0, channels).Select(i => Math.Log(1 + (0.4 * i / channels))).ToArray();
        return (x, [.. x.Select(at => (float)(700 * Math.Exp(-r * at) * (0.9 + (0.2 * random.NextDouble()))))]);
    }
}
