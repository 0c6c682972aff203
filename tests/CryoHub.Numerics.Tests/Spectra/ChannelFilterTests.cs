using CryoHub.Numerics.Spectra;

namespace CryoHub.Numerics.Tests.Spectra;

public sealed class ChannelFilterTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(8)]
    [InlineData(17)]
    public void Sums_and_variances_are_those_of_the_plain_formula(int estimates)
    {
        const int channels = 37;
        var random = new Random(estimates);
        float[] spectrum = [.. Enumerable.Range(0, channels).Select(i => i % 3 == 0 ? 0 : random.Next(9))];
        double[] weights = [.. Enumerable.Range(0, channels * estimates).Select(_ => random.NextDouble() - 0.5)];
        var (sums, variances) = (new double[estimates], new double[estimates]);

        ChannelFilter.Apply(spectrum, weights, sums, variances);

        for (var k = 0; k < estimates; k++)
        {
            Assert.Equal(Enumerable.Range(0, channels).Sum(i => weights[(i * estimates) + k] * spectrum[i]), sums[k], 1e-12);
            Assert.Equal(Enumerable.Range(0, channels).Sum(i => weights[(i * estimates) + k] * weights[(i * estimates) + k] * spectrum[i]), variances[k], 1e-12);
        }
    }

    [Fact]
    public void Weights_that_do_not_fit_are_refused() =>
        Assert.Throws<ArgumentException>(() => ChannelFilter.Apply(new float[3], new double[5], new double[2], new double[2]));
}
