using CryoHub.Analyses.Eels.References;
using CryoHub.Analyses.Phantoms;
using CryoHub.Imaging;

namespace CryoHub.Analyses.Tests.Eels;

public sealed class EelsReferencesTests
{
    private const int Channels = 160;
    private const double Step = 0.25;
    private const double Origin = 50;

    private static readonly EelsReferences Fit = new();

    /// <summary>Three lithium edges as different as those of the metal, the oxide and the fluoride: 500 draws of one mixture.</summary>
    [Fact]
    public async Task Shares_of_a_mixture_come_back_and_their_uncertainty_is_honest()
    {
        double[] truth = [0.5, 0.3, 0.2];
        var noise = new Noise(41);
        float[] counts = [.. Enumerable.Range(0, 500).SelectMany(_ => Mixture(truth, 1e5).Select(mean => (float)noise.Poisson(mean)))];

        var results = await EelsRun.Async(Fit, new EelsReferencesParameters { Names = ["Li", "Li2O", "LiF"] }, Inputs(EelsRun.Image(counts, 20, 25, Step, Origin)));

        string[] names = ["Li", "Li2O", "LiF"];
        for (var r = 0; r < 3; r++)
        {
            var (share, error) = (results.Images[$"{names[r]}: share"].Pixels, results.Images[$"{names[r]}: share: uncertainty"].Pixels);
            Assert.Equal(truth[r], share.Average(), 3 * error.Average() / Math.Sqrt(500));
            Assert.InRange(share.Zip(error, (value, sigma) => Math.Abs(value - truth[r]) < sigma ? 1.0 : 0).Average(), 0.60, 0.76);
            Assert.Equal(truth[r], results.Numbers[$"{names[r]}: share of the region"].Value, 4 * results.Numbers[$"{names[r]}: share of the region"].Uncertainty!.Value);
        }

        Assert.InRange(results.Images["Residual: reduced chi-squared"].Pixels.Average(), 0.97, 1.03);
    }

    /// <summary>scipy.optimize.nnls of the same numbers, pixel by pixel; some amounts end at zero.</summary>
    [Fact]
    public async Task With_equal_weights_amounts_are_those_of_scipy()
    {
        var noise = new Noise(42);
        float[] counts = [.. Enumerable.Range(0, 12).SelectMany(i => Mixture([0.8, 0.01 * i, 0.1], 2e3).Select(mean => (float)noise.Poisson(mean)))];
        var image = EelsRun.Image(counts, 3, 4, Step, Origin);
        var references = Enumerable.Range(0, 3).Select(Reference).ToArray();

        var results = await EelsRun.Async(Fit, new EelsReferencesParameters { Names = ["a", "b", "c"], Weights = ReferenceWeights.Equal }, Inputs(image));
        var answer = await HyperSpy.AskAsync(
            $"""
            from scipy.optimize import nnls
            A = np.array({Python(references)})
            A = (A / A.sum(1)[:, None]).T
            out = dict(x=[nnls(A, y)[0] for y in s.data.reshape(-1, A.shape[0])])
            """,
            counts, 3, 4, Step, Origin);

        for (var r = 0; r < 3; r++)
        {
            var found = results.Images[$"{"abc"[r]}: counts"].Pixels;
            Assert.All(Enumerable.Range(0, 12), pixel => Assert.Equal(answer["x"][(pixel * 3) + r], found[pixel], 1e-4 * Math.Max(1, answer["x"][(pixel * 3) + r])));
        }

        Assert.Contains(0.0, answer["x"]);
    }

    [Fact]
    public async Task A_map_of_phases_names_pixels_and_leaves_strangers_unnamed()
    {
        var noise = new Noise(43);
        double[][] shares = [[1, 0, 0], [0, 1, 0], [0, 0, 1], [0.7, 0.3, 0], [0.34, 0.33, 0.33]];
        var means = shares.Select(share => Mixture(share, 1e5)).Append([.. Enumerable.Range(0, Channels).Select(channel => 625 * (1 + Math.Sin(channel / 3.0)))]).Append(new double[Channels]).ToArray();
        float[] counts = [.. means.SelectMany(mean => mean.Select(value => (float)noise.Poisson(value)))];

        var results = await EelsRun.Async(Fit, new EelsReferencesParameters { Names = ["Li", "Li2O", "LiF"] }, Inputs(EelsRun.Image(counts, 1, 7, Step, Origin)));

        Assert.Equal([1, 2, 3, 1, 0, 0, float.NaN], results.Images["Phase (number of the reference, 0: none)"].Pixels);
        Assert.True(results.Images["Margin of the phase (sigma)"].Pixels[0] > 50);
        Assert.Equal([2.0, 1.0, 1.0], results.Tables["Phases"].First(column => column.Name == "Pixels").Values.Cast<double>());
        Assert.Contains("2 of 7 pixels are named by no reference", string.Join('\n', results.Warnings), StringComparison.Ordinal);
        Assert.Contains("1 of 7 pixels have no value", string.Join('\n', results.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Spectra_of_a_line_are_references_of_their_own_and_other_axes_are_brought_to_the_signals()
    {
        float[] line = [.. Enumerable.Range(0, 3).SelectMany(r => Enumerable.Range(0, 2 * Channels).Select(i => (float)Shape(r, Origin - 2 + (i * 0.2))))];
        var references = EelsRun.Signal(line, SignalKind.SpectrumLine, new Axis("x", 3, "", AxisRole.Space), new Axis("energy", 2 * Channels, "eV", AxisRole.Energy, 0.2, Origin - 2));
        float[] mixture = [.. Mixture([0.2, 0.5, 0.3], 1e6).Select(mean => (float)mean)];

        var results = await EelsRun.Async(Fit, new EelsReferencesParameters(), ("signal", EelsRun.Spectrum(mixture, Step, Origin)), ("reference", references));

        Assert.Equal(0.2, results.Numbers["test 1: share of the region"].Value, 0.005);   // straight lines between channels of 0.2 eV
        Assert.Equal(0.5, results.Numbers["test 2: share of the region"].Value, 0.005);
        Assert.Equal(0.3, results.Numbers["test 3: share of the region"].Value, 0.005);
    }

    [Fact]
    public async Task A_power_law_background_is_fitted_beside_the_references()
    {
        float[] counts = [.. Mixture([0.2, 0.5, 0.3], 1e5).Select((mean, channel) => (float)(mean + (3000 * Math.Pow((Origin + (Step * channel)) / Origin, -3.4))))];

        var results = await EelsRun.Async(Fit, new EelsReferencesParameters { Names = ["Li", "Li2O", "LiF"], Background = ReferenceBackground.PowerLaws }, Inputs(EelsRun.Spectrum(counts, Step, Origin)));

        Assert.Equal(0.5, results.Numbers["Li2O: share of the region"].Value, 0.005);
        Assert.InRange(results.Numbers["Li2O: counts"].Value, 4.95e4, 5.05e4);
    }

    [Fact]
    public async Task A_real_spectrum_is_itself()
    {
        var titanate = await EelsRun.RealAsync("dm3/EELS_STO.dm3");

        var results = await EelsRun.Async(Fit, new EelsReferencesParameters { Names = ["STO", "TiO"], From = 440, To = 600 }, ("signal", titanate), ("reference", titanate), ("reference-2", await EelsRun.RealAsync("msa/hl.msa")));

        Assert.Equal(1, results.Numbers["STO: share of the region"].Value, 1e-3);
        Assert.Equal(0, results.Numbers["Residual: root mean square over mean"].Value, 1e-3);
    }

    [Fact]
    public async Task Bad_input_is_refused_with_the_numbers()
    {
        var signal = ("signal", (ISignal)EelsRun.Spectrum([.. Mixture([1, 0, 0], 1e4).Select(mean => (float)mean)], Step, Origin));
        var reference = ("reference", (ISignal)EelsRun.Spectrum(Counts(0), Step, Origin));
        Task<string> Of(EelsReferencesParameters parameters, params (string, ISignal)[] inputs) => EelsRun.ProblemAsync(Fit, parameters, inputs);

        Assert.Contains("needs an input \"reference\"", await Of(new EelsReferencesParameters(), signal), StringComparison.Ordinal);
        Assert.Contains("share no energies: the signal covers 50 to 89.8 eV, the references 300 to 339.8 eV", await Of(new EelsReferencesParameters(), signal, ("reference", EelsRun.Spectrum(Counts(0), Step, 300))), StringComparison.Ordinal);
        Assert.Contains("The fitted range 40 to 80 eV reaches beyond what signal and references share, 50 to 89.75 eV", await Of(new EelsReferencesParameters { From = 40, To = 80 }, signal, reference), StringComparison.Ordinal);
        Assert.Contains("The fitted range holds 4 channels", await Of(new EelsReferencesParameters { From = 60, To = 61 }, signal, reference), StringComparison.Ordinal);
        Assert.Contains("The reference \"test\" has 0 counts", await Of(new EelsReferencesParameters(), signal, ("reference", EelsRun.Spectrum(new float[Channels], Step, Origin))), StringComparison.Ordinal);
    }

    private static (string, ISignal)[] Inputs(ISignal signal) =>
        [("signal", signal), .. Enumerable.Range(0, 3).Select(r => (r == 0 ? "reference" : $"reference-{r + 1}", (ISignal)EelsRun.Spectrum(Counts(r), Step, Origin)))];

    /// <summary>An onset and two maxima, different for each reference.</summary>
    private static double Shape(int reference, double energy)
    {
        double[] onsets = [55, 57, 60];
        double[] first = [58, 63, 62];
        double[] second = [72, 76, 70];
        double Line(double at, double width) => Math.Exp(-0.5 * (energy - at) * (energy - at) / (width * width));
        return (1 / (1 + Math.Exp(-(energy - onsets[reference]) / 0.5))) + ((1 + reference) * Line(first[reference], 1.5)) + (1.5 * Line(second[reference], 3)) + 0.05;
    }

    private static double[] Reference(int reference) => [.. Enumerable.Range(0, Channels).Select(channel => (double)(float)Shape(reference, Origin + (Step * channel)))];

    private static float[] Counts(int reference) => [.. Reference(reference).Select(value => (float)value)];

    private static double[] Mixture(double[] shares, double counts)
    {
        var references = Enumerable.Range(0, 3).Select(Reference).ToArray();
        return [.. Enumerable.Range(0, Channels).Select(channel => shares.Select((share, r) => counts * share * references[r][channel] / references[r].Sum()).Sum())];
    }

    private static string Python(double[][] rows) => "[" + string.Join(", ", rows.Select(row => "[" + string.Join(", ", row.Select(value => value.ToString("R", System.Globalization.CultureInfo.InvariantCulture))) + "]")) + "]";
}
