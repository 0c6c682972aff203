using CryoHub.Analyses.Phantoms;
using CryoHub.Analyses.Spectra;
using CryoHub.Imaging;

namespace CryoHub.Analyses.Tests.Spectra;

public sealed class SpectrumMapTests
{
    private static readonly SpectrumMap Map = new();

    [Fact]
    public async Task Without_background_a_map_is_the_plain_sum_of_its_channels()
    {
        var random = new Random(1);
        var counts = Enumerable.Range(0, 3 * 5 * 40).Select(_ => random.NextSingle()).ToArray();

        var results = await Run.Async(Map, Image(counts, 3, 5, 40, 1, 100), Parameters(BackgroundModel.None, 110, 123));

        var map = results.Images["edge"].Pixels;
        for (var pixel = 0; pixel < map.Length; pixel++)
        {
            Assert.Equal(counts.Skip((pixel * 40) + 10).Take(13).Sum(count => (double)count), map[pixel], 1e-5);
        }
    }

    [Theory]
    [InlineData(PowerLawFit.TwoAreas, 2.0, 0.01)]
    [InlineData(PowerLawFit.TwoAreas, 4.5, 0.01)]
    [InlineData(PowerLawFit.LeastSquares, 1.0, 0.001)]
    [InlineData(PowerLawFit.LeastSquares, 3.3, 0.001)]
    public async Task A_noiseless_power_law_leaves_only_the_edge(PowerLawFit fit, double exponent, double tolerance)
    {
        const int channels = 400;
        var counts = new float[2 * 9 * channels];
        for (var i = 0; i < counts.Length; i++)
        {
            var energy = 200.0 + (0.5 * (i % channels));
            counts[i] = (float)((1e5 * Math.Pow(energy / 200, -exponent)) + (energy >= 284 && energy < 300 ? 7e3 : 0));
        }

        var results = await Run.Async(Map, Image(counts, 2, 9, channels, 0.5, 200), Parameters(BackgroundModel.PowerLaw, 284, 300) with { Fit = fit });

        Assert.All(results.Images["edge"].Pixels, net => Assert.Equal(32 * 7e3, net, tolerance * 32 * 7e3)); // the closed form approximates the halves' middles
        Assert.Equal(exponent, results.Numbers["edge: exponent r"].Value, 0.01 * exponent);
    }

    [Fact]
    public async Task Net_counts_of_the_generated_interphase_are_unbiased_and_their_error_is_honest()
    {
        var truth = new Interphase(3, columns: 24, rows: 20);
        var parameters = new SpectrumMapParameters
        {
            Background = BackgroundModel.PowerLaw,
            Fit = PowerLawFit.LeastSquares,
            Windows = [new EnergyWindow { From = 284, To = 330, Name = "C K", BackgroundFrom = 200, BackgroundTo = 278 }],
        };

        // Lithium's edge below does not fall as the background does: the pre-edge is no pure power law where lithium is, so only the electrolyte's pixels are compared.
        var electrolyte = new Region { X = 20, Y = 0, Width = 4, Height = 20 };
        var results = await Run.Async(Map, truth.SpectrumImage(), parameters with { Region = electrolyte });

        var pixels = Enumerable.Range(0, 20 * 24).Where(i => i % 24 >= 20).ToArray();
        var expected = pixels.Sum(pixel => truth.NetCounts(Interphase.Edges[1], pixel, 284, 330));
        var (net, _, sigma) = results.Numbers["C K: net counts"];
        Assert.InRange(Math.Abs(net - expected), 0, 4 * sigma!.Value);
        Assert.InRange(sigma.Value, 0.001 * expected, 0.1 * expected);
        Assert.Equal(Interphase.Exponent, results.Numbers["C K: exponent r"].Value, 4 * results.Numbers["C K: exponent r"].Uncertainty!.Value);
    }

    [Fact]
    public async Task A_line_between_side_windows_is_exact_for_a_sloping_background_in_keV()
    {
        const int channels = 200;
        var counts = new float[2 * 3 * channels];
        for (var i = 0; i < counts.Length; i++)
        {
            var energy = 10.0 * (i % channels);
            counts[i] = (float)(100 - (0.03 * energy) + (Math.Abs(energy - 500) < 25 ? 40 : 0));
        }

        var signal = Run.Signal(SignalKind.SpectrumImage, counts, new Axis("y", 2, "nm", AxisRole.Space), new Axis("x", 3, "nm", AxisRole.Space), new Axis("energy", channels, "keV", AxisRole.Energy, 0.01));
        var results = await Run.Async(Map, signal, Parameters(BackgroundModel.Linear, 450, 560));

        Assert.All(results.Images["edge"].Pixels, net => Assert.Equal(5 * 40, net, 0.01));
    }

    [Fact]
    public async Task A_pixel_without_a_value_is_NaN_in_the_map_and_never_zero()
    {
        var counts = Enumerable.Repeat(5f, 2 * 2 * 50).ToArray();
        counts[50 + 20] = float.NaN;
        counts.AsSpan(100, 50).Clear(); // nothing to fit a power law to

        var gross = await Run.Async(Map, Image(counts, 2, 2, 50, 1, 100), Parameters(BackgroundModel.None, 115, 125) with { Region = new Region { Y = 1, Width = 2, Height = 1 } });
        var net = await Run.Async(Map, Image(counts, 2, 2, 50, 1, 100), Parameters(BackgroundModel.PowerLaw, 125, 135) with { Region = new Region { X = 1, Y = 1, Width = 1, Height = 1 } });

        Assert.Equal([50, float.NaN, 0, 50], gross.Images["edge"].Pixels);
        Assert.Equal([false, true, true, false], net.Images["edge"].Pixels.Select(float.IsNaN));
        Assert.Contains(net.Warnings, warning => warning.Contains("50 % of the pixels have no value", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_background_that_is_no_power_law_is_called_poor()
    {
        var counts = Enumerable.Range(0, 4 * 4 * 300).Select(i => 1000f + (900 * MathF.Sin(i % 300 / 5f))).ToArray();

        var results = await Run.Async(Map, Image(counts, 4, 4, 300, 1, 100), Parameters(BackgroundModel.PowerLaw, 284, 300));

        Assert.Contains(results.Warnings, warning => warning.Contains("fits poorly in 100 % of the pixels", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Lines_and_single_spectra_give_curves_and_numbers()
    {
        var counts = Enumerable.Repeat(2f, 3 * 20).ToArray();
        var energy = new Axis("energy", 20, "eV", AxisRole.Energy, 1, 100);

        var line = await Run.Async(Map, Run.Signal(SignalKind.SpectrumLine, counts, new Axis("x", 3, "nm", AxisRole.Space, 2), energy), Parameters(BackgroundModel.None, 105, 110));
        var one = await Run.Async(Map, Run.Signal(SignalKind.Spectrum, counts[..20], energy), Parameters(BackgroundModel.None, 105, 110));

        Assert.Equal([10, 10, 10], line.Curves["edge"].Y);
        Assert.Equal(10, one.Numbers["edge: net counts"].Value);
        Assert.Equal(Math.Sqrt(10), one.Numbers["edge: net counts"].Uncertainty!.Value, 1e-5);
    }

    [Fact]
    public async Task One_thread_and_two_give_the_same_bits()
    {
        var signal = new Interphase(1, columns: 16, rows: 12, channels: 400).SpectrumImage();
        var parameters = Parameters(BackgroundModel.PowerLaw, 284, 300);

        var one = await Run.Async(Map, signal, parameters, threads: 1);
        var two = await Run.Async(Map, signal, parameters, threads: 2);

        Assert.Equal(one.Images["edge"].Pixels, two.Images["edge"].Pixels);
        Assert.Equal(one.Numbers, two.Numbers);
    }

    [Fact]
    public async Task Bad_input_is_refused_with_the_numbers()
    {
        var signal = Image(new float[2 * 2 * 513], 2, 2, 513, 1, 30);
        Task<string> Of(double from, double to, BackgroundModel model = BackgroundModel.None) => Run.ProblemAsync(Map, signal, Parameters(model, from, to));

        Assert.Equal("The window 900 to 940 eV lies outside the spectrum, which covers 30 to 542 eV.", await Of(900, 940));
        Assert.Equal("The window 545 to 525 eV is empty.", await Of(545, 525));
        Assert.Equal("The window 100.1 to 100.9 eV holds no channel; a channel is 1 eV wide.", await Of(100.1, 100.9));
        Assert.Contains("A power law needs at least 4 channels", await Of(33, 40, BackgroundModel.PowerLaw), StringComparison.Ordinal);
        Assert.Contains("lies outside the spectrum", await Of(500, 540, BackgroundModel.Linear), StringComparison.Ordinal);
        Assert.Contains("lies outside the picture of 2 x 2 px", await Run.ProblemAsync(Map, signal, Parameters(BackgroundModel.None, 100, 200) with { Region = new Region { X = 2, Width = 1, Height = 1 } }), StringComparison.Ordinal);
        Assert.Contains("is in nm; a spectrum needs an energy", await Run.ProblemAsync(Map, Run.Signal(SignalKind.Spectrum, new float[9], new Axis("x", 9, "nm", AxisRole.Space)), Parameters(BackgroundModel.None, 1, 2)), StringComparison.Ordinal);
        Assert.Contains("has 4 axes: 1 x 1 x 1 x 9", await Run.ProblemAsync(Map, Run.Signal(SignalKind.SpectrumImage, new float[9], [.. "abc".Select(name => new Axis($"{name}", 1, "", AxisRole.Space)), new Axis("energy", 9, "eV", AxisRole.Energy)]), Parameters(BackgroundModel.None, 1, 2)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_calibration_windows_are_channels_and_a_warning_says_so()
    {
        var results = await Run.Async(Map, Run.Signal(SignalKind.Spectrum, Enumerable.Repeat(1f, 20).ToArray(), new Axis("channel", 20, "", AxisRole.Energy, 0.5, 7)), Parameters(BackgroundModel.None, 3, 6));

        Assert.Equal(3, results.Numbers["edge: net counts"].Value);
        Assert.Contains("The energy axis is not calibrated: windows are in channels.", results.Warnings);
    }

    private static SpectrumMapParameters Parameters(BackgroundModel model, double from, double to) => new() { Background = model, Windows = [new EnergyWindow { From = from, To = to, Name = "edge" }] };

    private static ArraySignal Image(float[] counts, int rows, int columns, int channels, double step, double origin) => Run.Signal(
        SignalKind.SpectrumImage, counts, new Axis("y", rows, "nm", AxisRole.Space), new Axis("x", columns, "nm", AxisRole.Space), new Axis("energy", channels, "eV", AxisRole.Energy, step, origin));
}
