using CryoHub.Numerics.Fourier;

namespace CryoHub.Numerics.Tests.Fourier;

public sealed class LogPowerTests
{
    public static TheoryData<int> Lengths => [0, 1, 3, 4, 5, 7, 8, 9, 15, 16, 17, 33];

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Log_power_equals_the_formula_at_every_lane_boundary(int length)
    {
        var spectrum = Enumerable.Range(0, 2 * length).Select(i => (float)Math.Pow(10, (i % 13) - 6) * (i % 3 == 0 ? -1 : 1)).ToArray();
        var power = new float[length];

        LogPower.Of(spectrum, power);

        for (var i = 0; i < length; i++)
        {
            Assert.Equal(Math.Log10(Math.Pow(spectrum[2 * i], 2) + Math.Pow(spectrum[(2 * i) + 1], 2)), power[i], 2e-6);
        }
    }

    [Fact]
    public void Nothing_is_minus_thirty_not_minus_infinity()
    {
        var power = new float[9];

        LogPower.Of(new float[18], power);

        Assert.All(power, value => Assert.Equal(-30, value, 1e-4));
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void The_window_is_applied_at_every_lane_boundary(int length)
    {
        var window = new float[length];
        var result = new float[length];
        Hann.Fill(window);

        Hann.Apply([.. Enumerable.Range(0, length).Select(i => (float)i)], 2, window, 0.5f, result);

        for (var i = 0; i < length; i++)
        {
            Assert.Equal((i - 2) * Math.Pow(Math.Sin(Math.PI * i / length), 2) * 0.5, result[i], 1e-5);
        }
    }
}
