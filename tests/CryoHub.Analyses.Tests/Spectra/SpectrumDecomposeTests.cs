using CryoHub.Analyses.Phantoms;
using CryoHub.Analyses.Spectra.Decompose;
using CryoHub.Analyses.Tests.Eels;
using CryoHub.Imaging;

namespace CryoHub.Analyses.Tests.Spectra;

public sealed class SpectrumDecomposeTests
{
    private const int Rows = 30;
    private const int Columns = 40;
    private const int Channels = 150;

    private static readonly SpectrumDecompose Decompose = new();

    /// <summary>numpy's double-precision SVD of D / sqrt(a p): shares of all values and the components above the noise agree to 1e-5, with spectra more and fewer than channels.</summary>
    [Theory]
    [InlineData(Rows, Columns)]
    [InlineData(6, 11)]
    public async Task Values_and_components_are_those_of_a_singular_value_decomposition(int rows, int columns)
    {
        var counts = Counts(rows, columns, 3e4, 51);
        var results = await RunAsync(counts, rows, columns, new SpectrumDecomposeParameters { Components = 3 });
        var truth = await HyperSpy.AskAsync(
            """
            D = s.data.reshape(-1, s.data.shape[-1])
            a, b = D.sum(1), D.sum(0)
            U, S, V = np.linalg.svd(D / np.sqrt(a)[:, None] / np.sqrt(b)[None], full_matrices=False)
            out = dict(share=S**2 / (S**2).sum(), c2=V[1] * np.sqrt(b / b.sum()), c3=V[2] * np.sqrt(b / b.sum()), s2=U[:, 1] * S[1] * np.sqrt(a * b.sum()))
            """,
            counts, rows, columns, 1, 100);

        var scree = results.Curves["Scree: share of the sum of squares"].Y;
        Assert.Equal(Math.Min(100, Math.Min(rows * columns, Channels)), scree.Length);
        for (var k = 0; k < Math.Min(scree.Length, 60); k++)
        {
            Assert.Equal(truth["share"][k], scree[k], 1e-5 * truth["share"][k]);
        }

        Assert.All(new[] { 2, 3 }, k => Same(truth[$"c{k}"], results.Curves[$"Component {k}"].Y, 1e-5));
        Same(truth["s2"], [.. results.Images["Component 2: score"].Pixels.Select(value => (double)value)], 1e-5);
    }

    /// <summary>HyperSpy weighs the same way and gives the shares of the variance about zero.</summary>
    [Fact]
    public async Task Shares_are_those_of_HyperSpy()
    {
        var counts = Counts(Rows, Columns, 3e3, 52);
        var results = await RunAsync(counts, Rows, Columns, new SpectrumDecomposeParameters());
        var answer = await HyperSpy.AskAsync(
            """
            s.decomposition(normalize_poissonian_noise=True, print_info=False)
            out = dict(share=s.get_explained_variance_ratio().data)
            """,
            counts, Rows, Columns, 1, 100);

        var scree = results.Curves["Scree: share of the sum of squares"].Y;
        Assert.All(Enumerable.Range(0, 50), k => Assert.Equal(answer["share"][k], scree[k], 1e-4 * answer["share"][k]));
    }

    [Fact]
    public async Task Three_phases_are_three_components_and_the_denoised_signal_is_nearer_the_truth()
    {
        var counts = Counts(Rows, Columns, 1e4, 53);
        var results = await RunAsync(counts, Rows, Columns, new SpectrumDecomposeParameters());

        Assert.Equal(3, results.Numbers["Components suggested"].Value);
        Assert.Equal(3, results.Numbers["Components given"].Value);
        Assert.Equal(1, results.Numbers["Noise over that of counted electrons or X-rays"].Value, 0.02);   // of 180,000 values: 0.17 % a sigma, and what three components take
        Assert.Equal(1, results.Numbers["Residual: reduced chi-squared: mean of 1200 pixels"].Value, 0.03);
        Assert.Empty(results.Warnings);
        var (denoised, truth) = (results.Images["Denoised"].Pixels, Means(Rows, Columns, 1e4));
        double Chi(Func<int, float> value) => Enumerable.Range(0, truth.Length).Average(i => Math.Pow(value(i) - truth[i], 2) / truth[i]);
        var left = results.Numbers["Noise left in the denoised signal"].Value;
        Assert.Equal(left * left, Chi(i => denoised[i]) / Chi(i => counts[i]), 0.15 * left * left);   // 0.0225: 3 (1200 + 150) / 1200 / 150
    }

    /// <summary>The error of a score: repeated noise on one truth, its spread against the sigma that was told.</summary>
    [Fact]
    public async Task Scores_scatter_by_their_uncertainty()
    {
        var results = await RunAsync(Counts(Rows, Columns, 1e4, 54), Rows, Columns, new SpectrumDecomposeParameters());
        var exact = await RunAsync([.. Means(Rows, Columns, 1e4).Select(mean => (float)mean)], Rows, Columns, new SpectrumDecomposeParameters { Components = 3 });

        var sigma = results.Images["Scores: uncertainty"].Pixels;
        foreach (var name in new[] { "Component 2: score", "Component 3: score" })
        {
            var (found, truth) = (results.Images[name].Pixels, exact.Images[name].Pixels);
            var sign = found.Zip(truth, (f, t) => f * t).Sum() < 0 ? -1 : 1;
            Assert.InRange(Enumerable.Range(0, found.Length).Average(i => Math.Abs((sign * found[i]) - truth[i]) < sigma[i] ? 1.0 : 0), 0.60, 0.76);
        }
    }

    /// <summary>A real X-ray map: some hundred values exceed the theory of noise at a dozen counts a pixel, and the scree falls to its floor after a few.</summary>
    [Fact]
    public async Task A_real_map_of_few_counts_has_a_handful_of_components()
    {
        var results = await Run.Async(Decompose, await EelsRun.RealAsync("bruker/0.bcf"), new SpectrumDecomposeParameters { Denoised = false });

        Assert.InRange(results.Numbers["Components suggested"].Value, 3, 6);
        Assert.Contains("exceed what independent noise of one variance gives", string.Join('\n', results.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Weights_change_the_result_and_threads_do_not()
    {
        var counts = Counts(Rows, Columns, 500, 55);
        var signal = EelsRun.Image(counts, Rows, Columns, 1, 100);
        var weighted = await Run.Async(Decompose, signal, new SpectrumDecomposeParameters { Components = 3 }, threads: 2);
        var alone = await Run.Async(Decompose, signal, new SpectrumDecomposeParameters { Components = 3 }, threads: 1);
        var equal = await Run.Async(Decompose, signal, new SpectrumDecomposeParameters { Components = 3, Weights = DecomposeWeights.Equal });

        Assert.Equal(weighted.Images["Denoised"].Pixels, alone.Images["Denoised"].Pixels);
        Assert.Equal(weighted.Curves["Component 3"].Y, alone.Curves["Component 3"].Y);
        Assert.NotEqual(weighted.Images["Denoised"].Pixels, equal.Images["Denoised"].Pixels);
    }

    /// <summary>With equal weights: the usual principal components, numpy's SVD of the data without their mean.</summary>
    [Fact]
    public async Task Equal_weights_give_the_usual_principal_components()
    {
        var counts = Counts(Rows, Columns, 3e4, 56);
        var results = await RunAsync(counts, Rows, Columns, new SpectrumDecomposeParameters { Components = 3, Weights = DecomposeWeights.Equal });
        var truth = await HyperSpy.AskAsync(
            """
            D = s.data.reshape(-1, s.data.shape[-1])
            U, S, V = np.linalg.svd(D - D.mean(0), full_matrices=False)
            out = dict(c2=V[0], c3=V[1], s2=U[:, 0] * S[0])
            """,
            counts, Rows, Columns, 1, 100);

        Assert.All(new[] { 2, 3 }, k => Same(truth[$"c{k}"], results.Curves[$"Component {k}"].Y, 1e-5));
        Same(truth["s2"], [.. results.Images["Component 2: score"].Pixels.Select(value => (double)value)], 1e-5);
    }

    [Fact]
    public async Task Pixels_without_a_value_are_left_out_and_named()
    {
        var counts = Counts(Rows, Columns, 1e4, 57);
        counts[(((2 * Columns) + 5) * Channels) + 7] = float.NaN;
        counts.AsSpan(3 * Channels, Channels).Clear();

        var results = await RunAsync(counts, Rows, Columns, new SpectrumDecomposeParameters());

        Assert.Equal(3, results.Numbers["Components suggested"].Value);
        Assert.Contains("1 of 1200 pixels are left out, as channels of them have no value, the first at x 5, y 2", string.Join('\n', results.Warnings), StringComparison.Ordinal);
        Assert.Contains("1 of 1200 pixels are left out, as they have no counts", string.Join('\n', results.Warnings), StringComparison.Ordinal);
        var score = results.Images["Component 2: score"].Pixels;
        Assert.True(float.IsNaN(score[(2 * Columns) + 5]) && float.IsNaN(score[3]));
        Assert.Equal(2, score.Count(float.IsNaN));
        Assert.True(float.IsNaN(results.Images["Denoised"].Pixels[(((2 * Columns) + 5) * Channels) + 7]));
    }

    [Fact]
    public async Task A_range_of_energies_can_be_chosen()
    {
        var results = await RunAsync(Counts(Rows, Columns, 1e4, 58), Rows, Columns, new SpectrumDecomposeParameters { From = 120, To = 180 });

        Assert.Equal(60, results.Curves["Component 1 (mean)"].X.Length);
        Assert.Equal(120, results.Images["Denoised"].Header.Axes[^1].Origin);
        Assert.Equal(60, results.Images["Denoised"].Header.Axes[^1].Size);
    }

    /// <summary>
    /// scikit-learn's factors of the same weighted counts (its best of 2,000 rounds): ours explain as much to 1e-4 of what both leave, and both phases that are alone somewhere
    /// come out where they are.
    /// </summary>
    [Fact]
    public async Task Non_negative_factors_explain_as_much_as_those_of_scikit_learn()
    {
        var counts = Counts(Rows, Columns, 1e4, 63);
        var results = await RunAsync(counts, Rows, Columns, new SpectrumDecomposeParameters { Method = DecomposeMethod.NonNegative, Components = 3 });
        var answer = await HyperSpy.AskAsync(
            """
            from sklearn.decomposition import NMF
            D = s.data.reshape(-1, s.data.shape[-1])
            a, p = D.sum(1), D.sum(0) / D.sum()
            X = D / np.sqrt(a)[:, None] / np.sqrt(p)[None]
            model = NMF(3, init="nndsvda", max_iter=2000, tol=1e-8)
            W = model.fit_transform(X)
            out = dict(left=((X - W @ model.components_) ** 2).sum())
            """,
            counts, Rows, Columns, 1, 100);

        double[][] spectra = [.. Enumerable.Range(1, 3).Select(k => results.Curves[$"Factor {k}"].Y)];
        float[][] amounts = [.. Enumerable.Range(1, 3).Select(k => results.Images[$"Factor {k}: counts"].Pixels)];
        var share = Sums(counts, Channels, byChannel: true).Select(sum => sum / counts.Sum(count => (double)count)).ToArray();
        var totals = Sums(counts, Channels, byChannel: false);
        var left = Enumerable.Range(0, counts.Length).Sum(i => Math.Pow(counts[i] - Enumerable.Range(0, 3).Sum(k => amounts[k][i / Channels] * spectra[k][i % Channels]), 2) / totals[i / Channels] / share[i % Channels]);
        Assert.InRange(left / answer["left"][0], 0, 1 + 1e-4);
        Assert.All(spectra, spectrum => Assert.Equal(1, spectrum.Sum(), 1e-6));
        Assert.All(spectra, spectrum => Assert.True(spectrum.Min() >= 0));
        Assert.Empty(results.Warnings);
    }

    /// <summary>Edges that lie apart come out one by one: the slopes of a component correlate with those of the edge alone by more than 0.98.</summary>
    [Theory]
    [InlineData(IndependentSide.Spectra)]
    [InlineData(IndependentSide.Maps)]
    public async Task Independent_components_add_up_to_the_principal_ones_and_repeat_by_their_seed(IndependentSide side)
    {
        var counts = Counts(Rows, Columns, 1e5, 64);
        var parameters = new SpectrumDecomposeParameters { Method = DecomposeMethod.Independent, Components = 3, IndependentIn = side, Seed = 5 };
        var results = await RunAsync(counts, Rows, Columns, parameters);
        var again = await RunAsync(counts, Rows, Columns, parameters);

        double[][] spectra = [.. Enumerable.Range(1, 3).Select(k => results.Curves[$"Independent component {k}"].Y)];
        float[][] scores = [.. Enumerable.Range(1, 3).Select(k => results.Images[$"Independent component {k}: score"].Pixels)];
        var denoised = results.Images["Denoised"].Pixels;
        var largest = denoised.Max();
        Assert.All(Enumerable.Range(0, 5000).Select(i => i * 31 % denoised.Length), i => Assert.Equal(denoised[i], Enumerable.Range(0, 3).Sum(k => scores[k][i / Channels] * spectra[k][i % Channels]), 1e-4 * largest));
        Assert.Equal(scores[1], again.Images["Independent component 2: score"].Pixels);
        if (side == IndependentSide.Spectra)
        {
            Assert.All(new[] { 1, 2 }, phase => Assert.InRange(spectra.Max(spectrum => Math.Abs(Correlation(Slope(spectrum), Slope([.. Enumerable.Range(0, Channels).Select(channel => Edge(phase, channel))])))), 0.98, 1));
        }
    }

    /// <summary>Where one phase has most of the counts its pixels are one cluster; the thickness, which doubles across the map, does not matter.</summary>
    [Fact]
    public async Task Clusters_are_the_phases_whatever_the_thickness()
    {
        var noise = new Noise(65);
        var phase = Enumerable.Range(0, Rows * Columns).Select(pixel => pixel % Columns < 8 ? 2 : pixel % Columns < 20 ? 1 : 0).ToArray();
        float[] counts = [.. Enumerable.Range(0, Rows * Columns).SelectMany(pixel => Shape(phase[pixel]).Select(share => (float)noise.Poisson(share * 2000 * (1 + (pixel / Columns / (double)Rows)))))];

        var results = await RunAsync(counts, Rows, Columns, new SpectrumDecomposeParameters { Method = DecomposeMethod.Clusters });

        Assert.Equal(3, results.Numbers["Components suggested"].Value);
        Assert.Equal(phase.Select(value => value + 1f), results.Images["Cluster"].Pixels);   // clusters by their size, phases numbered so
        Assert.Equal([600.0, 360.0, 240.0], results.Tables["Clusters"].First(column => column.Name == "Pixels").Values.Cast<double>());
        var (mean, error) = (results.Curves["Cluster 2: mean spectrum"].Y, results.Curves["Cluster 2: mean spectrum"].Error);
        Assert.InRange(Shape(1).Zip(mean, (truth, value) => truth - value).Zip(error, (miss, sigma) => Math.Abs(miss) < sigma ? 1.0 : 0).Average(), 0.60, 1.0);   // components beside the mean smooth it
        Assert.True(results.Images["Margin of the cluster (sigma)"].Pixels.Min() > 0);
    }

    [Fact]
    public async Task Bad_input_is_refused_with_the_numbers()
    {
        var counts = Counts(4, 5, 1e4, 59);
        counts[9] = -3;
        Task<string> Of(ISignal signal, SpectrumDecomposeParameters parameters) => Run.ProblemAsync(Decompose, signal, parameters);

        Assert.Contains("1 values of \"test\" are negative, the lowest -3", await Of(EelsRun.Image(counts, 4, 5, 1, 100), new SpectrumDecomposeParameters()), StringComparison.Ordinal);
        Assert.Contains("at least 3 spectra with values and 3 channels; there are 2 and 150", await Of(EelsRun.Image(Counts(1, 2, 1e4, 60), 1, 2, 1, 100), new SpectrumDecomposeParameters()), StringComparison.Ordinal);
        Assert.Contains("takes spectrum-image, spectrum-line", await Of(EelsRun.Spectrum(Counts(1, 1, 1e4, 61), 1, 100), new SpectrumDecomposeParameters()), StringComparison.Ordinal);
        Assert.Contains("maps of the 3 components are not independent", await Of(
            EelsRun.Image(Counts(Rows, Columns, 1e4, 66), Rows, Columns, 1, 100),
            new SpectrumDecomposeParameters { Method = DecomposeMethod.Independent, IndependentIn = IndependentSide.Maps, Components = 3, Weights = DecomposeWeights.Equal }), StringComparison.Ordinal);
        Assert.Contains("lies outside the spectrum", await Of(EelsRun.Image(Counts(4, 5, 1e4, 62), 4, 5, 1, 100), new SpectrumDecomposeParameters { From = 50, To = 180 }), StringComparison.Ordinal);
    }

    private static Task<CollectedResults> RunAsync(float[] counts, int rows, int columns, SpectrumDecomposeParameters parameters) =>
        Run.Async(Decompose, EelsRun.Image(counts, rows, columns, 1, 100), parameters);

    private static double[] Slope(double[] spectrum) => [.. Enumerable.Range(1, spectrum.Length - 1).Select(i => spectrum[i] - spectrum[i - 1])];

    private static double Correlation(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum() / Math.Sqrt(a.Sum(x => x * x) * b.Sum(y => y * y));

    private static double[] Sums(float[] counts, int channels, bool byChannel)
    {
        var sums = new double[byChannel ? channels : counts.Length / channels];
        for (var i = 0; i < counts.Length; i++)
        {
            sums[byChannel ? i % channels : i / channels] += counts[i];
        }

        return sums;
    }

    private static float[] Counts(int rows, int columns, double dose, int seed)
    {
        var noise = new Noise(seed);
        return [.. Means(rows, columns, dose).Select(mean => (float)noise.Poisson(mean))];
    }

    /// <summary>A matrix and two phases on it, each pixel with its own thickness: <paramref name="dose"/> counts a pixel on average.</summary>
    private static double[] Means(int rows, int columns, double dose)
    {
        var shapes = Enumerable.Range(0, 3).Select(Shape).ToArray();
        var means = new double[rows * columns * Channels];
        for (var pixel = 0; pixel < rows * columns; pixel++)
        {
            double x = (pixel % columns) / (double)columns, y = (pixel / columns) / (double)rows;
            var second = 0.6 * Math.Exp(-(((x - 0.3) * (x - 0.3)) + ((y - 0.4) * (y - 0.4))) / 0.03);
            var third = 0.4 / (1 + Math.Exp(-(x - 0.7) / 0.03));
            double[] shares = [1 - second - third, second, third];
            for (var channel = 0; channel < Channels; channel++)
            {
                means[(pixel * Channels) + channel] = dose * (0.7 + (0.6 * y)) * shares.Select((share, k) => share * shapes[k][channel]).Sum();
            }
        }

        return means;
    }

    private static double[] Shape(int phase)
    {
        double[] raw = [.. Enumerable.Range(0, Channels).Select(channel => Math.Pow(1 + (channel / 60.0), -2) + Edge(phase, channel))];
        return [.. raw.Select(value => value / raw.Sum())];
    }

    private static double Edge(int phase, int channel)
    {
        double[] onset = [1000, 40, 85];
        var beyond = channel - onset[phase];
        return phase == 0 ? 0 : (0.5 / (1 + Math.Exp(-beyond / 2))) + Math.Exp(-Math.Pow((beyond - 6) / 3, 2));
    }

    /// <summary>Equal but for the sign, within a share of the largest.</summary>
    private static void Same(double[] expected, double[] found, double tolerance)
    {
        var sign = expected.Zip(found, (a, b) => a * b).Sum() < 0 ? -1 : 1;
        var largest = expected.Max(Math.Abs);
        Assert.Equal(expected.Length, found.Length);
        Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First, sign * pair.Second, tolerance * largest));
    }
}
