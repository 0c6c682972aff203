using CryoHub.Numerics.Spectra;

namespace CryoHub.Numerics.Tests.Spectra;

public sealed class ZeroLossTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(33)]
    public void The_highest_channel_is_found_at_every_lane_boundary(int channels)
    {
        for (var at = 0; at < channels; at++)
        {
            var counts = Enumerable.Range(0, channels).Select(i => i == (at + 3) % channels ? float.NaN : 1f + (i % 3)).ToArray();
            counts[at] = 9;
            Assert.Equal(at, ZeroLoss.Maximum(counts));
        }

        Assert.Equal(-1, ZeroLoss.Maximum(new float[channels]));
    }

    [Theory]
    [InlineData(20.0, 4)]
    [InlineData(20.37, 4)]
    [InlineData(19.5, 9)]
    [InlineData(21.73, 2.4)]
    public void A_sampled_Gaussian_gives_back_its_centre(double centre, double fwhm)
    {
        var counts = Enumerable.Range(0, 60).Select(i => (float)(5000 * Math.Exp(-4 * Math.Log(2) * Math.Pow((i - centre) / fwhm, 2)))).ToArray();

        var peak = ZeroLoss.Fit(counts, ZeroLoss.Maximum(counts));

        Assert.Equal(centre, peak.Centre, 1e-4);   // float32 counts
        Assert.InRange(peak.Height, 4999.5, 5000.5);
        Assert.Equal(fwhm, peak.Fwhm, 0.06 * fwhm);   // straight lines between channels
        var expected = fwhm / 2.3548 / Math.Sqrt(5000 * fwhm * 1.0645);   // all counts; those in the window are fewer
        Assert.InRange(peak.CentreError, expected, 1.6 * expected);
    }

    [Fact]
    public void A_peak_cut_off_is_none()
    {
        float[] falling = [.. Enumerable.Range(0, 40).Select(i => 1000f / (1 + i))];
        Assert.True(double.IsNaN(ZeroLoss.Fit(falling, 0).Centre));
        Assert.True(double.IsNaN(ZeroLoss.Fit(falling.Reverse().ToArray(), 39).Centre));
        Assert.True(double.IsNaN(ZeroLoss.Fit(falling, -1).Centre));
    }

    [Theory]
    [InlineData(5)]
    [InlineData(11)]
    [InlineData(16)]
    [InlineData(40)]
    public void Parabolas_are_shifted_exactly_inside_and_have_no_value_outside(int channels)
    {
        double[] shifts = [0, 1, -2, 0.25, -0.6, 2.5, -3.1];
        float[] parabola = [.. Enumerable.Range(0, channels).Select(i => (float)((0.5 * i * i) - (3 * i) + 2))];
        foreach (var shift in shifts)
        {
            var shifted = new float[channels];
            SubChannelShift.Cubic(parabola, shift, shifted);
            for (var i = 0; i < channels; i++)
            {
                var at = i + shift;
                Assert.Equal(at < 0 || at > channels - 1, float.IsNaN(shifted[i]));
                if (at >= 1 && at <= channels - 2)
                {
                    Assert.Equal((0.5 * at * at) - (3 * at) + 2, shifted[i], 1e-4 * channels * channels);
                }
            }
        }
    }

    [Fact]
    public void A_linear_shift_lies_on_the_line_between_two_channels()
    {
        var shifted = new float[4];
        SubChannelShift.Linear([1, 3, 7, 5], 0.25, shifted);
        Assert.Equal([1.5f, 4, 6.5f, float.NaN], shifted);
    }

    [Fact]
    public void The_noise_of_counted_electrons_is_the_root_of_their_number()
    {
        var random = new Random(3);
        var counts = new float[4000];
        for (var i = 0; i < counts.Length; i++)
        {
            var normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            counts[i] = (float)(2500 + (3 * 50 * normal));   // three times as noisy
        }

        counts[77] = 1e6f;
        Assert.Equal(3, NeighbourMedian.Noise(counts, new float[4000]), 0.1);
        Assert.InRange(NeighbourMedian.At(counts, 78), 2250, 2750);
    }
}
