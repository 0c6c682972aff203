using CryoHub.Analyses.Eels.CrossSections;
using CryoHub.Analyses.Eels.Edges;
using CryoHub.Analyses.Eels.Model;
using CryoHub.Analyses.Phantoms;
using CryoHub.Imaging;

namespace CryoHub.Analyses.Tests.Eels;

public sealed class EelsModelTests
{
    private const double Step = 0.5;
    private const double Origin = 220;
    private const int Channels = 1000;
    private const double LowLoss = 2e10;

    private static readonly EelsModel Model = new();
    private static readonly Beam Beam = new(200, 10, 20);   // of EelsRun.Microscope

    /// <summary>Four overlapping edges, each of about 1e5 net counts in its first 50 eV, the background with an exponent of its own in every pixel.</summary>
    [Fact]
    public async Task Composition_of_overlapping_edges_is_right_to_two_per_cent_and_its_uncertainty_is_honest()
    {
        string[] names = ["C K", "N K", "Ti L3", "O K"];
        var noise = new Noise(31);
        var amounts = names.Select(name => 1e5 / Net(Truth((name, 1.0)), name)).ToArray();
        var fractions = amounts.Select(amount => amount / amounts.Sum()).ToArray();
        var counts = new List<float>();
        for (var pixel = 0; pixel < 500; pixel++)
        {
            var truth = new CoreLoss(Origin, Step, Channels).Background(2e4, 2.6 + (0.8 * pixel / 500), Origin);
            foreach (var (name, amount) in names.Zip(amounts))
            {
                truth.Add(Shape(name), amount);
            }

            counts.AddRange(truth.Draw(noise));
        }

        var results = await EelsRun.Async(Model, Edges(names), ("signal", EelsRun.Image([.. counts], 20, 25, Step, Origin)));

        for (var e = 0; e < names.Length; e++)
        {
            var element = names[e].Split(' ')[0];
            var (found, error) = (results.Images[$"{element}: atomic fraction"].Pixels, results.Images[$"{element}: atomic fraction: uncertainty"].Pixels);
            Assert.Equal(fractions[e], found.Average(), 0.003);
            Assert.All(found, fraction => Assert.Equal(fractions[e], fraction, Math.Max(0.02, 4 * error.Max())));
            Assert.InRange(found.Zip(error, (fraction, sigma) => Math.Abs(fraction - fractions[e]) < sigma ? 1.0 : 0).Average(), 0.60, 0.76);
        }

        Assert.InRange(results.Images["Residual: reduced chi-squared"].Pixels.Average(), 0.97, 1.03);
    }

    /// <summary>Edges convolved in the test, channel by channel, with a plasmon series of t/lambda 0.6: the areal densities come back.</summary>
    [Theory]
    [InlineData(LowLossUse.Mean)]
    [InlineData(LowLossUse.EachPixel)]
    public async Task Plural_scattering_is_taken_out_by_the_low_loss(LowLossUse use)
    {
        var low = new float[400];   // -20 to 180 eV in steps of 0.5 eV
        for (var order = 0; order < 6; order++)
        {
            var share = LowLoss * Math.Exp(-0.6) * Math.Pow(0.6, order) / Enumerable.Range(1, order).Aggregate(1.0, (product, n) => product * n);
            for (var i = 0; i < low.Length; i++)
            {
                var at = ((Step * i) - 20 - (22 * order)) / (1 + (2 * order));
                low[i] += (float)(share * Step * Math.Exp(-0.5 * at * at) / (Math.Sqrt(2 * Math.PI) * (1 + (2 * order))));
            }
        }

        var expected = new CoreLoss(Origin, Step, Channels).Background(1e6, 3, Origin).Expected;
        foreach (var (name, atoms) in new[] { ("C K", 40.0), ("O K", 80.0) })
        {
            var edge = EdgeTable.Named(name);
            var barns = new IonisationCrossSection(edge, Beam).Channels(Origin - 200 - (Step / 2), Step, Channels + 440);
            for (var channel = 0; channel < Channels; channel++)
            {
                for (var j = 0; j < low.Length; j++)
                {
                    expected[channel] += 1e-10 * atoms * low[j] * barns[channel + 400 - (j - 40)];
                }
            }
        }

        float[] counts = [.. expected.Select(mean => (float)mean)];
        var results = await EelsRun.Async(
            Model,
            Edges("C K", "O K") with { LowLoss = use, ExposureRatio = 2 },
            ("signal", EelsRun.Image([.. counts, .. counts], 1, 2, Step, Origin)),
            ("low-loss", EelsRun.Image([.. low.Select(count => count / 2), .. low.Select(count => count / 2)], 1, 2, Step, -20)));

        Assert.All(results.Images["C: areal density"].Pixels, atoms => Assert.Equal(40, atoms, 0.05));
        Assert.All(results.Images["O: areal density"].Pixels, atoms => Assert.Equal(80, atoms, 0.1));
        Assert.Equal("atoms/nm^2", results.Images["O: areal density"].Header.ValueUnit);
        Assert.InRange(results.Images["Background: exponent r"].Pixels[0], 2.99, 3.01);
    }

    [Fact]
    public async Task Chemical_shifts_and_white_line_ratios_come_back_with_honest_errors()
    {
        const int pixels = 500;
        var noise = new Noise(33);
        var (counts, shifts, ratios) = (new List<float>(), new double[pixels], new double[pixels]);
        for (var pixel = 0; pixel < pixels; pixel++)
        {
            (shifts[pixel], ratios[pixel]) = (noise.Between(-0.4, 0.4), 1.5);
            var truth = new CoreLoss(400, 0.25, 800).Background(3000, 3, 400).Edge("Ti L3", 60, 1e9, Beam, shifts[pixel]);
            truth.Lines(456 + shifts[pixel], 462 + shifts[pixel], 6e3, ratios[pixel], 0.7);
            counts.AddRange(truth.Draw(noise));
        }

        var results = await EelsRun.Async(Model, Edges("Ti L"), ("signal", EelsRun.Image([.. counts], 20, 25, 0.25, 400)));

        var (shift, error) = (results.Images["Ti L3: chemical shift"].Pixels, results.Images["Ti L3: chemical shift: uncertainty"].Pixels);
        var offset = shift.Average() - shifts.Average();   // relative to the mean edge, which has no shift of its own
        var errors = shift.Select((value, i) => value - offset - shifts[i]).ToArray();
        Assert.InRange(Math.Sqrt(errors.Average(value => value * value)), 0, 0.05);
        Assert.InRange(errors.Zip(error, (value, sigma) => Math.Abs(value) < sigma ? 1.0 : 0).Average(), 0.60, 0.76);
        var (ratio, ratioError) = (results.Images["Ti L3/L2: white-line ratio"].Pixels, results.Images["Ti L3/L2: white-line ratio: uncertainty"].Pixels);
        Assert.InRange(ratio.Average(), 1.47, 1.53);   // the tails of the lines lie a little beyond the windows
        var mean = ratio.Average();
        Assert.InRange(ratio.Zip(ratioError, (value, sigma) => Math.Abs(value - mean) < sigma ? 1.0 : 0).Average(), 0.60, 0.76);
    }

    [Fact]
    public async Task Pixels_without_counts_have_no_value_and_threads_change_no_bit()
    {
        var noise = new Noise(7);
        var truth = Truth(("C K", 4e9), ("O K", 4e9));
        float[] counts = [.. Enumerable.Range(0, 12).SelectMany(i => i == 5 ? new float[Channels] : truth.Draw(noise))];
        counts[(7 * Channels) + 400] = float.NaN;
        counts[(8 * Channels) + 3] = -5;
        var region = new Region { Width = 3, Height = 1 };

        var one = await Run.Async(Model, EelsRun.Image(counts, 4, 3, Step, Origin), Edges("C K", "O K") with { Region = region }, threads: 1);
        var two = await Run.Async(Model, EelsRun.Image(counts, 4, 3, Step, Origin), Edges("C K", "O K") with { Region = region }, threads: 2);

        Assert.Equal(one.Images["O: atomic fraction"].Pixels, two.Images["O: atomic fraction"].Pixels);
        Assert.Equal([5, 7], Enumerable.Range(0, 12).Where(i => float.IsNaN(one.Images["O: relative amount"].Pixels[i])));
        Assert.Contains("2 of 12 pixels have no value", string.Join('\n', one.Warnings), StringComparison.Ordinal);
        Assert.Contains("1 of 12000 channels hold negative counts", string.Join('\n', one.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_element_that_is_absent_stays_at_zero_and_has_an_uncertainty()
    {
        var noise = new Noise(8);
        var truth = Truth(("C K", 4e9));

        var results = await EelsRun.Async(Model, Edges("C K", "N K"), ("signal", EelsRun.Image([.. Enumerable.Range(0, 100).SelectMany(_ => truth.Draw(noise))], 10, 10, Step, Origin)));

        var (nitrogen, error) = (results.Images["N: atomic fraction"].Pixels, results.Images["N: atomic fraction: uncertainty"].Pixels);
        Assert.InRange(nitrogen.Count(value => value == 0), 30, 70);   // half of the noise is below zero
        Assert.All(error, sigma => Assert.True(sigma > 0));
        Assert.All(nitrogen.Zip(error), pair => Assert.InRange(pair.First, 0, 4.5 * pair.Second));
    }

    [Theory]
    [InlineData("dm3/EELS_STO.dm3", "Ti L", "O K")]
    [InlineData("dm4/EELS_SI.dm4", "O K")]
    public async Task Real_spectra_are_modelled(string file, params string[] edges)
    {
        var results = await EelsRun.Async(Model, Edges(edges), ("signal", await EelsRun.RealAsync(file)));

        var spectrum = results.Curves["Spectrum of the region"].Y;
        var (energies, residual) = (results.Curves["Residual of the region"].X, results.Curves["Residual of the region"].Y);
        var fitted = Enumerable.Range(0, spectrum.Length).Where(i => energies[i] > 600 && energies[i] < 800).ToArray();
        Assert.InRange(Math.Sqrt(fitted.Average(i => residual[i] * residual[i])) / fitted.Average(i => spectrum[i]), 0, 0.08);   // EXELFS and noise
    }

    [Fact]
    public async Task Bad_input_is_refused_with_the_numbers()
    {
        var signal = ("signal", (ISignal)EelsRun.Spectrum(Truth(("C K", 4e9)).Exact(), Step, Origin));
        Task<string> Of(EelsModelParameters parameters) => EelsRun.ProblemAsync(Model, parameters, signal);

        Assert.Contains("Fe L3 begins at 743 eV; the spectrum covers 220 to 719.5 eV", await Of(new EelsModelParameters { Edges = [new ModelEdge { Edge = "Fe L", Shift = 35 }] }), StringComparison.Ordinal);
        Assert.Contains("Sn M5 cannot be modelled", await Of(Edges("Sn M5")), StringComparison.Ordinal);
        Assert.Contains("Only 0 fitted channels lie before C K", await Of(Edges("C K") with { From = 300 }), StringComparison.Ordinal);
        Assert.Contains("The window 100 to 719.5 eV lies outside the spectrum", await Of(Edges("C K") with { From = 100 }), StringComparison.Ordinal);
        Assert.Contains("its fine structure of 150 eV is too wide", await Of(new EelsModelParameters { Edges = [new ModelEdge { Edge = "C", FineStructure = 150 }, new ModelEdge { Edge = "N" }] }), StringComparison.Ordinal);
        Assert.Contains("channels are left, at least 7 are needed", await Of(new EelsModelParameters { Edges = [new ModelEdge { Edge = "C" }], From = 279, To = 305 }), StringComparison.Ordinal);
        Assert.Contains("does not fit the region's spectrum (0 counts in", await EelsRun.ProblemAsync(Model, Edges("C K"), ("signal", EelsRun.Spectrum(new float[Channels], Step, Origin))), StringComparison.Ordinal);
        Assert.Contains("must cover the zero-loss peak", await EelsRun.ProblemAsync(Model, Edges("C K"), signal, ("low-loss", EelsRun.Spectrum(new float[100], 1, 5))), StringComparison.Ordinal);
        var bare = Run.Signal(SignalKind.Spectrum, new float[Channels], new Axis("energy", Channels, "eV", AxisRole.Energy, Step, Origin));
        Assert.Contains("The file does not state the beam energy", await Run.ProblemAsync(Model, bare, Edges("N")), StringComparison.Ordinal);
    }

    private static CoreLoss Truth(params (string Name, double LowLoss)[] edges)
    {
        var truth = new CoreLoss(Origin, Step, Channels).Background(2e4, 3, Origin);
        foreach (var (name, lowLoss) in edges)
        {
            truth.Edge(name, 100, lowLoss, Beam);
        }

        return truth;
    }

    private static readonly Dictionary<string, double[]> Shapes = [];

    /// <summary>Counts of an edge of one unit, calculated once.</summary>
    private static double[] Shape(string name)
    {
        if (!Shapes.TryGetValue(name, out var shape))
        {
            Shapes[name] = shape = Truth((name, 1.0)).Edges[0].Counts;
        }

        return shape;
    }

    private static double Net(CoreLoss truth, string name)
    {
        var onset = EdgeTable.Named(name).OnsetEv;
        return truth.Edges.First(edge => edge.Edge == name).Counts.Where((_, channel) => truth.Energy(channel) >= onset && truth.Energy(channel) < onset + 50).Sum();
    }

    private static EelsModelParameters Edges(params string[] names) => new() { Edges = [.. names.Select(name => new ModelEdge { Edge = name })] };
}
