using CryoHub.Analyses.Eels.Align;
using CryoHub.Analyses.Phantoms;
using CryoHub.Imaging;

namespace CryoHub.Analyses.Tests.Eels;

public sealed class EelsAlignTests
{
    private const double Step = 0.25;
    private const double Origin = -20;
    private const int Channels = 256;

    private static readonly EelsAlign Align = new();

    /// <summary>A zero loss of FWHM 5 channels whose highest channel holds 1000 counts: its 5300 counts allow 0.03 channels at best.</summary>
    [Fact]
    public async Task Known_shifts_come_back_within_a_twentieth_of_a_channel_and_their_error_is_honest()
    {
        const int rows = 20;
        const int columns = 25;
        var (counts, truth) = Shifted(rows, columns, 1000 * 5 * 1.0645, 1);

        var results = await Run.Async(Align, EelsRun.Image(counts, rows, columns, Step, Origin), new EelsAlignParameters { Spikes = SpikeAction.Leave });

        var errors = results.Images["Zero-loss position"].Pixels.Zip(truth, (found, expected) => (found - expected) / Step).ToArray();
        Assert.InRange(Math.Sqrt(errors.Average(error => error * error)), 0, 0.05);
        var sigmas = results.Images["Zero-loss position: uncertainty"].Pixels;
        Assert.InRange(errors.Zip(sigmas, (error, sigma) => Math.Abs(error) * Step < sigma ? 1.0 : 0).Average(), 0.60, 0.76);   // 500 draws
        Assert.Equal(5 * Step, results.Images["Zero-loss width (FWHM)"].Pixels.Average(), 0.02);   // crossings on straight lines make a Gaussian 1.5 % wider
    }

    [Fact]
    public async Task The_aligned_image_has_its_zero_loss_at_zero_everywhere_and_no_value_where_nothing_was_measured()
    {
        var (counts, truth) = Shifted(6, 7, 1e6, 2);

        var results = await Run.Async(Align, EelsRun.Image(counts, 6, 7, Step, Origin), new EelsAlignParameters());

        var (header, aligned) = results.Images["Aligned"];
        var again = await Run.Async(Align, EelsRun.Signal(aligned, SignalKind.SpectrumImage, [.. header.Axes]), new EelsAlignParameters { Interpolation = ShiftInterpolation.Linear });
        Assert.All(again.Images["Zero-loss position"].Pixels, position => Assert.Equal(0, position, 0.01));   // cubic interpolation: a few thousandths of a channel
        var median = truth.Order().ElementAt(truth.Length / 2);
        for (var pixel = 0; pixel < truth.Length; pixel++)
        {
            var missing = aligned.AsSpan(pixel * Channels, Channels).ToArray().Count(float.IsNaN);
            Assert.InRange(missing, Math.Floor(Math.Abs(truth[pixel] - median) / Step) - 1, Math.Ceiling(Math.Abs(truth[pixel] - median) / Step) + 1);
        }
    }

    [Fact]
    public async Task Cropping_keeps_what_every_pixel_has()
    {
        var (counts, _) = Shifted(4, 5, 1e5, 3);

        var results = await Run.Async(Align, EelsRun.Image(counts, 4, 5, Step, Origin), new EelsAlignParameters { Crop = true });

        Assert.DoesNotContain(float.NaN, results.Images["Aligned"].Pixels);
        Assert.InRange(results.Images["Aligned"].Header.Axes[2].Size, Channels - 26, Channels - 1);   // shifts of +-3 eV
    }

    [Fact]
    public async Task The_other_side_of_a_dual_pair_moves_with_it()
    {
        var (counts, truth) = Shifted(5, 6, 1e6, 4);
        const double coreStep = 0.5;
        var core = new float[5 * 6 * 300];
        for (var i = 0; i < core.Length; i++)
        {
            var energy = 400 + (coreStep * (i % 300)) - truth[i / 300];
            core[i] = (float)(1e5 * Math.Exp(-Math.Pow((energy - 460) / 4, 2)));
        }

        var results = await EelsRun.Async(Align, new EelsAlignParameters(), ("signal", EelsRun.Image(counts, 5, 6, Step, Origin)), ("core", EelsRun.Image(core, 5, 6, coreStep, 400)));

        var (header, aligned) = results.Images["Aligned core loss"];
        for (var pixel = 0; pixel < 30; pixel++)
        {
            var spectrum = aligned.AsSpan(pixel * 300, 300).ToArray();
            var (sum, moment) = (0.0, 0.0);
            for (var i = 0; i < 300; i++)
            {
                sum += float.IsNaN(spectrum[i]) ? 0 : spectrum[i];
                moment += float.IsNaN(spectrum[i]) ? 0 : spectrum[i] * header.Axes[2].At(i);
            }

            Assert.Equal(460, moment / sum, 0.02);
        }
    }

    [Fact]
    public async Task The_drift_along_a_line_is_found()
    {
        var low = new LowLoss(Channels, Step, Origin, 0.5);
        var counts = Enumerable.Range(0, 40).SelectMany(x => LowLoss.Draw(low.Expected(0.02 * x), x)).ToArray();
        var signal = EelsRun.Signal(counts, SignalKind.SpectrumLine, new Axis("x", 40, "nm", AxisRole.Space, 2), new Axis("energy", Channels, "eV", AxisRole.Energy, Step, Origin));

        var results = await Run.Async(Align, signal, new EelsAlignParameters());

        var (drift, unit, error) = results.Numbers["Drift along the line of a scan"];
        Assert.Equal("eV/px", unit);
        Assert.InRange(Math.Abs(drift - 0.02), 0, 5 * error!.Value);
        Assert.InRange(error.Value, 0, 1e-4);
    }

    [Fact]
    public async Task Spikes_are_found_listed_and_replaced_and_hardly_anything_else_is()
    {
        const int pixels = 30 * 40;
        var low = new LowLoss(Channels, Step, Origin, 0.6, zeroLoss: 2e5);
        var expected = low.Expected();
        var random = new Random(5);
        var counts = Enumerable.Range(0, pixels).SelectMany(pixel => LowLoss.Draw(expected, pixel)).ToArray();
        var planted = new HashSet<int>();
        while (planted.Count < 1e-3 * counts.Length)
        {
            var (pixel, channel) = (random.Next(pixels), random.Next(4, Channels - 4));
            if (Math.Abs(Origin + (channel * Step)) > 4 && planted.Add((pixel * Channels) + channel))
            {
                counts[(pixel * Channels) + channel] += (float)((30 * Math.Sqrt(expected[channel])) + 60);
            }
        }

        var results = await Run.Async(Align, EelsRun.Image(counts, 30, 40, Step, Origin), new EelsAlignParameters { Spikes = SpikeAction.Replace });

        var table = results.Tables["Aligned: spikes"].ToDictionary(column => column.Name, column => column.Values);
        var found = Enumerable.Range(0, table["x"].Count)
            .Select(i => ((((int)(double)table["y"][i] * 40) + (int)(double)table["x"][i]) * Channels) + (int)Math.Round(((double)table["Energy"][i] - Origin) / Step)).ToHashSet();
        Assert.InRange((double)planted.Count(found.Contains) / planted.Count, 0.99, 1);
        Assert.InRange(found.Count(channel => !planted.Contains(channel)), 0, 1e-5 * counts.Length);
        Assert.Equal(found.Count, results.Numbers["Aligned: spikes replaced"].Value);
        var replaced = Enumerable.Range(0, table["x"].Count).Select(i => Math.Abs((double)table["Replaced by"][i] - expected[(int)Math.Round(((double)table["Energy"][i] - Origin) / Step)]) / Math.Sqrt(expected[(int)Math.Round(((double)table["Energy"][i] - Origin) / Step)] + 1));
        Assert.InRange(replaced.Order().ElementAt(found.Count / 2), 0, 2);   // the middle one within its noise
    }

    [Fact]
    public async Task Highest_channels_are_those_of_HyperSpy()
    {
        var (counts, _) = Shifted(4, 6, 1e4, 6);
        var theirs = await HyperSpy.AskAsync("out = dict(centre=s.estimate_zero_loss_peak_centre().data)", counts, 4, 6, Step, Origin);

        var ours = await Run.Async(Align, EelsRun.Image(counts, 4, 6, Step, Origin), new EelsAlignParameters { Centre = ZeroLossCentre.HighestChannel });

        Assert.Equal(theirs["centre"], ours.Images["Zero-loss position"].Pixels.Select(position => (double)position), (a, b) => Math.Abs(a - b) < 1e-4);
    }

    /// <summary>The zero loss of this file lies at -0.13 eV, read off by another program.</summary>
    [Fact]
    public async Task The_zero_loss_of_a_real_file_is_where_others_find_it()
    {
        var results = await Run.Async(Align, await EelsRun.RealAsync("dm3/AL-DFoffset0.00.dm3"), new EelsAlignParameters());

        Assert.Equal(-0.13, results.Numbers["Zero-loss position"].Value, 0.03);   // a channel is 0.02 eV wide
    }

    [Fact]
    public async Task A_plasmon_higher_than_the_zero_loss_of_a_thick_specimen_is_not_taken_for_it()
    {
        var low = new LowLoss(Channels, Step, Origin, 3, fwhm: 1.2, zeroLoss: 1e5, width: 1.5);   // the plasmon's highest channel is above that of the zero loss
        var counts = LowLoss.Draw(low.Expected(0.4), 8);

        var results = await Run.Async(Align, EelsRun.Spectrum(counts, Step, Origin), new EelsAlignParameters());

        Assert.True(counts.AsSpan(120).ToArray().Max() > counts.AsSpan(0, 120).ToArray().Max());
        Assert.Equal(0.4, results.Numbers["Zero-loss position"].Value, 0.05);
    }

    [Fact]
    public async Task A_smooth_spectrum_has_no_spikes()
    {
        var low = new LowLoss(Channels, Step, Origin, 1, zeroLoss: 1e8);
        float[] counts = [.. low.Expected().Select(count => (float)count)];   // without noise every bend is many times the noise

        var results = await Run.Async(Align, EelsRun.Spectrum(counts, Step, Origin), new EelsAlignParameters());

        Assert.Equal(0, results.Numbers["Aligned: spikes found"].Value);
    }

    [Fact]
    public async Task Pixels_without_counts_have_no_value_and_bad_input_is_refused_with_the_numbers()
    {
        var (counts, _) = Shifted(2, 3, 1e5, 7);
        counts.AsSpan(Channels, Channels).Clear();
        var results = await Run.Async(Align, EelsRun.Image(counts, 2, 3, Step, Origin), new EelsAlignParameters());
        Assert.Equal([false, true, false, false, false, false], results.Images["Zero-loss position"].Pixels.Select(float.IsNaN));
        Assert.All(results.Images["Aligned"].Pixels.AsSpan(Channels, Channels).ToArray(), count => Assert.Equal(float.NaN, count));
        Assert.Contains(results.Warnings, warning => warning.StartsWith("1 of 6 pixels have no zero-loss peak", StringComparison.Ordinal));

        Assert.Contains("which covers 350 to 413.75 eV", await Run.ProblemAsync(Align, EelsRun.Image(counts, 2, 3, Step, 350), new EelsAlignParameters()), StringComparison.Ordinal);
        Assert.Contains("states no unit", await Run.ProblemAsync(Align, EelsRun.Image(counts, 2, 3, Step, Origin, ""), new EelsAlignParameters()), StringComparison.Ordinal);
        Assert.Contains("has a step of -0.25 eV", await Run.ProblemAsync(Align, EelsRun.Image(counts, 2, 3, -Step, Origin), new EelsAlignParameters()), StringComparison.Ordinal);
        Assert.Contains("None of the 6 spectra", await Run.ProblemAsync(Align, EelsRun.Image(new float[6 * Channels], 2, 3, Step, Origin), new EelsAlignParameters()), StringComparison.Ordinal);
        Assert.Contains("Both sides of a dual pair need the same pixels", await EelsRun.ProblemAsync(Align, new EelsAlignParameters(), ("signal", EelsRun.Image(counts, 2, 3, Step, Origin)), ("core", EelsRun.Image(counts, 3, 2, Step, Origin))), StringComparison.Ordinal);
        counts.AsSpan(78, 5).Fill(65535);
        Assert.Contains((await Run.Async(Align, EelsRun.Image(counts, 2, 3, Step, Origin), new EelsAlignParameters())).Warnings, warning => warning.Contains("the detector was saturated", StringComparison.Ordinal));
    }

    /// <summary>Zero losses of FWHM 5 channels at random places within 3 eV, with a weak plasmon.</summary>
    private static (float[] Counts, double[] Truth) Shifted(int rows, int columns, double zeroLoss, int seed)
    {
        var low = new LowLoss(Channels, Step, Origin, 0.3, fwhm: 5 * Step, zeroLoss: zeroLoss);
        var random = new Random(seed);
        var truth = Enumerable.Range(0, rows * columns).Select(_ => 3 * ((2 * random.NextDouble()) - 1)).ToArray();
        return ([.. truth.SelectMany((shift, pixel) => LowLoss.Draw(low.Expected(shift), (1000 * seed) + pixel))], truth);
    }
}
