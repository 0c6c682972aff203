using System.Text;
using System.Text.Json.Nodes;
using CryoHub.Analyses.Phantoms;
using CryoHub.Analyses.PixelClassifier;
using CryoHub.Analyses.Volumes;
using CryoHub.Imaging;
using CryoHub.Numerics.Volumes;
using Classifier = CryoHub.Analyses.PixelClassifier.PixelClassifier;

namespace CryoHub.Analyses.Tests.Annotated;

public sealed class PixelClassifierTests
{
    private const int Size = 192;

    [Fact]
    public async Task Two_textures_of_the_same_brightness_are_told_apart_from_a_few_strokes()
    {
        var (picture, labels, truth) = Phantom(1, 1);
        var found = await OfAsync(new PixelClassifierParameters(), ("signal", picture), ("labels", labels));
        Assert.InRange(Share(found, truth), 0.95, 1); // within 4 px of the seam, 4 % of the picture, the scales see both textures
        Assert.InRange(found.Numbers["Held-out accuracy"].Value, 0.95, 1);
        Assert.True(found.Numbers["Held-out accuracy"].Uncertainty > 0);
        Assert.InRange(found.Numbers["IoU, class 2"].Value, 0.9, 1);
        Assert.Equal(2, found.Tables["Confusion matrix (rows: labelled, columns: predicted)"][0].Values.Count);
        var probabilities = found.Images["Probability of class 1"].Pixels.Zip(found.Images["Probability of class 2"].Pixels, (a, b) => a + b);
        Assert.All(probabilities, sum => Assert.Equal(1, sum, 5));
        // Where the two textures meet, two of six columns of tiles, it is least sure.
        var places = found.Tables["Annotate here next"];
        Assert.InRange(places[0].Values.Take(4).Count(x => Math.Abs((double)x - (Size / 2)) < 32), 3, 4);
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_bits_whatever_the_threads_and_the_memory()
    {
        var (picture, labels, _) = Phantom(3, 3);
        foreach (var deep in new[] { false, true })
        {
            var parameters = new PixelClassifierParameters { Scales = [1, 2], Trees = 10, ThreeDimensional = deep };
            var one = await OfAsync(parameters, 1, 1L << 30, ("signal", picture), ("labels", labels));
            var other = await OfAsync(parameters, 2, 3L << 20, ("signal", picture), ("labels", labels));
            Assert.Equal(one.Images["Labels"].Pixels, other.Images["Labels"].Pixels);
            Assert.Equal(one.Images["Uncertainty"].Pixels, other.Images["Uncertainty"].Pixels);
            Assert.Equal(one.Files["model.json"], other.Files["model.json"]);
            Assert.NotEqual(one.Files["model.json"], (await OfAsync(parameters with { Seed = 2 }, ("signal", picture), ("labels", labels))).Files["model.json"]);
        }
    }

    [Fact]
    public async Task A_saved_model_predicts_what_it_predicted_and_says_what_it_was_trained_on()
    {
        var (picture, labels, _) = Phantom(1, 5);
        var trained = await OfAsync(new PixelClassifierParameters(), ("signal", picture), ("labels", labels));
        var again = await OfAsync(new PixelClassifierParameters { Scales = [3] }, ("signal", picture), ("model", DocumentSignal.Of("model.json", trained.Files["model.json"], AcquisitionMetadata.None, MetadataTree.Empty)));
        Assert.Equal(trained.Images["Probability of class 2"].Pixels, again.Images["Probability of class 2"].Pixels);
        var record = JsonNode.Parse(trained.Files["model.json"])!["training"]!;
        Assert.Equal(64, ((string)record["sha256"]!).Length);
        Assert.Equal(trained.Numbers["Held-out accuracy"].Value, (double)record["heldOutAccuracy"]!);
        Assert.Equal(trained.Numbers["Training pixels"].Value, (double)record["pixels"]!);
    }

    [Fact]
    public async Task A_region_of_one_frame_shows_what_the_whole_shows_there()
    {
        var (picture, labels, _) = Phantom(2, 7);
        var whole = await OfAsync(new PixelClassifierParameters { Trees = 20 }, ("signal", picture), ("labels", labels));
        var part = await OfAsync(new PixelClassifierParameters { Trees = 20, Frame = 1, Region = new Region { X = 70, Y = 31, Width = 64, Height = 40 } }, ("signal", picture), ("labels", labels));
        for (var i = 0; i < 64 * 40; i++)
        {
            Assert.Equal(whole.Images["Uncertainty"].Pixels[((Size + 31 + (i / 64)) * Size) + 70 + (i % 64)], part.Images["Uncertainty"].Pixels[i]);
        }
    }

    [Fact]
    public async Task Pixels_without_a_value_get_no_probability_and_a_second_picture_teaches_too()
    {
        var (picture, labels, truth) = Phantom(1, 9);
        var (second, secondLabels, _) = Phantom(1, 10);
        var pixels = new float[Size * Size];
        await picture.ReadAsync(0, pixels, TestContext.Current.CancellationToken);
        pixels.AsSpan(0, Size * 4).Fill(float.NaN);
        var holed = Run.Signal(SignalKind.Image, pixels, [.. picture.Header.Axes]);
        var found = await OfAsync(new PixelClassifierParameters(), ("signal", holed), ("labels", labels), ("signal-2", second), ("labels-2", secondLabels));
        Assert.All(found.Images["Probability of class 1"].Pixels.Take(Size * 4), value => Assert.True(float.IsNaN(value)));
        Assert.All(found.Images["Labels"].Pixels.Take(Size * 4), value => Assert.Equal(0, value));
        Assert.Contains(found.Warnings, sentence => sentence.Contains("no value", StringComparison.Ordinal));
        Assert.InRange(found.Images["Labels"].Pixels.Skip(Size * 8).Zip(truth.Skip(Size * 8), (a, b) => a == b).Count(same => same) / (double)(Size * (Size - 8)), 0.95, 1);
    }

    [Fact]
    public async Task What_cannot_be_learned_from_is_refused_in_words()
    {
        var (picture, labels, _) = Phantom(1, 11);
        var empty = Run.Signal(SignalKind.Image, new float[Size * Size], [.. picture.Header.Axes]);
        var small = Run.Signal(SignalKind.Image, new float[100], new Axis("y", 10, "", AxisRole.Space), new Axis("x", 10, "", AxisRole.Space));
        Assert.Contains("2 to 64 classes", await ProblemAsync(("signal", picture), ("labels", empty)), StringComparison.Ordinal);
        Assert.Contains("10 x 10", await ProblemAsync(("signal", picture), ("labels", small)), StringComparison.Ordinal);
        Assert.Contains("found neither", await ProblemAsync(("signal", picture)), StringComparison.Ordinal);
        Assert.Contains("whole numbers", await ProblemAsync(("signal", picture), ("labels", picture)), StringComparison.Ordinal);
        foreach (var model in new[] { "{}", "[]", "{", """{ "format": "cryohub-pixel-classifier", "version": 1 }""" })
        {
            Assert.Contains("odel", await ProblemAsync(("signal", picture), ("model", DocumentSignal.Of("m.json", model, MetadataTree.Empty))), StringComparison.Ordinal);
        }

        var trained = await OfAsync(new PixelClassifierParameters { Trees = 1 }, ("signal", picture), ("labels", labels));
        var json = JsonNode.Parse(trained.Files["model.json"])!;
        json["children"] = Convert.ToBase64String(new byte[Convert.FromBase64String((string)json["children"]!).Length]); // every node leads back to the first: a way without an end
        Assert.Contains("damaged", await ProblemAsync(("signal", picture), ("model", DocumentSignal.Of("m.json", Encoding.UTF8.GetBytes(json.ToJsonString()), AcquisitionMetadata.None, MetadataTree.Empty))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Features_agree_with_scipy()
    {
        var random = new Random(3);
        var shape = new VolumeShape(12, 40, 45);
        float[] volume = [.. Enumerable.Range(0, shape.Count).Select(_ => random.NextSingle())];
        using var python = new Python();
        python.Give("volume", volume);
        await python.RunAsync(
            """
            from scipy import ndimage as nd
            volume = give("volume", np.float32, 12, 40, 45).astype(float)
            def derive(a, axis):
                p = np.pad(a, [(1, 1) if i == axis else (0, 0) for i in range(a.ndim)], mode="edge")
                return (np.take(p, range(2, p.shape[axis]), axis) - np.take(p, range(p.shape[axis] - 2), axis)) / 2
            def second(a, axis):
                p = np.pad(a, [(1, 1) if i == axis else (0, 0) for i in range(a.ndim)], mode="edge")
                return np.take(p, range(2, p.shape[axis]), axis) - 2 * a + np.take(p, range(p.shape[axis] - 2), axis)
            def features(a, sigma):
                n = a.ndim
                g = nd.gaussian_filter(a, sigma)
                d = [derive(g, i) for i in range(n)]
                hessian = np.stack([np.stack([second(g, i) if i == j else derive(derive(g, i), j) for j in range(n)], -1) for i in range(n)], -1)
                tensor = np.stack([np.stack([nd.gaussian_filter(d[i] * d[j], sigma / 2) for j in range(n)], -1) for i in range(n)], -1)
                out = [g, sum(second(g, i) for i in range(n)), np.sqrt(sum(x * x for x in d)), g - nd.gaussian_filter(a, 0.66 * sigma)]
                return np.stack(out + list(np.moveaxis(np.linalg.eigvalsh(tensor)[..., ::-1], -1, 0)) + list(np.moveaxis(np.linalg.eigvalsh(hessian)[..., ::-1], -1, 0)))
            take("three", np.concatenate([features(volume, s) for s in (1.0, 2.0)]).astype(np.float32))
            take("two", np.concatenate([np.stack([features(v, s) for v in volume], 1) for s in (1.0, 2.0)]).astype(np.float32))
            """);
        foreach (var (name, deep) in new[] { ("two", false), ("three", true) })
        {
            var set = new FeatureSet([1, 2], Enum.GetValues<FeatureKind>(), deep);
            var kept = new Kept(set, shape);
            new FeatureBlock(set, shape, 1, new ParallelOptions { MaxDegreeOfParallelism = 2 }).Compute(volume, kept);
            var expected = python.Take<float>(name);
            Assert.Equal(expected.Length, kept.Planes.Length * shape.Count);
            for (var f = 0; f < kept.Planes.Length; f++)
            {
                for (var i = 0; i < shape.Count; i++)
                {
                    Assert.True(Math.Abs(expected[(f * shape.Count) + i] - kept.Planes[f][i]) < 3e-6, $"{name} {set.Features[f].Name} at {i}: {expected[(f * shape.Count) + i]} and {kept.Planes[f][i]}"); // float32 against float64 on values up to 1
                }
            }
        }
    }

    [Fact]
    public async Task The_forest_is_as_good_as_scikit_learns()
    {
        using var python = new Python();
        var output = await python.RunAsync(
            """
            from sklearn.ensemble import RandomForestClassifier
            rng = np.random.default_rng(7)
            n, test = 20000, 50000
            classes = rng.integers(0, 3, n + test)
            values = rng.normal(size=(n + test, 20)).astype(np.float32)
            values[:, :8] += 0.55 * (classes[:, None] - 1) * rng.uniform(0.5, 1.5, 8)
            values[:, 8:12] *= 1 + 0.4 * (classes[:, None] == 1)
            take("values", values.T)
            take("classes", classes.astype(np.uint8))
            print(np.mean([(RandomForestClassifier(100, n_jobs=2, random_state=s).fit(values[:n], classes[:n]).predict(values[n:]) == classes[n:]).mean() for s in (1, 2, 3)]))
            """);
        const int n = 20_000, test = 50_000, features = 20;
        var (values, classes) = (python.Take<float>("values"), python.Take<byte>("classes"));
        float[] Part(int from, int count) => [.. Enumerable.Range(0, features).SelectMany(f => values.Skip((f * (n + test)) + from).Take(count))];
        var (training, tested) = (Part(0, n), Part(n, test));
        var accuracy = new[] { 1, 2, 3 }.Average(seed =>
        {
            var (forest, bins) = ForestFit.Of(training, classes[..n], 3, 100, seed, new ParallelOptions { MaxDegreeOfParallelism = 2 });
            var probabilities = ForestFit.Predict(forest, bins, tested, test);
            return Enumerable.Range(0, test).Count(i => probabilities.AsSpan(i * 3, 3) is var p && classes[n + i] == (p[0] >= p[1] && p[0] >= p[2] ? 0 : p[1] >= p[2] ? 1 : 2)) / (double)test;
        });
        var theirs = double.Parse(output, System.Globalization.CultureInfo.InvariantCulture);
        TestContext.Current.SendDiagnosticMessage($"ours {accuracy}, scikit-learn {theirs}");
        Assert.InRange(accuracy - theirs, -0.002, 0.01);
    }

    private static double Share(CollectedResults found, float[] truth) => found.Images["Labels"].Pixels.Zip(truth, (a, b) => a == b).Count(same => same) / (double)truth.Length;

    private static Task<CollectedResults> OfAsync(PixelClassifierParameters parameters, params (string Role, ISignal Signal)[] inputs) => OfAsync(parameters, 2, 1L << 30, inputs);

    private static Task<CollectedResults> OfAsync(PixelClassifierParameters parameters, int threads, long memory, params (string Role, ISignal Signal)[] inputs) =>
        Run.Async(new Classifier(), inputs.ToDictionary(input => input.Role, input => input.Signal), parameters, threads, memory);

    private static async Task<string> ProblemAsync(params (string Role, ISignal Signal)[] inputs) =>
        (await Assert.ThrowsAsync<ProblemException>(() => OfAsync(new PixelClassifierParameters { Trees = 2 }, inputs))).Message;

    /// <summary>Left half fine noise, right half coarse noise of the same mean and deviation; strokes of a few pixels on both, on the first slice only.</summary>
    private static (ArraySignal Picture, ArraySignal Labels, float[] Truth) Phantom(int slices, int seed)
    {
        var noise = new Noise(seed);
        var shape = new VolumeShape(1, Size, Size);
        var work = new VolumeWork(shape, new ParallelOptions());
        float[] Texture(double sigma)
        {
            var smooth = work.Gaussian([.. Enumerable.Range(0, shape.Count).Select(_ => (float)noise.Normal())], sigma);
            var deviation = (float)Math.Sqrt(smooth.Average(value => (double)value * value));
            return [.. smooth.Select(value => value / deviation)];
        }

        var grey = new List<float>();
        for (var z = 0; z < slices; z++)
        {
            var (fine, coarse) = (Texture(0.8), Texture(3));
            grey.AddRange(fine.Select((value, i) => i % Size < Size / 2 ? value : coarse[i]));
        }

        float[] truth = [.. Enumerable.Range(0, shape.Count * slices).Select(i => i % Size < Size / 2 ? 1f : 2f)];
        var strokes = new float[truth.Length];
        for (var i = 0; i < shape.Count; i++)
        {
            var (x, y) = (i % Size, i / Size);
            strokes[i] = y % 40 is >= 18 and < 21 && x % (Size / 2) is > 10 and < (Size / 2) - 6 ? truth[i] : 0;
        }

        Axis[] axes = [new("z", slices, "", AxisRole.Space), new("y", Size, "", AxisRole.Space), new("x", Size, "", AxisRole.Space)];
        var kind = slices > 1 ? SignalKind.Volume : SignalKind.Image;
        return (Run.Signal(kind, [.. grey], slices > 1 ? axes : axes[1..]), Run.Signal(kind, strokes, slices > 1 ? axes : axes[1..]), truth);
    }

    private sealed class Kept(FeatureSet set, VolumeShape shape) : IFeatureTarget
    {
        public float[][] Planes { get; } = [.. set.Features.Select(_ => new float[shape.Count])];

        public float[] Plane(int feature) => Planes[feature];

        public void Done(int feature)
        {
        }
    }
}
