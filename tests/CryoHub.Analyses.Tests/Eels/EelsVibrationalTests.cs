using CryoHub.Analyses.Eels.Vibrational;
using CryoHub.Analyses.Phantoms;
using CryoHub.Imaging;

namespace CryoHub.Analyses.Tests.Eels;

public sealed class EelsVibrationalTests
{
    private const double Step = 0.5;    // meV
    private const double Origin = -40;  // meV
    private const int Channels = 400;   // to 159.5 meV

    private static readonly EelsVibrational Vibrational = new();

    [Fact]
    public async Task A_line_at_20_meV_on_the_tail_is_found_within_a_meV()
    {
        var counts = Draw(Expected(1e5, (20, 5, 400), (61, 6, 60)), 1);

        var results = await Run.Async(Vibrational, EelsRun.Spectrum(counts, Step, Origin, "meV"), new EelsVibrationalParameters());

        Assert.Equal(2, results.Numbers["Peaks found"].Value);
        foreach (var (name, truth) in new[] { ("Peak 1: energy", 20.0), ("Peak 2: energy", 61.0) })
        {
            var (value, unit, error) = results.Numbers[name];
            Assert.Equal("meV", unit);
            Assert.Equal(truth, value, 1.0);
            Assert.InRange(Math.Abs(value - truth), 0, 4 * error!.Value);
        }

        Assert.InRange(results.Numbers["Reduced chi-squared"].Value, 0.7, 1.4);
        Assert.Equal(4, results.Numbers["Width of the zero loss (FWHM)"].Value, 0.4);
    }

    [Fact]
    public async Task A_tail_alone_has_no_peaks()
    {
        for (var seed = 10; seed < 15; seed++)
        {
            var results = await Run.Async(Vibrational, EelsRun.Spectrum(Draw(Expected(1e5), seed), Step, Origin, "meV"), new EelsVibrationalParameters { Threshold = 5 });
            Assert.Equal(0, results.Numbers["Peaks found"].Value);
        }
    }

    [Fact]
    public async Task The_uncertainty_of_a_peak_is_honest()
    {
        var expected = Expected(1e5, (50, 8, 150));
        var (inside, found) = (0, 0);
        for (var seed = 0; seed < 500; seed++)
        {
            var results = await Run.Async(Vibrational, EelsRun.Spectrum(Draw(expected, 100 + seed), Step, Origin, "meV"), new EelsVibrationalParameters { Peaks = 1, From = 25 });
            if (results.Numbers.TryGetValue("Peak 1: energy", out var peak))
            {
                found++;
                inside += Math.Abs(peak.Value - 50) < peak.Uncertainty ? 1 : 0;
            }
        }

        Assert.InRange(found, 495, 500);
        Assert.InRange((double)inside / found, 0.60, 0.76);
    }

    [Fact]
    public async Task Maps_show_where_the_line_is_with_an_honest_uncertainty()
    {
        const int rows = 12;
        const int columns = 20;
        var random = new Random(3);
        var counts = Enumerable.Range(0, rows * columns).SelectMany(pixel =>
            Draw(pixel == 7 ? new double[Channels] : Expected(2e4, 1.5 * random.NextDouble(), (50, 8, pixel % columns < 10 ? 40 : 0)), 1000 + pixel)).ToArray();

        var results = await Run.Async(Vibrational, EelsRun.Image(counts, rows, columns, Step, Origin, "meV"), new EelsVibrationalParameters { From = 25 });

        var name = results.Images.Keys.Single(key => key.StartsWith("Counts of the peak at 5", StringComparison.Ordinal) && key.EndsWith("meV", StringComparison.Ordinal));
        var (map, sigma) = (results.Images[name].Pixels, results.Images[name + ": uncertainty"].Pixels);
        Assert.True(float.IsNaN(map[7]));
        var truth = 40 * 8 * 1.0645 / Step;
        Assert.InRange(map.Count(float.IsNaN), 1, 6);   // pixels shifted further than nearly all others do not reach the end of the range
        double[] pulls = [.. Enumerable.Range(0, map.Length).Where(pixel => !float.IsNaN(map[pixel])).Select(pixel => (map[pixel] - (pixel % columns < 10 ? truth : 0)) / sigma[pixel])];
        Assert.InRange(pulls.Average(), -0.3, 0.3);
        Assert.InRange(pulls.Count(pull => Math.Abs(pull) < 1) / (double)pulls.Length, 0.60, 0.76);
    }

    [Fact]
    public async Task A_measured_zero_loss_takes_the_place_of_a_model()
    {
        float[] zero = [.. Expected(1e8).Select(count => (float)count)];
        var counts = Draw(Expected(1e5, (20, 5, 300)), 4);

        var results = await EelsRun.Async(Vibrational, new EelsVibrationalParameters { Order = 0 }, ("signal", EelsRun.Spectrum(counts, Step, Origin, "meV")), ("zeroloss", EelsRun.Spectrum(zero, Step, Origin, "meV")));

        Assert.Equal(1, results.Numbers["Peaks found"].Value);
        Assert.Equal(20, results.Numbers["Peak 1: energy"].Value, 0.5);
    }

    [Fact]
    public async Task Bad_input_is_refused_with_the_numbers()
    {
        var signal = EelsRun.Spectrum(Draw(Expected(1e5), 5), Step, Origin, "meV");
        Assert.Contains("0 with counts lie between 500 and", await Run.ProblemAsync(Vibrational, signal, new EelsVibrationalParameters { From = 500 }), StringComparison.Ordinal);
        Assert.Contains("A channel is 0.5 meV wide", await Run.ProblemAsync(Vibrational, signal, new EelsVibrationalParameters { From = 50, To = 52 }), StringComparison.Ordinal);
        Assert.Contains("None of the 1 spectra", await Run.ProblemAsync(Vibrational, EelsRun.Spectrum(new float[Channels], Step, Origin, "meV"), new EelsVibrationalParameters()), StringComparison.Ordinal);
        var cut = new float[Channels];
        Draw(Expected(1e5), 6).AsSpan(0, 150).CopyTo(cut);
        Assert.Contains("has no counts", await EelsRun.ProblemAsync(Vibrational, new EelsVibrationalParameters { Order = 0 }, ("signal", signal), ("zeroloss", EelsRun.Spectrum(cut, Step, Origin, "meV"))), StringComparison.Ordinal);
    }

    private static double[] Expected(double height, params (double Energy, double Width, double Height)[] lines) => Expected(height, 0, lines);

    /// <summary>A zero loss 4 meV wide whose tails fall from a Gaussian into E^-2.5, with Gaussian lines.</summary>
    private static double[] Expected(double height, double shift, params (double Energy, double Width, double Height)[] lines) => [.. Enumerable.Range(0, Channels).Select(i =>
    {
        var energy = Origin + (i * Step) - shift;
        var peak = Math.Exp(-4 * Math.Log(2) * energy * energy / 16) + (0.05 * Math.Pow(1 + (energy * energy / 16), -1.25));
        return (height * peak) + lines.Sum(line => line.Height * Math.Exp(-4 * Math.Log(2) * Math.Pow((energy - line.Energy) / line.Width, 2)));
    })];

    private static float[] Draw(double[] expected, int seed)
    {
        var noise = new Noise(seed);
        return [.. expected.Select(mean => (float)noise.Poisson(mean))];
    }
}
