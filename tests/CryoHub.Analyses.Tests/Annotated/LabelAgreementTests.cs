using CryoHub.Analyses.Annotated;
using CryoHub.Analyses.Phantoms;
using CryoHub.Analyses.Volumes;
using CryoHub.Imaging;

namespace CryoHub.Analyses.Tests.Annotated;

public sealed class LabelAgreementTests
{
    private const int Width = 90, Height = 70;

    [Fact]
    public async Task Two_discs_agree_as_scikit_learn_and_scipy_say()
    {
        var (a, b) = (Discs(40, 30, 20), Discs(43, 31, 18));
        using var python = new Python();
        python.Give("a", a);
        python.Give("b", b);
        await python.RunAsync(
            """
            from sklearn.metrics import cohen_kappa_score
            from scipy import ndimage as nd
            a, b = (give(n, np.float32, 70, 90).astype(int) for n in "ab")
            out = [cohen_kappa_score(a.ravel(), b.ravel())]
            cross = nd.generate_binary_structure(2, 1)
            edge = lambda m: m & ~nd.binary_erosion(m, cross, border_value=1)
            for k in (0, 1, 2):
                x, y = a == k, b == k
                d = np.concatenate([nd.distance_transform_edt(~edge(y))[edge(x)], nd.distance_transform_edt(~edge(x))[edge(y)]]) * 0.5
                out += [2 * (x & y).sum() / (x.sum() + y.sum()), (x & y).sum() / (x | y).sum(), d.mean(), np.percentile(d, 95)]
            take("out", np.array(out))
            """);
        var expected = python.Take<double>("out");
        var found = await OfAsync(new LabelAgreementParameters(), a, b);
        Assert.Equal(expected[0], found.Numbers["Cohen's kappa"].Value, 1e-12);
        foreach (var (name, k) in new[] { ("without label", 0), ("class 1", 1), ("class 2", 2) })
        {
            Assert.Equal(expected[1 + (4 * k)], found.Numbers[$"Dice, {name}"].Value, 1e-12);
            Assert.Equal(expected[2 + (4 * k)], found.Numbers[$"Jaccard, {name}"].Value, 1e-12);
            Assert.Equal(expected[3 + (4 * k)], found.Numbers[$"Boundary distance, mean, {name}"].Value, 1e-6);
            Assert.Equal(expected[4 + (4 * k)], found.Numbers[$"Boundary distance, 95 %, {name}"].Value, 1e-6);
            Assert.True(found.Numbers[$"Dice, {name}"].Uncertainty > 0);
        }

        Assert.Equal("nm", found.Numbers["Boundary distance, mean, class 1"].Unit);
        Assert.Equal(a.Zip(b, (x, y) => x == y ? 0f : 0.5f), found.Images["Disagreement"].Pixels);
    }

    [Fact]
    public async Task STAPLE_finds_out_who_is_good_and_follows_him_against_the_majority()
    {
        var truth = Discs(40, 30, 20);
        var noise = new Noise(4);
        float[] Annotator(double right) => [.. truth.Select(label => noise.Between(0, 1) < right ? label : (float)Math.Floor(noise.Between(0, 3)))];
        var rights = new[] { 0.97, 0.5, 0.5 };
        var found = await OfAsync(new LabelAgreementParameters(), [.. rights.Select(Annotator)]);
        double Share(string name) => found.Images[name].Pixels.Zip(truth, (x, y) => x == y).Count(same => same) / (double)truth.Length;
        Assert.True(Share("Consensus (STAPLE)") > Share("Consensus (majority)") + 0.05, $"{Share("Consensus (STAPLE)")} and {Share("Consensus (majority)")}");
        Assert.InRange(Share("Consensus (STAPLE)"), 0.97, 1);
        var table = found.Tables["Annotators by STAPLE"];
        for (var j = 0; j < rights.Length; j++)
        {
            // Right by knowledge, or by one guess in three; some hundred pixels of the smallest class.
            Assert.Equal(rights[j] + ((1 - rights[j]) / 3), (double)table[1].Values[j], 0.02);
            Assert.Equal(rights[j] + ((1 - rights[j]) / 3), (double)table[2].Values[j], 0.05);
        }
    }

    [Fact]
    public async Task Equal_labels_agree_fully_and_what_is_left_out_is_not_compared()
    {
        var a = Discs(40, 30, 20);
        var same = await OfAsync(new LabelAgreementParameters(), a, a, a);
        Assert.Equal(1, same.Numbers["Cohen's kappa"].Value, 12);
        Assert.Equal(0, same.Numbers["Boundary distance, 95 %, class 1"].Value);
        Assert.Equal(a, same.Images["Consensus (majority)"].Pixels);
        var sparse = await OfAsync(new LabelAgreementParameters { LeaveOut = 0 }, a, Discs(43, 31, 18));
        Assert.DoesNotContain("Dice, without label", sparse.Numbers.Keys);
        Assert.True(float.IsNaN(sparse.Images["Disagreement"].Pixels[0]));
    }

    [Fact]
    public async Task A_part_is_compared_as_if_the_rest_were_not_there_and_keeps_its_place()
    {
        var (a, b) = (Discs(40, 30, 20), Discs(43, 31, 18));
        var box = new VolumeBox { X = 30, Y = 20, Width = 25, Height = 30, Depth = 1 };
        var part = await OfAsync(new LabelAgreementParameters { Box = box }, a, b);
        var cut = await Run.Async(
            new LabelAgreement(),
            new Dictionary<string, ISignal> { ["labels"] = Cut(a), ["labels-2"] = Cut(b) },
            new LabelAgreementParameters());
        Assert.Equal(cut.Numbers.Keys, part.Numbers.Keys);
        Assert.All(part.Numbers, number => Assert.Equal(cut.Numbers[number.Key], number.Value));
        var consensus = part.Images["Consensus (majority)"];
        Assert.Equal(cut.Images["Consensus (majority)"].Pixels, consensus.Pixels);
        Assert.Equal([20 * 0.5, 30 * 0.5], consensus.Header.Axes.Select(axis => axis.Origin));
        var outside = await Assert.ThrowsAsync<ProblemException>(() => OfAsync(new LabelAgreementParameters { Box = box with { Width = 90 } }, a, b));
        Assert.Contains("lies outside the volume of 90 x 70 x 1", outside.Message, StringComparison.Ordinal);

        ISignal Cut(float[] labels) => Signal([.. Enumerable.Range(0, 30 * 25).Select(i => labels[((20 + (i / 25)) * Width) + 30 + (i % 25)])], 25, 30);
    }

    [Fact]
    public async Task Labels_that_do_not_fit_are_refused_in_words()
    {
        var problem = await Assert.ThrowsAsync<ProblemException>(() => Run.Async(
            new LabelAgreement(), new Dictionary<string, ISignal> { ["labels"] = Signal(Discs(40, 30, 20)), ["labels-2"] = Run.Signal(SignalKind.Image, new float[4], new Axis("y", 2, "", AxisRole.Space), new Axis("x", 2, "", AxisRole.Space)) }, new LabelAgreementParameters()));
        Assert.Contains("70 x 90", problem.Message, StringComparison.Ordinal);
        problem = await Assert.ThrowsAsync<ProblemException>(() => OfAsync(new LabelAgreementParameters(), [.. Enumerable.Range(0, Width * Height).Select(i => (float)i)], Discs(40, 30, 20)));
        Assert.Contains("no classes", problem.Message, StringComparison.Ordinal);
    }

    private static float[] Discs(double x, double y, double radius) =>
        [.. Enumerable.Range(0, Width * Height).Select(i => double.Hypot((i % Width) - x, (i / Width) - y) is var r && r < radius / 2 ? 2f : r < radius ? 1f : 0f)];

    private static ArraySignal Signal(float[] labels, int width = Width, int height = Height) =>
        Run.Signal(SignalKind.Image, labels, new Axis("y", height, "nm", AxisRole.Space, 0.5), new Axis("x", width, "nm", AxisRole.Space, 0.5));

    private static Task<CollectedResults> OfAsync(LabelAgreementParameters parameters, params float[][] labels) =>
        Run.Async(new LabelAgreement(), labels.Select((label, i) => (i, label)).ToDictionary(pair => pair.i == 0 ? "labels" : $"labels-{pair.i + 1}", pair => (ISignal)Signal(pair.label)), parameters);
}
