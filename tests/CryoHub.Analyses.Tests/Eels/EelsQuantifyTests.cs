using CryoHub.Analyses.Eels.CrossSections;
using CryoHub.Analyses.Eels.Edges;
using CryoHub.Analyses.Eels.Quantify;
using CryoHub.Analyses.Phantoms;
using CryoHub.Imaging;

namespace CryoHub.Analyses.Tests.Eels;

public sealed class EelsQuantifyTests
{
    private const double Step = 0.5;
    private const double Origin = 130;
    private const int Channels = 900;

    private static readonly EelsQuantify Quantify = new();
    private static readonly Beam Beam = new(200, 10, 20);   // of EelsRun.Microscope

    /// <summary>Boron nitride: 1e5 net counts of nitrogen and 5e5 of boron, cross sections known, so that only background and noise are tested.</summary>
    [Fact]
    public async Task Composition_of_boron_nitride_is_right_to_two_per_cent_and_its_uncertainty_is_honest()
    {
        const int draws = 500;
        var (truth, _) = BoronNitride(0.5);
        var noise = new Noise(21);
        var counts = new List<float>();
        for (var draw = 0; draw < draws; draw++)
        {
            counts.AddRange(truth.Draw(noise));
        }

        var results = await EelsRun.Async(Quantify, Edges("B K", "N K"), ("signal", EelsRun.Image([.. counts], 20, 25, Step, Origin)));

        var (fraction, error) = (results.Images["N: atomic fraction"].Pixels, results.Images["N: atomic fraction: uncertainty"].Pixels);
        Assert.InRange(Net(truth, "N K", 50), 8e4, 1.2e5);
        Assert.InRange(fraction.Average(), 0.49, 0.51);
        Assert.InRange(fraction.Zip(error, (f, sigma) => Math.Abs(f - 0.5) < sigma ? 1.0 : 0).Average(), 0.60, 0.76);
        Assert.All(fraction, f => Assert.Equal(0.5, f, 6 * error.Average()));
        Assert.Equal(0.5, results.Numbers["N: atomic fraction"].Value, 0.01);
    }

    [Fact]
    public async Task Areal_densities_follow_from_the_low_loss()
    {
        var (core, lowLoss) = BoronNitride(0.3);
        var low = new float[200];
        low[20] = (float)(lowLoss / 4);   // all in the zero loss, a quarter of the exposure
        var results = await EelsRun.Async(
            Quantify, Edges("B K", "N K") with { ExposureRatio = 4 }, ("signal", EelsRun.Spectrum(core.Exact(), Step, Origin)), ("low-loss", EelsRun.Spectrum(low, 0.5, -10)));

        Assert.Equal(70, results.Numbers["B: areal density"].Value, 1.5);   // atoms/nm^2, see BoronNitride
        Assert.Equal(30, results.Numbers["N: areal density"].Value, 0.6);
        Assert.Equal("atoms/nm^2", results.Numbers["N: areal density"].Unit);
        Assert.DoesNotContain(results.Warnings, warning => warning.Contains("Without a low-loss input", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Standards_count_atoms_by_their_factors()
    {
        var (truth, _) = BoronNitride(0.5);
        var spectrum = ("signal", (ISignal)EelsRun.Spectrum(truth.Exact(), Step, Origin));
        var (boron, nitrogen) = (Net(truth, "B K", 50), Net(truth, "N K", 50));

        var results = await EelsRun.Async(Quantify, new EelsQuantifyParameters { Edges = [new() { Edge = "B", Factor = 3 / boron }, new() { Edge = "N K", Factor = 1 / nitrogen }] }, spectrum);

        Assert.Equal(0.25, results.Numbers["N: atomic fraction"].Value, 0.01);
        Assert.Contains("given for 1 of 2 edges", await EelsRun.ProblemAsync(Quantify, new EelsQuantifyParameters { Edges = [new() { Edge = "B", Factor = 3 }, new() { Edge = "N K" }] }, spectrum), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_profile_shows_the_composition_along_a_side_with_its_error()
    {
        var noise = new Noise(3);
        float[] counts = [.. Enumerable.Range(0, 4).SelectMany(_ => Enumerable.Range(0, 6).SelectMany(x => BoronNitride(0.1 + (0.15 * x)).Truth.Draw(noise)))];

        var results = await EelsRun.Async(Quantify, Edges("B K", "N K") with { Profile = ProfileDirection.AlongX }, ("signal", EelsRun.Image(counts, 4, 6, Step, Origin)));

        var (_, profile, _, _, error) = results.Curves["N: atomic fraction along x"];
        Assert.Equal(6, profile.Length);
        Assert.All(profile.Select((value, x) => (value, x)), pair => Assert.Equal(0.1 + (0.15 * pair.x), pair.value, 0.01 + (4 * error[pair.x])));
    }

    [Fact]
    public async Task Pixels_without_counts_have_no_value_and_spectra_of_a_line_give_curves()
    {
        var spectrum = BoronNitride(0.5).Truth.Exact();
        float[] counts = [.. spectrum, .. new float[Channels], .. spectrum];

        var image = await EelsRun.Async(Quantify, Edges("B K", "N K"), ("signal", EelsRun.Image(counts, 1, 3, Step, Origin)));
        var line = await EelsRun.Async(
            Quantify, Edges("B K", "N K"), ("signal", EelsRun.Signal(counts, SignalKind.SpectrumLine, new Axis("x", 3, "nm", AxisRole.Space), new Axis("energy", Channels, "eV", AxisRole.Energy, Step, Origin))));

        Assert.Equal([false, true, false], image.Images["N: atomic fraction"].Pixels.Select(float.IsNaN));
        Assert.Contains(image.Warnings, warning => warning.StartsWith("1 of 3 pixels have no composition", StringComparison.Ordinal));
        Assert.Equal(0.5, line.Curves["N: atomic fraction"].Y[2], 0.01);
        Assert.Equal(0.5, image.Numbers["N: atomic fraction"].Value, 0.01);
    }

    [Fact]
    public async Task Bad_input_is_refused_with_the_numbers()
    {
        var signal = ("signal", (ISignal)EelsRun.Spectrum(BoronNitride(0.5).Truth.Exact(), Step, Origin));
        Task<string> Of(params string[] edges) => EelsRun.ProblemAsync(Quantify, Edges(edges), signal);

        Assert.Contains("Fe L3 begins at 708 eV; the spectrum covers 130 to 579.5 eV", await Of("Fe L"), StringComparison.Ordinal);
        Assert.Contains("Sn M5 needs a standard factor k", await Of("Sn M5"), StringComparison.Ordinal);
        Assert.Contains("no edge \"N L3\"; of N it has K 401 eV", await Of("N L3"), StringComparison.Ordinal);
        Assert.Contains("N is asked for by 2 edges", await Of("N K", "N"), StringComparison.Ordinal);
        Assert.Contains("no edges of \"Xx K\"", await Of("Xx K"), StringComparison.Ordinal);
        Assert.Contains("overlaps the edge", await EelsRun.ProblemAsync(Quantify, new EelsQuantifyParameters { Edges = [new() { Edge = "N", BackgroundFrom = 350, BackgroundTo = 420 }] }, signal), StringComparison.Ordinal);
        Assert.Contains("The low loss must cover the zero-loss peak", await EelsRun.ProblemAsync(Quantify, Edges("N"), signal, ("low-loss", EelsRun.Spectrum(new float[100], 1, 5))), StringComparison.Ordinal);
        Assert.Contains("need the same pixels", await EelsRun.ProblemAsync(Quantify, Edges("N"), signal, ("low-loss", EelsRun.Image(new float[400], 2, 2, 1, -10))), StringComparison.Ordinal);
        var bare = Run.Signal(SignalKind.Spectrum, new float[Channels], new Axis("energy", Channels, "eV", AxisRole.Energy, Step, Origin));
        Assert.Contains("The file does not state the beam energy", await Run.ProblemAsync(Quantify, bare, Edges("N")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Negative_and_saturated_counts_are_said()
    {
        var truth = BoronNitride(0.5).Truth.Exact();
        truth[5] = -3;
        var negative = await EelsRun.Async(Quantify, Edges("N"), ("signal", EelsRun.Spectrum(truth, Step, Origin)));
        var words = new ushort[Channels];
        for (var i = 0; i < Channels; i++)
        {
            words[i] = (ushort)Math.Min(ushort.MaxValue, 2 * truth[i < 6 ? 6 : i]);
        }

        var header = new SignalHeader("test", SignalKind.Spectrum, PixelType.UInt16, [new Axis("energy", Channels, "eV", AxisRole.Energy, Step, Origin)], EelsRun.Microscope, MetadataTree.Empty);
        var saturated = await EelsRun.Async(Quantify, Edges("N"), ("signal", new ArraySignal(header, System.Runtime.InteropServices.MemoryMarshal.AsBytes(words.AsSpan()).ToArray())));

        Assert.Contains("1 of 900 channels hold negative counts", string.Join('\n', negative.Warnings), StringComparison.Ordinal);
        Assert.Contains($"{words.Count(word => word == ushort.MaxValue)} of 900 channels hold 65535", string.Join('\n', saturated.Warnings), StringComparison.Ordinal);
    }

    /// <summary>100 atoms/nm^2 with that fraction of nitrogen.</summary>
    private static (CoreLoss Truth, double LowLoss) BoronNitride(double nitrogen)
    {
        const double lowLoss = 1.05e10;
        return (new CoreLoss(Origin, Step, Channels).Background(3e5, 3, Origin).Edge("B K", 100 * (1 - nitrogen), lowLoss, Beam).Edge("N K", 100 * nitrogen, lowLoss, Beam), lowLoss);
    }

    private static double Net(CoreLoss truth, string name, double width)
    {
        var onset = EdgeTable.Named(name).OnsetEv;
        return truth.Edges.First(edge => edge.Edge == name).Counts.Where((_, channel) => truth.Energy(channel) >= onset && truth.Energy(channel) < onset + width).Sum();
    }

    private static EelsQuantifyParameters Edges(params string[] names) => new() { Edges = [.. names.Select(name => new QuantifiedEdge { Edge = name })] };
}
