using CryoHub.Analyses.Eels.Deconvolve;
using CryoHub.Imaging;

namespace CryoHub.Analyses.Tests.Eels;

public sealed class EelsDeconvolveTests
{
    private const double Step = 0.25;
    private const double Origin = -20;
    private const int Channels = 720; // to 159.75 eV

    private static readonly EelsDeconvolve Deconvolve = new();

    [Theory]
    [InlineData(0.3, false)]
    [InlineData(1.0, false)]
    [InlineData(0.3, true)]
    [InlineData(1.0, true)]
    [InlineData(2.0, true)]
    public async Task A_Poisson_series_gives_back_its_single_scattering_within_a_hundredth(double thickness, bool measured)
    {
        var low = new LowLoss(Channels, Step, Origin, thickness, plasmon: 20, width: 2, fwhm: 0.8, zeroLoss: 1e6);
        float[] counts = [.. low.Expected().Select(count => (float)count)];
        float[] zero = [.. new LowLoss(Channels, Step, Origin, 1e-30, zeroLoss: 1e6, fwhm: 0.8).Expected().Select(count => (float)count)];
        (string, ISignal)[] inputs = measured ? [("signal", EelsRun.Spectrum(counts, Step, Origin)), ("zeroloss", EelsRun.Spectrum(zero, Step, Origin))] : [("signal", EelsRun.Spectrum(counts, Step, Origin))];

        var results = await EelsRun.Async(Deconvolve, new EelsDeconvolveParameters(), inputs);

        var truth = low.ExpectedSingle();
        var found = results.Curves["Single scattering J1 = I0 S"].Y;
        Assert.All(Enumerable.Range(100, 540), i => Assert.Equal(truth[i], found[i], 0.01 * truth.Max()));
        Assert.Equal(thickness, results.Numbers["t/lambda (area of the single scattering)"].Value, 0.01 * thickness);
        var relative = (await EelsRun.Async(Deconvolve, new EelsDeconvolveParameters { Relative = true }, inputs)).Curves["Single scattering S = J1 / I0"].Y;
        Assert.Equal(thickness, relative.Sum() * Step, 0.01 * thickness);   // per eV
    }

    [Fact]
    public async Task Every_pixel_of_an_image_is_deconvolved_on_its_own()
    {
        double[] thickness = [0.2, 0.5, 0.9, 0.4, 0.7];
        var counts = thickness.SelectMany((value, i) => new LowLoss(Channels, Step, Origin, value, 20, 2, 0.8, 1e6).Expected(0.3 * i)).Select(count => (float)count).Concat(new float[Channels]).ToArray();

        var results = await Run.Async(Deconvolve, EelsRun.Image(counts, 2, 3, Step, Origin), new EelsDeconvolveParameters());

        var areas = results.Images["t/lambda (area of the single scattering)"].Pixels;
        Assert.All(Enumerable.Range(0, 5), i => Assert.Equal(thickness[i], areas[i], 0.01 * thickness[i]));
        Assert.True(float.IsNaN(areas[5]));
        Assert.All(results.Images["Single scattering J1 = I0 S"].Pixels.AsSpan(5 * Channels).ToArray(), count => Assert.Equal(float.NaN, count));
        Assert.Contains(results.Warnings, warning => warning.StartsWith("1 of 6 pixels have no value", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_edge_loses_the_plural_scattering_of_its_low_loss()
    {
        var low = new LowLoss(Channels, Step, Origin, 0.8, plasmon: 20, width: 2, fwhm: 0.8, zeroLoss: 1e6);
        float[] counts = [.. low.Expected().Select(count => (float)count)];
        double Edge(int i) => i < 120 ? 0 : 1e4 * Math.Exp(-(i - 120) / 120.0);
        double[] Folded(Func<int, double> losses, double fwhm)   // the edge, scattered and blurred, summed in double precision
        {
            var sigma = fwhm / 2.354820045 / Step;
            var scattered = Enumerable.Range(0, Channels).Select(i => Edge(i) + Enumerable.Range(0, i + 1).Sum(j => losses(j) * Edge(i - j))).ToArray();
            return [.. Enumerable.Range(0, Channels).Select(i => Enumerable.Range(-12, 25).Sum(d => i + d is var at && at >= 0 && at < Channels ? scattered[at] * Math.Exp(-d * d / (2 * sigma * sigma)) / (sigma * 2.50662827463) : 0))];
        }

        var plural = Folded(i => low.Losses[i], 0.8);
        var single = Folded(_ => 0, 0.8);

        var results = await EelsRun.Async(
            Deconvolve, new EelsDeconvolveParameters { Method = DeconvolutionMethod.FourierRatio, Width = 0.8 },
            ("signal", EelsRun.Spectrum([.. plural.Select(count => (float)count)], Step, 500)), ("lowloss", EelsRun.Spectrum(counts, Step, Origin)));

        var found = results.Curves["Edges without plural scattering"].Y;
        Assert.All(Enumerable.Range(0, 600), i => Assert.Equal(single[i], found[i], 0.02 * single.Max()));   // the last sixth feels the end
        Assert.True(plural[400] > 1.5 * single[400]);
    }

    [Fact]
    public async Task Two_lines_become_two_and_keep_their_counts()
    {
        var low = new LowLoss(Channels, Step, Origin, 1e-30, fwhm: 2, zeroLoss: 1e5);
        var counts = low.Expected();
        for (var i = 0; i < Channels; i++)
        {
            var energy = Origin + (i * Step);
            counts[i] += 1e4 * (Line(energy - 60) + Line(energy - 61.8));
        }

        var results = await Run.Async(Deconvolve, EelsRun.Spectrum([.. counts.Select(count => (float)count)], Step, Origin), new EelsDeconvolveParameters { Method = DeconvolutionMethod.RichardsonLucy, Iterations = 60, Threshold = 5 });

        var found = results.Curves["Sharpened spectra"].Y;
        double[] around = [.. Enumerable.Range(308, 33).Select(i => found[i])];
        Assert.Equal(counts.Skip(308).Take(33).Sum(), around.Sum(), 0.01 * around.Sum());
        Assert.True(found[323] < 0.6 * Math.Min(found[320], found[327]), "60.75 eV lies in the gap");
        Assert.True(counts[323] > 0.9 * Math.Min(counts[320], counts[327]));

        static double Line(double away) => Math.Exp(-4 * Math.Log(2) * Math.Pow(away / 2, 2));
    }

    [Fact]
    public async Task HyperSpy_finds_the_same()
    {
        // Everything ends well before the spectrum does, so what either program assumes beyond the ends does not matter.
        var low = new LowLoss(Channels, Step, Origin, 0.4, plasmon: 20, width: 0.8, zeroLoss: 1e5, fwhm: 1.2);
        float[] counts = [.. low.Expected().Select((count, i) => (float)(count * Math.Exp(-Math.Pow(i / 500.0, 8))))];
        float[] zero = [.. new LowLoss(Channels, Step, Origin, 1e-30, zeroLoss: 1e5, fwhm: 1.2).Expected().Select(count => (float)count)];
        const string script = """
            z = s.inav[1, 0]
            lucy = (s.inav[0, 0] + 10).richardson_lucy_deconvolution(psf=z, iterations=10)
            out = dict(log=s.inav[0, 0].fourier_log_deconvolution(z).data, lucy=lucy.data)
            """;
        var theirs = await HyperSpy.AskAsync(script, [.. counts, .. zero], 1, 2, Step, Origin);
        (string, ISignal)[] inputs = [("signal", EelsRun.Spectrum(counts, Step, Origin)), ("zeroloss", EelsRun.Spectrum(zero, Step, Origin))];

        var log = (await EelsRun.Async(Deconvolve, new EelsDeconvolveParameters(), inputs)).Curves["Single scattering J1 = I0 S"].Y;
        inputs[0].Item2 = EelsRun.Spectrum([.. counts.Select(count => count + 10)], Step, Origin);   // it divides by zero where nothing is
        var lucy = (await EelsRun.Async(Deconvolve, new EelsDeconvolveParameters { Method = DeconvolutionMethod.RichardsonLucy, Iterations = 10, Threshold = 5 }, inputs)).Curves["Sharpened spectra"].Y;

        Assert.All(Enumerable.Range(60, 500), i => Assert.Equal(theirs["log"][i], log[i], 1e-4 * theirs["log"].Max()));
        var top = theirs["lucy"].Max();
        Assert.All(Enumerable.Range(60, 500), i => Assert.Equal(theirs["lucy"][i], lucy[i], 1e-4 * top));
    }

    [Fact]
    public async Task Channels_without_a_value_stay_without_and_bad_input_is_refused_in_words()
    {
        var low = new LowLoss(Channels, Step, Origin, 0.5, plasmon: 20, width: 2, zeroLoss: 1e6);
        float[] counts = [.. low.Expected().Select(count => (float)count)];
        counts.AsSpan(0, 9).Fill(float.NaN);
        counts.AsSpan(Channels - 5).Fill(float.NaN);
        var single = (await Run.Async(Deconvolve, EelsRun.Spectrum(counts, Step, Origin), new EelsDeconvolveParameters())).Curves["Single scattering J1 = I0 S"].Y;
        Assert.Equal(14, single.Count(double.IsNaN));
        Assert.Equal(low.ExpectedSingle()[160], single[160], 0.01 * low.ExpectedSingle()[160]);

        var signal = EelsRun.Spectrum(counts, Step, Origin);
        Assert.Contains("needs the low loss", await Run.ProblemAsync(Deconvolve, signal, new EelsDeconvolveParameters { Method = DeconvolutionMethod.FourierRatio }), StringComparison.Ordinal);
        Assert.Contains("need channels of one width; \"test\" has 0.5 eV, \"test\" 0.25 eV", await EelsRun.ProblemAsync(
            Deconvolve, new EelsDeconvolveParameters { Method = DeconvolutionMethod.FourierRatio }, ("signal", signal), ("lowloss", EelsRun.Spectrum(counts, 2 * Step, Origin))), StringComparison.Ordinal);
        Assert.Contains("one spectrum, or the 1 x 1", await EelsRun.ProblemAsync(
            Deconvolve, new EelsDeconvolveParameters(), ("signal", signal), ("zeroloss", EelsRun.Image([.. counts, .. counts], 1, 2, Step, Origin))), StringComparison.Ordinal);
        Assert.Contains("None of the 1 spectra", await Run.ProblemAsync(Deconvolve, EelsRun.Spectrum(new float[Channels], Step, Origin), new EelsDeconvolveParameters()), StringComparison.Ordinal);
    }
}
