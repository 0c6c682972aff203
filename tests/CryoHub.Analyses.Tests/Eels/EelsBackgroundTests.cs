using CryoHub.Analyses.Eels.Background;
using CryoHub.Analyses.Phantoms;
using CryoHub.Analyses.Spectra;
using CryoHub.Imaging;

namespace CryoHub.Analyses.Tests.Eels;

public sealed class EelsBackgroundTests
{
    private const double Step = 0.5;
    private const double Origin = 200;
    private const int Channels = 300;
    private const double EdgeCounts = 80 * 40; // 80 channels from 284 to 324 eV

    private static readonly EelsBackground Background = new();
    private static readonly EnergyWindow Carbon = new() { From = 284, To = 324, Name = "C K", BackgroundFrom = 220, BackgroundTo = 278 };

    [Theory]
    [InlineData(BackgroundShape.PowerLaw, BackgroundEstimator.MaximumLikelihood, 1e-5)]
    [InlineData(BackgroundShape.PowerLaw, BackgroundEstimator.LogLeastSquares, 2e-3)]  // sums of logarithms in float32
    [InlineData(BackgroundShape.PowerLaw, BackgroundEstimator.LeastSquares, 1e-5)]
    [InlineData(BackgroundShape.PowerLaw, BackgroundEstimator.TwoAreas, 0.01)]         // the closed form approximates the halves' middles
    [InlineData(BackgroundShape.Exponential, BackgroundEstimator.MaximumLikelihood, 1e-5)]
    [InlineData(BackgroundShape.Exponential, BackgroundEstimator.TwoAreas, 1e-5)]
    [InlineData(BackgroundShape.Polynomial, BackgroundEstimator.MaximumLikelihood, 1e-4)]
    [InlineData(BackgroundShape.TwoPowerLaws, BackgroundEstimator.MaximumLikelihood, 1e-3)]
    public async Task A_background_of_its_own_shape_leaves_only_the_edge(BackgroundShape shape, BackgroundEstimator fit, double tolerance)
    {
        var counts = Enumerable.Range(0, 2 * 3 * Channels).Select(i => (float)(Smooth(shape, Energy(i)) + Edge(Energy(i)))).ToArray();
        var parameters = new EelsBackgroundParameters { Edges = [Carbon], Shape = shape, Fit = fit, Order = 2, FirstExponent = 2, SecondExponent = 4 };

        var results = await Run.Async(Background, EelsRun.Image(counts, 2, 3, Step, Origin), parameters);

        Assert.All(results.Images["C K: net counts"].Pixels, net => Assert.Equal(EdgeCounts, net, tolerance * 80 * Smooth(shape, 300)));
        var spectra = results.Images["Without background"].Pixels;
        for (var channel = 40; channel < Channels; channel++)
        {
            Assert.Equal(Edge(Energy(channel)), spectra[channel], Math.Max(tolerance, 1e-4) * Smooth(shape, Energy(channel)) * 2);
        }

        Assert.All(spectra.AsSpan(0, 40).ToArray(), count => Assert.Equal(float.NaN, count));   // before the window there is no value
    }

    [Theory]
    [InlineData(BackgroundShape.PowerLaw, BackgroundEstimator.MaximumLikelihood, 1000)]
    [InlineData(BackgroundShape.PowerLaw, BackgroundEstimator.MaximumLikelihood, 5)]
    [InlineData(BackgroundShape.PowerLaw, BackgroundEstimator.LogLeastSquares, 1000)]
    [InlineData(BackgroundShape.PowerLaw, BackgroundEstimator.LeastSquares, 1000)]
    [InlineData(BackgroundShape.PowerLaw, BackgroundEstimator.TwoAreas, 1000)]
    [InlineData(BackgroundShape.Exponential, BackgroundEstimator.MaximumLikelihood, 200)]
    [InlineData(BackgroundShape.Polynomial, BackgroundEstimator.MaximumLikelihood, 200)]
    [InlineData(BackgroundShape.TwoPowerLaws, BackgroundEstimator.MaximumLikelihood, 1000)]
    public async Task Net_counts_are_unbiased_and_their_uncertainty_is_honest(BackgroundShape shape, BackgroundEstimator fit, double scale)
    {
        const int draws = 2000;
        var noise = new Noise(11);
        var counts = new float[draws * Channels];
        var bias = 0.0;
        for (var i = 0; i < counts.Length; i++)
        {
            counts[i] = noise.Poisson((scale / 1000 * Smooth(shape, Energy(i))) + Edge(Energy(i)));
        }

        var parameters = new EelsBackgroundParameters { Edges = [Carbon], Shape = shape, Fit = fit, Order = 1, FirstExponent = 2, SecondExponent = 4, KeepSpectra = false };
        var results = await Run.Async(Background, EelsRun.Image(counts, 40, 50, Step, Origin), parameters);

        if (fit == BackgroundEstimator.TwoAreas)   // its approximation is a bias of its own, known from the noiseless spectrum
        {
            float[] exact = [.. Enumerable.Range(0, Channels).Select(i => (float)((scale / 1000 * Smooth(shape, Energy(i))) + Edge(Energy(i))))];
            bias = (await Run.Async(Background, EelsRun.Spectrum(exact, Step, Origin), parameters)).Numbers["C K: net counts"].Value - EdgeCounts;
        }

        var net = results.Images["C K: net counts"].Pixels;
        var sigma = results.Images["C K: net counts: uncertainty"].Pixels;
        var pulls = net.Zip(sigma, (value, error) => (value - EdgeCounts - bias) / error).ToArray();
        Assert.InRange(pulls.Average(), -0.2, 0.2);
        Assert.InRange(pulls.Count(pull => Math.Abs(pull) < 1) / (double)draws, 0.60, 0.76);
        Assert.InRange(results.Images["C K: reduced chi-squared"].Pixels.Average(), scale < 100 ? 0.7 : 0.95, 1.1);
    }

    [Fact]
    public async Task Local_averaging_makes_net_counts_surer_and_keeps_them_unbiased()
    {
        var noise = new Noise(12);
        var counts = new float[30 * 30 * Channels];
        for (var i = 0; i < counts.Length; i++)
        {
            var height = 0.05 * (1 + (0.5 * Math.Sin(i / Channels)));   // pixels of different brightness
            counts[i] = noise.Poisson((height * Smooth(BackgroundShape.PowerLaw, Energy(i))) + Edge(Energy(i)));
        }

        var parameters = new EelsBackgroundParameters { Edges = [Carbon], KeepSpectra = false };
        var alone = await Run.Async(Background, EelsRun.Image(counts, 30, 30, Step, Origin), parameters);
        var shared = await Run.Async(Background, EelsRun.Image(counts, 30, 30, Step, Origin), parameters with { LocalAveraging = 2 });

        double Spread(CollectedResults results) => Math.Sqrt(results.Images["C K: net counts"].Pixels.Average(net => Math.Pow(net - EdgeCounts, 2)));
        Assert.InRange(Spread(shared), 0, 0.75 * Spread(alone));
        var pulls = shared.Images["C K: net counts"].Pixels.Zip(shared.Images["C K: net counts: uncertainty"].Pixels, (net, error) => (net - EdgeCounts) / error).ToArray();
        Assert.InRange(pulls.Average(), -0.2, 0.2);
        Assert.InRange(pulls.Count(pull => Math.Abs(pull) < 1) / 900.0, 0.60, 0.76);
    }

    [Fact]
    public async Task A_sequence_of_edges_takes_each_background_from_its_own_window_on()
    {
        // Lithium on the tail of a plasmon, carbon far above: the tail falls exponentially, so each edge has the height of its own.
        const int channels = 700;
        float[] counts = [.. Enumerable.Range(0, channels).Select(i =>
        {
            var energy = 40 + (0.5 * i);
            return (float)((1e6 * Math.Exp(-energy / 12)) + (energy is >= 55 and < 75 ? 5e3 : 0) + (energy >= 284 ? 230 : 30));
        })];
        var parameters = new EelsBackgroundParameters
        {
            Edges = [new EnergyWindow { From = 284, To = 330, Name = "C K", BackgroundFrom = 230, BackgroundTo = 280 }, new EnergyWindow { From = 55, To = 75, Name = "Li K", BackgroundFrom = 41, BackgroundTo = 53, AfterFrom = 76, AfterTo = 90 }],
            Shape = BackgroundShape.Exponential,
        };

        var results = await Run.Async(Background, EelsRun.Spectrum(counts, 0.5, 40), parameters);

        Assert.Equal(40 * 5e3, results.Numbers["Li K: net counts"].Value, 0.02 * 40 * 5e3);   // the constant is not in the model
        Assert.Equal(92 * 200, results.Numbers["C K: net counts"].Value, 0.005 * 92 * 200);
        var net = results.Curves["Without background"].Y;
        Assert.Equal(200, net[^1], 1);
        Assert.InRange(net[50], 4700, 5300);
        Assert.Equal(["Li K", "C K"], results.Tables["Edges"][0].Values);   // by energy
    }

    [Fact]
    public async Task HyperSpy_finds_the_same()
    {
        var noise = new Noise(13);
        var counts = Enumerable.Range(0, 2 * 3 * Channels).Select(i => (float)noise.Poisson(Smooth(BackgroundShape.PowerLaw, Energy(i)) + Edge(Energy(i)))).ToArray();
        const string script = """
            def background(kind, **how):
                return s.data - s.remove_background(signal_range=(220., 278.), background_type=kind, show_progressbar=False, **how).data
            two = hs.model.components1D.PowerLaw()
            s.axes_manager[-1].offset -= 0.25   # it takes the middle of a channel for its edge
            r = two.estimate_parameters(s, 219.75, 277.75, out=True)[1]
            s.axes_manager[-1].offset += 0.25
            out = dict(power=background("PowerLaw", fast=False), line=background("Polynomial", polynomial_order=1, fast=False), r=r)
            """;
        var theirs = await HyperSpy.AskAsync(script, counts, 2, 3, Step, Origin);

        async Task<double[]> OursAsync(BackgroundShape shape)
        {
            var parameters = new EelsBackgroundParameters { Edges = [Carbon with { BackgroundTo = 278.5 }], Shape = shape, Fit = BackgroundEstimator.LeastSquares };   // its range includes its end
            var net = (await Run.Async(Background, EelsRun.Image(counts, 2, 3, Step, Origin), parameters)).Images["Without background"].Pixels;
            return [.. net.Select((value, i) => (double)counts[i] - value)];
        }

        foreach (var (name, shape) in new[] { ("power", BackgroundShape.PowerLaw), ("line", BackgroundShape.Polynomial) })
        {
            var ours = await OursAsync(shape);
            Assert.All(Enumerable.Range(0, counts.Length).Where(i => i % Channels >= 40), i => Assert.Equal(theirs[name][i], ours[i], 1e-4 * Math.Max(Math.Abs(theirs[name][i]), 1)));   // the line crosses zero
        }

        var areas = await Run.Async(Background, EelsRun.Image(counts, 2, 3, Step, Origin), new EelsBackgroundParameters { Edges = [Carbon], Fit = BackgroundEstimator.TwoAreas });
        Assert.Equal(theirs["r"], areas.Images["C K: exponent r"].Pixels.Select(r => (double)r), (a, b) => Math.Abs(a - b) < 1e-4 * a);
    }

    /// <summary>Titanium and oxygen edges of a real strontium titanate spectrum: white lines at 456.3 and 461.5 eV, oxygen near 532 eV.</summary>
    [Fact]
    public async Task The_edges_of_a_real_spectrum_stand_above_their_backgrounds()
    {
        var parameters = new EelsBackgroundParameters
        {
            Edges = [new EnergyWindow { From = 453, To = 475, Name = "Ti L", BackgroundFrom = 400, BackgroundTo = 448 }, new EnergyWindow { From = 528, To = 560, Name = "O K", BackgroundFrom = 490, BackgroundTo = 524 }],
        };

        var results = await Run.Async(Background, await EelsRun.RealAsync("dm3/EELS_STO.dm3"), parameters);

        var (x, net, _, _, _) = results.Curves["Ti L: net"];
        var lines = Enumerable.Range(1, net.Length - 2).Where(i => x[i] is > 453 and < 465 && net[i] > net[i - 1] && net[i] >= net[i + 1] && net[i] > 0.5 * net.Max()).Select(i => x[i]).ToArray();
        Assert.Contains(lines, energy => Math.Abs(energy - 456.3) <= 0.5);
        Assert.Contains(lines, energy => Math.Abs(energy - 461.5) <= 0.5);
        Assert.All(new[] { "Ti L", "O K" }, name => Assert.True(results.Numbers[$"{name}: net counts"].Value > 20 * results.Numbers[$"{name}: net counts"].Uncertainty));
    }

    [Fact]
    public async Task Pixels_without_a_fit_have_no_value_and_bad_input_is_refused_with_the_numbers()
    {
        var counts = Enumerable.Range(0, 2 * 2 * Channels).Select(i => i / Channels == 1 ? 0f : i / Channels == 2 ? float.NaN : (float)Smooth(BackgroundShape.PowerLaw, Energy(i))).ToArray();
        var results = await Run.Async(Background, EelsRun.Image(counts, 2, 2, Step, Origin), new EelsBackgroundParameters { Edges = [Carbon], Region = new Region { Width = 1, Height = 1 } });
        Assert.Equal([false, true, true, false], results.Images["C K: net counts"].Pixels.Select(float.IsNaN));
        Assert.Equal([false, true, true, false], Enumerable.Range(0, 4).Select(pixel => float.IsNaN(results.Images["Without background"].Pixels[(pixel * Channels) + 200])));
        Assert.Contains(results.Warnings, warning => warning.StartsWith("C K: 2 of 4 pixels have no value", StringComparison.Ordinal));

        Task<string> Of(EnergyWindow edge, EelsBackgroundParameters? with = null) => Run.ProblemAsync(Background, EelsRun.Image(counts, 2, 2, Step, Origin), (with ?? new EelsBackgroundParameters()) with { Edges = [edge] });
        Assert.Contains("lies outside the spectrum, which covers 200 to 349.5 eV", await Of(Carbon with { From = 400, To = 500 }), StringComparison.Ordinal);
        Assert.Equal("The background window 219.75 to 289.75 eV overlaps the edge C K, 283.75 to 323.75 eV.", await Of(Carbon with { BackgroundTo = 290 }));
        Assert.Equal("The background of C K has 2 parameters; its windows hold 2 channels, at least 3 are needed.", await Of(Carbon with { BackgroundFrom = 277 }));
        Assert.Contains("There is no room for a background window before", await Of(new EnergyWindow { From = 203, To = 230 }), StringComparison.Ordinal);
        Assert.Contains("Two areas are the halves of one window", await Of(Carbon with { AfterFrom = 330, AfterTo = 340 }, new EelsBackgroundParameters { Fit = BackgroundEstimator.TwoAreas }), StringComparison.Ordinal);
        Assert.Contains("Two power laws need two exponents", await Of(Carbon, new EelsBackgroundParameters { Shape = BackgroundShape.TwoPowerLaws, FirstExponent = 3, SecondExponent = 3 }), StringComparison.Ordinal);
        Assert.Contains("A power law needs energies above zero", await Run.ProblemAsync(Background, EelsRun.Image(counts, 2, 2, Step, -50), new EelsBackgroundParameters { Edges = [new EnergyWindow { From = 20, To = 40, BackgroundFrom = -10, BackgroundTo = 15 }] }), StringComparison.Ordinal);
    }

    private static double Energy(int index) => Origin + (Step * (index % Channels));

    private static double Edge(double energy) => energy is >= 284 and < 324 ? EdgeCounts / 80 : 0;

    /// <summary>About a thousand counts a channel at the start.</summary>
    private static double Smooth(BackgroundShape shape, double energy) => shape switch
    {
        BackgroundShape.PowerLaw => 1000 * Math.Pow(energy / Origin, -2.8),
        BackgroundShape.Exponential => 1000 * Math.Exp(-(energy - Origin) / 90),
        BackgroundShape.Polynomial => 1000 - (3 * (energy - Origin)),
        _ => (600 * Math.Pow(energy / Origin, -2)) + (400 * Math.Pow(energy / Origin, -4)),
    };
}
