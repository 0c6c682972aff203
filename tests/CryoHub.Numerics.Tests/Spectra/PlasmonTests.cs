using CryoHub.Numerics.Spectra;

namespace CryoHub.Numerics.Tests.Spectra;

public sealed class PlasmonTests
{
    [Theory]
    [InlineData(15.3, 0.7)]
    [InlineData(7.2, 2.4)]
    [InlineData(24, 6)]
    public void A_sampled_plasmon_gives_back_energy_width_and_maximum(double plasmon, double width)
    {
        const double step = 0.05;
        var first = plasmon - width;
        float[] counts = [.. Enumerable.Range(0, (int)(2 * width / step)).Select(i => (float)(3000 * DrudeFit.At(first + (i * step), plasmon, width)))];

        var fit = DrudeFit.Of(counts, first, step, plasmon * 1.03, width * 0.8);

        Assert.Equal(plasmon, fit.Energy, 1e-4);
        Assert.Equal(width, fit.Width, 1e-3);
        Assert.InRange(fit.Amplitude, 2999, 3001);
        var highest = Enumerable.Range(0, 200_000).Select(i => first + (i * 2 * width / 200_000)).MaxBy(energy => DrudeFit.At(energy, plasmon, width));
        Assert.Equal(highest, fit.Maximum, 1e-3);
    }

    [Fact]
    public void Counts_without_a_peak_have_no_fit()
    {
        Assert.True(double.IsNaN(DrudeFit.Of(new float[50], 10, 0.1, 12, 2).Energy));
        float[] falling = [.. Enumerable.Range(0, 50).Select(i => 1000f / (1 + i))];
        Assert.True(double.IsNaN(DrudeFit.Of(falling, 10, 0.1, 12, 2).Energy));
    }

    /// <summary>A bound oscillator: eps = 1 + Ep^2 / (Eg^2 - E^2 - i E G), everything known in closed form.</summary>
    [Fact]
    public void The_dielectric_function_of_an_oscillator_comes_back()
    {
        const double step = 0.05;
        const int n = 8000; // to 400 eV
        double[] energies = [.. Enumerable.Range(1, n).Select(i => i * step)];
        var eps = energies.Select(energy => 1 + (225 / (100 - (energy * energy) - (System.Numerics.Complex.ImaginaryOne * energy * 3)))).ToArray();
        double[] loss = [.. eps.Select(value => (-1 / value).Imaginary)];
        var (real, imaginary, squares) = (new double[n], new double[n], new double[n]);

        KramersKronig.Dielectric(loss, step, real, imaginary);

        Assert.All(Enumerable.Range(0, 1000), i => Assert.Equal(eps[i].Real, real[i], 0.01 * System.Numerics.Complex.Abs(eps[i])));
        Assert.All(Enumerable.Range(0, 1000), i => Assert.Equal(eps[i].Imaginary, imaginary[i], 0.01 * System.Numerics.Complex.Abs(eps[i])));
        KramersKronig.SumRule(loss, step, squares);
        Assert.InRange(squares[^1], 0.98 * 225, 225);   // what lies above 400 eV is missing
        KramersKronig.SumRule(imaginary, step, squares);
        Assert.InRange(squares[^1], 0.97 * 225, 1.01 * 225);
    }
}
