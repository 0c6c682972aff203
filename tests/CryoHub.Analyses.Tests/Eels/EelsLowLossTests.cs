using System.Numerics;
using CryoHub.Analyses.Eels.LowLoss;
using CryoHub.Imaging;

namespace CryoHub.Analyses.Tests.Eels;

public sealed class EelsLowLossTests
{
    private const double Step = 0.1;
    private const int Channels = 500;

    private static readonly EelsLowLoss Analysis = new();

    [Fact]
    public async Task Energy_and_width_of_every_plasmon_come_back()
    {
        (double Plasmon, double Width, double Shift)[] truth = [(15, 1.5, 0), (14.2, 2, 0.33), (15.6, 1.2, -0.41), (15.1, 1.8, 0.07)];
        var counts = truth.SelectMany(pixel => new LowLoss(Channels, Step, -8, 0.05, pixel.Plasmon, pixel.Width, fwhm: 0.3, zeroLoss: 1e8).Expected(pixel.Shift)).Select(count => (float)count).Concat(new float[2 * Channels]).ToArray();

        var results = await Run.Async(Analysis, EelsRun.Image(counts, 2, 3, Step, -8), new EelsLowLossParameters());

        for (var i = 0; i < 4; i++)
        {
            Assert.Equal(truth[i].Plasmon, results.Images["Plasmon energy"].Pixels[i], 0.03);
            Assert.Equal(truth[i].Width, results.Images["Plasmon width"].Pixels[i], 0.15);   // 0.3 eV of the spectrometer come on top
            Assert.Equal(results.Images["Plasmon maximum"].Pixels[i] + truth[i].Shift, results.Images["Plasmon maximum on the axis of the file"].Pixels[i], 0.01);
        }

        Assert.Equal([true, true], results.Images["Plasmon energy"].Pixels.Skip(4).Select(float.IsNaN));
        Assert.Contains(results.Warnings, warning => warning.StartsWith("2 of 6 pixels have no value", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_uncertainty_is_honest()
    {
        var counts = Enumerable.Range(0, 500).SelectMany(seed => LowLoss.Draw([.. Enumerable.Range(0, Channels).Select(i => 300 * LowLoss.Drude(0.1 + (Step * i), 15, 3))], seed)).ToArray();

        var results = await Run.Async(Analysis, EelsRun.Image(counts, 20, 25, Step, 0.1), new EelsLowLossParameters { ZeroLoss = ZeroLossState.Removed });

        foreach (var (name, truth) in new[] { ("Plasmon energy", 15.0), ("Plasmon width", 3.0) })
        {
            Assert.InRange(results.Images[name].Pixels.Zip(results.Images[$"{name}: uncertainty"].Pixels, (value, sigma) => Math.Abs(value - truth) < sigma ? 1.0 : 0).Average(), 0.60, 0.76);
        }

        Assert.InRange(results.Images["Reduced chi-squared"].Pixels.Average(), 0.9, 1.1);
    }

    /// <summary>A bound oscillator whose refractive index is 2 and whose loss function is known in closed form, 60 nm thick, at 200 kV and 20 mrad.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Refractive_index_or_thickness_and_the_dielectric_function_of_an_insulator_come_back_within_a_hundredth(bool thicknessKnown)
    {
        const int channels = 4000;
        var (eps, counts) = Insulator(channels, 60, 1e6);
        var parameters = new EelsLowLossParameters { KramersKronig = true, FitFrom = 15, FitTo = 25 };
        parameters = thicknessKnown ? parameters with { Thickness = 60 } : parameters with { RefractiveIndex = 2 };

        var results = await Run.Async(Analysis, EelsRun.Spectrum([.. counts.Select(count => (float)count)], 0.05, -10), parameters);

        if (thicknessKnown)
        {
            Assert.Equal(2, results.Numbers["Refractive index (from the thickness)"].Value, 0.02);
        }
        else
        {
            Assert.Equal(60, results.Numbers["Thickness (Kramers-Kronig)"].Value, 0.6);
        }

        var (energies, real, _, _, _) = results.Curves["eps1"];
        var imaginary = results.Curves["eps2"].Y;
        for (var i = 80; i < 800; i++)   // 4 to 40 eV: below, the zero loss was
        {
            Assert.InRange(Complex.Abs((1 / new Complex(real[i], imaginary[i])) - (1 / eps(energies[i]))), 0, 0.05);   // a hundredth of its largest value, 5
        }

        Assert.Equal(1, results.Numbers["Sum-rule check (eps2 over Im(-1/eps), 1 expected)"].Value, 0.03);
        Assert.Equal(300 / 1.379, results.Numbers["Electrons in the range, from Im(-1/eps)"].Value, 0.03 * 300 / 1.379);
    }

    [Fact]
    public async Task HyperSpy_finds_the_same_thickness_and_dielectric_function()
    {
        const int channels = 2000;
        var energies = Enumerable.Range(1, channels).Select(i => i * 0.1).ToArray();
        float[] counts = [.. energies.Select(energy => (float)(2e4 * LowLoss.Drude(energy, 15, 4) * Math.Log(1 + Math.Pow(20 / (energy / 343.8), 2))))];
        const string script = """
            eps, more = s.inav[0, 0].kramers_kronig_analysis(zlp=1e6, n=2.5, full_output=True)
            out = dict(t=more["thickness"].data, real=eps.data.real, imag=eps.data.imag)
            """;
        var theirs = await HyperSpy.AskAsync(script, counts, 1, 1, 0.1, 0.1);

        var ours = await Run.Async(Analysis, EelsRun.Spectrum(counts, 0.1, 0.1), new EelsLowLossParameters { ZeroLoss = ZeroLossState.Removed, KramersKronig = true, RefractiveIndex = 2.5 });

        // With the thickness that it found for a zero loss of a million counts, both loss functions are the same; it transforms with another quadrature, so Re(1/eps) agrees less well.
        var loss = ours.Curves["Loss function Im(-1/eps)"].Y;
        var theirLoss = theirs["imag"].Zip(theirs["real"], (imag, real) => imag / ((imag * imag) + (real * real))).ToArray();
        Assert.All(Enumerable.Range(0, channels), i => Assert.Equal(theirLoss[i], loss[i], 1e-4 * theirLoss.Max()));
        var (real, imaginary) = (ours.Curves["eps1"].Y, ours.Curves["eps2"].Y);
        static double Inverse(double re, double im) => re / ((re * re) + (im * im));
        Assert.All(Enumerable.Range(20, 1500), i => Assert.Equal(Inverse(theirs["real"][i], theirs["imag"][i]), Inverse(real[i], imaginary[i]), 0.02));   // of up to 4
        Assert.True(theirs["t"][0] > 0);
    }

    /// <summary>The aluminium plasmon of this file lies at 14.9 eV on its axis, 15.0 eV in the literature, read off by another program.</summary>
    [Fact]
    public async Task The_aluminium_plasmon_of_a_real_file_is_where_others_find_it()
    {
        var results = await Run.Async(Analysis, await EelsRun.RealAsync("dm3/AL-DFoffset0.00.dm3"), new EelsLowLossParameters());

        Assert.Equal(14.9, results.Numbers["Plasmon maximum on the axis of the file"].Value, 0.06);
        Assert.Equal(15.0, results.Numbers["Plasmon maximum"].Value, 0.1);
        Assert.Equal(-0.13, results.Numbers["Zero-loss position: middle of the pixels"].Value, 0.03);
    }

    [Fact]
    public async Task Bad_input_is_refused_with_the_numbers()
    {
        float[] counts = [.. new LowLoss(Channels, Step, -8, 0.3, zeroLoss: 1e6).Expected().Select(count => (float)count)];
        var signal = EelsRun.Spectrum(counts, Step, -8);
        var bare = new ArraySignal(signal.Header with { Metadata = AcquisitionMetadata.None }, System.Runtime.InteropServices.MemoryMarshal.AsBytes(counts.AsSpan()).ToArray());
        Assert.Contains("needs the beam energy", await Run.ProblemAsync(Analysis, bare, new EelsLowLossParameters { KramersKronig = true }), StringComparison.Ordinal);
        Assert.Contains("needs the collection semi-angle", await Run.ProblemAsync(Analysis, bare, new EelsLowLossParameters { KramersKronig = true, BeamEnergy = 300 }), StringComparison.Ordinal);
        Assert.Contains("0 lie between 20.02 and 20.05 eV", await Run.ProblemAsync(Analysis, signal, new EelsLowLossParameters { FitFrom = 20.02, FitTo = 20.05 }), StringComparison.Ordinal);
        Assert.Contains("The zero-loss peak lies outside", await Run.ProblemAsync(Analysis, EelsRun.Spectrum(counts, Step, 100), new EelsLowLossParameters()), StringComparison.Ordinal);
        Assert.Contains("which was removed from these spectra", await Run.ProblemAsync(Analysis, EelsRun.Spectrum(counts[81..], Step, 0.1), new EelsLowLossParameters { ZeroLoss = ZeroLossState.Removed, KramersKronig = true, Thickness = 50 }), StringComparison.Ordinal);
        Assert.Contains("Single scattering is needed from 0 eV on; the spectrum begins at 5 eV", await Run.ProblemAsync(Analysis, EelsRun.Spectrum(counts[81..], Step, 5), new EelsLowLossParameters { ZeroLoss = ZeroLossState.Removed, KramersKronig = true }), StringComparison.Ordinal);
    }

    /// <summary>Single scattering from J1 = I0 t / (pi a0 m v^2) Im(-1/eps) ln(1 + (beta / theta)^2) behind a zero loss of 0.3 eV, with the plural scattering that the analysis has to remove.</summary>
    private static (Func<double, Complex> Eps, double[] Counts) Insulator(int channels, double thickness, double zeroLoss)
    {
        const double step = 0.05;
        Complex Eps(double energy) => 1 + (300 / (100 - (energy * energy) - (Complex.ImaginaryOne * energy * 3)));   // n^2 = 1 + 300 / 100
        const double gamma = 1.391390;
        var restTwoT = 2 * 123524.0;                               // m v^2 in eV at 200 kV
        var low = new LowLoss(channels, step, -10, 1e-30, fwhm: 0.3, zeroLoss: zeroLoss);
        var counts = low.Expected();
        var single = Enumerable.Range(0, channels).Select(i => i == 0 ? 0 : step * thickness / (Math.PI * 0.0529177 * restTwoT) * (-1 / Eps(i * step)).Imaginary * Math.Log(1 + Math.Pow(0.020 * gamma * restTwoT / (i * step), 2))).ToArray();
        var order = single;
        for (var n = 2; n < 6; n++)
        {
            for (var i = 0; i + 200 < channels; i++)
            {
                counts[i + 200] += zeroLoss * order[i];
            }

            var next = new double[channels];
            for (var i = 0; i < channels; i++)
            {
                for (var j = 0; j <= i; j++)
                {
                    next[i] += order[j] * single[i - j] / n;
                }
            }

            order = next;
        }

        return (Eps, counts);
    }
}
