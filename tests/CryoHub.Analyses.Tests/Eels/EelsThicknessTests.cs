using CryoHub.Analyses.Eels;
using CryoHub.Analyses.Eels.Thickness;
using CryoHub.Imaging;

namespace CryoHub.Analyses.Tests.Eels;

public sealed class EelsThicknessTests
{
    private const double Step = 0.25;
    private const double Origin = -20;
    private const int Channels = 560;

    private static readonly EelsThickness Thickness = new();

    [Theory]
    [InlineData(0.2, ElasticEstimate.Truncation)]
    [InlineData(0.5, ElasticEstimate.Truncation)]
    [InlineData(1.5, ElasticEstimate.Truncation)]
    [InlineData(0.2, ElasticEstimate.Mirror)]
    [InlineData(1.5, ElasticEstimate.Mirror)]
    public async Task The_relative_thickness_of_a_plasmon_series_comes_back_within_a_hundredth(double truth, ElasticEstimate elastic)
    {
        // A narrow plasmon at 20 eV leaves the zero loss alone; its convolutions fill the range of 120 eV.
        var low = new LowLoss(Channels, Step, Origin, truth, plasmon: 20, width: 2, fwhm: 0.8, zeroLoss: 1e7);
        var counts = new[] { 0, 0.6, -0.9 }.SelectMany(shift => low.Expected(shift)).Select(count => (float)count).ToArray();

        var results = await Run.Async(Thickness, EelsRun.Image(counts, 1, 3, Step, Origin), new EelsThicknessParameters { Elastic = elastic });

        Assert.All(results.Images["t/lambda"].Pixels, value => Assert.Equal(truth, value, 0.01 * truth));
    }

    [Fact]
    public async Task The_uncertainty_is_honest()
    {
        var low = new LowLoss(Channels, Step, Origin, 0.8, plasmon: 20, width: 2, fwhm: 0.8, zeroLoss: 5000);
        var expected = low.Expected();
        var counts = Enumerable.Range(0, 500).SelectMany(seed => LowLoss.Draw(expected, seed)).ToArray();
        foreach (var elastic in Enum.GetValues<ElasticEstimate>())
        {
            var parameters = new EelsThicknessParameters { Elastic = elastic, Threshold = 5 };
            var truth = (await Run.Async(Thickness, EelsRun.Spectrum([.. expected.Select(count => (float)count)], Step, Origin), parameters)).Numbers["t/lambda"].Value;

            var results = await Run.Async(Thickness, EelsRun.Image(counts, 20, 25, Step, Origin), parameters);

            var inside = results.Images["t/lambda"].Pixels.Zip(results.Images["t/lambda: uncertainty"].Pixels, (value, sigma) => Math.Abs(value - truth) < sigma ? 1.0 : 0).Average();
            Assert.InRange(inside, 0.60, 0.76);
        }
    }

    /// <summary>Calculated with other software for 300 and 200 kV (convergence below collection, which is all that counts).</summary>
    [Theory]
    [InlineData(0.533, 300, 20, 274.1)]
    [InlineData(0.533, 200, 20, 228.0)]
    [InlineData(2.638, 300, 20, 184.0)]
    [InlineData(19.3, 200, 20, 94.8)]
    public void The_mean_free_path_of_Iakoubovskii_is_that_of_the_literature(double density, double energy, double collection, double expected) =>
        Assert.Equal(expected, MeanFreePath.Iakoubovskii(Conditions(energy, collection), density), 0.05);

    /// <summary>As above, for collection semi-angles of 10 mrad.</summary>
    [Theory]
    [InlineData("Li", 300, 230.5)]
    [InlineData("Li2O", 200, 169.7)]
    [InlineData("LiF", 300, 182.7)]
    [InlineData("Li2CO3", 300, 184.5)]
    [InlineData("ZnF2", 200, 116.9)]
    [InlineData("Au", 200, 76.1)]
    public void The_mean_free_path_of_Malis_is_that_of_the_literature(string formula, double energy, double expected) =>
        Assert.Equal(expected, MeanFreePath.Malis(Conditions(energy, 10), MeanFreePath.EffectiveZ(formula)), 0.05);

    [Fact]
    public async Task HyperSpy_finds_the_same()
    {
        var low = new LowLoss(Channels, Step, Origin, 0.7);
        var counts = Enumerable.Range(0, 6).SelectMany(seed => LowLoss.Draw(low.Expected(), seed)).ToArray();
        var theirs = await HyperSpy.AskAsync("out = dict(relative=s.estimate_thickness(threshold=4.2).data, nm=s.estimate_thickness(threshold=4.2, density=2.1).data)", counts, 2, 3, Step, Origin);

        var ours = await Run.Async(Thickness, EelsRun.Image(counts, 2, 3, Step, Origin), new EelsThicknessParameters { Threshold = 4.2, FollowPeak = false, Model = ThicknessModel.Iakoubovskii, Density = 2.1 });

        Assert.Equal(theirs["relative"], ours.Images["t/lambda"].Pixels.Select(value => (double)value), (a, b) => Math.Abs(a - b) < 1e-4 * a);
        Assert.Equal(theirs["nm"], ours.Images["Thickness (Iakoubovskii)"].Pixels.Select(value => (double)value), (a, b) => Math.Abs(a - b) < 1e-4 * a);
    }

    /// <summary>
    /// Simulated by others with thickness growing along the line; their own zero-loss spectra give the truth: ln(all / zero loss) with all counts of both files.
    /// </summary>
    [Fact]
    public async Task A_line_of_others_grows_as_its_own_zero_loss_says()
    {
        var line = await EelsRun.RealAsync("hspy/EELS_LL_linescan_simulated_thickness_variation.hspy");
        var zero = await EelsRun.RealAsync("hspy/EELS_ZLP_linescan_simulated_thickness_variation.hspy");
        var (all, elastic) = (await SumsAsync(line), await SumsAsync(zero));

        var results = await Run.Async(Thickness, line, new EelsThicknessParameters { Elastic = ElasticEstimate.Mirror });

        var found = results.Curves["t/lambda"].Y;
        Assert.Equal(all.Length, found.Length);
        for (var i = 0; i < all.Length; i++)
        {
            var truth = Math.Log(all[i] / elastic[i]);
            Assert.Equal(truth, found[i], Math.Max(0.02, 0.02 * truth));   // its wide zero loss and the losses overlap
        }
    }

    [Fact]
    public async Task Pixels_without_counts_have_no_value_and_what_is_missing_is_named()
    {
        var low = new LowLoss(Channels, Step, Origin, 0.7);
        float[] counts = [.. low.Expected().Select(count => (float)count), .. new float[Channels]];
        var signal = EelsRun.Image(counts, 1, 2, Step, Origin);
        var results = await Run.Async(Thickness, signal, new EelsThicknessParameters());
        Assert.Equal([false, true], results.Images["t/lambda"].Pixels.Select(float.IsNaN));
        Assert.Contains(results.Warnings, warning => warning.StartsWith("1 of 2 pixels have no value", StringComparison.Ordinal));

        var bare = new ArraySignal(signal.Header with { Metadata = AcquisitionMetadata.None }, new byte[counts.Length * sizeof(float)]);
        Assert.Equal("Thickness (log-ratio) needs the beam energy; \"test\" does not state it: give it in keV with the parameter \"beamEnergy\".", await Run.ProblemAsync(Thickness, bare, new EelsThicknessParameters { Model = ThicknessModel.Malis, EffectiveZ = 6 }));
        Assert.Contains("the convergence semi-angle", await Run.ProblemAsync(Thickness, bare, new EelsThicknessParameters { Model = ThicknessModel.Iakoubovskii, Density = 2, BeamEnergy = 200 }), StringComparison.Ordinal);
        Assert.Contains("the collection semi-angle", await Run.ProblemAsync(Thickness, bare, new EelsThicknessParameters { Model = ThicknessModel.Iakoubovskii, Density = 2, BeamEnergy = 200, Convergence = 8 }), StringComparison.Ordinal);
        Assert.Contains("needs the density", await Run.ProblemAsync(Thickness, signal, new EelsThicknessParameters { Model = ThicknessModel.Iakoubovskii }), StringComparison.Ordinal);
        Assert.Contains("\"Xq2\" is no chemical formula at \"Xq\"", await Run.ProblemAsync(Thickness, signal, new EelsThicknessParameters { Model = ThicknessModel.Malis, Formula = "Xq2" }), StringComparison.Ordinal);
        Assert.Contains("lies above the spectrum, which covers -20 to 119.75 eV", await Run.ProblemAsync(Thickness, signal, new EelsThicknessParameters { Threshold = 500 }), StringComparison.Ordinal);
        Assert.Contains("falls all the way", await Run.ProblemAsync(Thickness, EelsRun.Spectrum([.. Enumerable.Range(0, Channels).Select(i => (float)(1e5 / (1 + Math.Pow((i - 80) / 4.0, 2))))], Step, Origin), new EelsThicknessParameters()), StringComparison.Ordinal);
    }

    private static EelsConditions Conditions(double energy, double collection) =>
        new("Test", new SignalHeader("", SignalKind.Spectrum, PixelType.Float32, [], AcquisitionMetadata.None, MetadataTree.Empty), energy, 1, collection);

    private static async Task<double[]> SumsAsync(ISignal line)
    {
        var counts = new float[line.Header.FramePixels];
        await line.ReadAsync(0, counts, TestContext.Current.CancellationToken);
        var channels = (int)line.Header.Axes[^1].Size;
        return [.. Enumerable.Range(0, counts.Length / channels).Select(i => counts.Skip(i * channels).Take(channels).Sum(count => (double)count))];
    }
}
