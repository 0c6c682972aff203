using CryoHub.Numerics.Spectra;

namespace CryoHub.Numerics.Tests.Spectra;

public sealed class GaussianBinsTests
{
    [Theory]
    [InlineData(40.0, 5.0)]
    [InlineData(40.3, 0.4)]   // narrower than a channel
    [InlineData(2.0, 5.0)]    // cut off at the border
    public void Channels_hold_the_integral_of_the_peak(double centre, double sigma)
    {
        var channels = new double[80];

        GaussianBins.Add(channels, 1000, centre, sigma);

        for (var i = 0; i < channels.Length; i++)
        {
            const int steps = 2000;   // midpoint rule: an error of 1e-6 of the peak even at a width of 0.4 channels
            var integral = Enumerable.Range(0, steps).Sum(s => Math.Exp(-0.5 * Math.Pow((i - 0.5 + ((s + 0.5) / steps) - centre) / sigma, 2))) / steps;
            Assert.Equal(1000 * integral / (sigma * Math.Sqrt(2 * Math.PI)), channels[i], 5e-4);   // the distribution function is good to 1e-7 of the area
        }
    }

    [Fact]
    public void A_peak_outside_adds_nothing()
    {
        var channels = new double[10];

        GaussianBins.Add(channels, 1000, -50, 3);
        GaussianBins.Add(channels, 1000, 60, 3);

        Assert.All(channels, count => Assert.Equal(0, count));
    }
}
