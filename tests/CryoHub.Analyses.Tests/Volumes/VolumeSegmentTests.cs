using System.Text;
using System.Text.Json.Nodes;
using CryoHub.Analyses.Parameters;
using CryoHub.Analyses.VolumeSegment;
using CryoHub.Imaging;
using CryoHub.Numerics.Volumes;

namespace CryoHub.Analyses.Tests.Volumes;

public sealed class VolumeSegmentTests
{
    private static readonly VolumeSegment.VolumeSegment Segment = new();
    private static readonly VolumeShape Shape = new(24, 30, 34);

    [Fact]
    public async Task A_noisy_ball_is_found_by_the_default_steps()
    {
        var results = await Run.Async(Segment, Grey(SignalKind.Volume, 1), new VolumeSegmentParameters { Labels = [new LabelText { Label = 1, Name = "lithium", Colour = "#2a9d8f" }] });

        Assert.True(Dice(results.Images["Labels"].Pixels) > 0.98);
        Assert.Equal(Truth.Average(value => value), results.Numbers["Fraction of lithium"].Value, 0.005);
        Assert.InRange(results.Numbers["Fraction of lithium"].Uncertainty!.Value, 0.01, 0.1);
        Assert.InRange(results.Numbers["Otsu threshold, step 2"].Value, 20, 40);
        var header = results.Images["Labels"].Header;
        Assert.Equal((SignalKind.Volume, PixelType.UInt8, "nm"), (header.Kind, header.Pixel, header.Axes[2].Unit));
        Assert.Equal(results.Images["Labels"].Pixels, System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(results.Files["labels.mrc"].AsSpan(1024)).ToArray());
        Assert.Equal([new LabelClass(0, "class 0", "#000000"), new LabelClass(1, "lithium", "#2a9d8f")], header.Labels!);
    }

    [Theory]
    [InlineData("median otsu")]
    [InlineData("non-local-means otsu")]
    [InlineData("diffusion otsu opening")]
    [InlineData("gaussian hysteresis")]
    [InlineData("gaussian threshold closing fill-holes")]
    [InlineData("grey-opening grey-closing otsu keep-largest")]
    [InlineData("gaussian watershed")]
    [InlineData("random-walker")]
    public async Task Every_way_finds_the_ball(string words)
    {
        SegmentStep[] steps = [.. words.Split(' ').Select(word => (SegmentStep)ParameterReader.FromJson(typeof(SegmentStep), new JsonObject
        {
            ["step"] = word,
            ["radius"] = word == "non-local-means" ? 2 : 1,
            ["low"] = word switch { "watershed" => 15, "random-walker" => 8, _ => 30 },
            ["high"] = word switch { "watershed" => 45, "random-walker" => 52, "hysteresis" => 45, _ => 1000 },
        }))];

        var results = await Run.Async(Segment, Grey(SignalKind.Volume, 1), new VolumeSegmentParameters { Steps = steps });

        var dice = Dice(results.Images["Labels"].Pixels);
        Assert.True(dice > 0.95, $"{words}: {dice}");
    }

    [Fact]
    public async Task A_recipe_runs_on_another_volume_with_the_same_steps()
    {
        var parameters = new VolumeSegmentParameters
        {
            Steps = [new() { Step = SegmentStepKind.Gaussian, Sigma = 1.5 }, new() { Step = SegmentStepKind.Threshold, Low = 32 }, new() { Step = SegmentStepKind.RemoveSmall, Voxels = 100 }],
            Labels = [new LabelText { Label = 1, Name = "ball" }],
        };
        var first = await Run.Async(Segment, Grey(SignalKind.Volume, 1), parameters);
        var recipe = DocumentSignal.Of("recipe.json", Encoding.UTF8.GetString(first.Files["recipe.json"]), MetadataTree.Empty);

        var expected = await Run.Async(Segment, Grey(SignalKind.Volume, 2), parameters);
        var found = await Run.Async(Segment, new Dictionary<string, ISignal> { ["signal"] = Grey(SignalKind.Volume, 2), ["recipe"] = recipe }, new VolumeSegmentParameters());

        Assert.Equal(expected.Images["Labels"].Pixels, found.Images["Labels"].Pixels);
        Assert.Equal(expected.Files["recipe.json"], found.Files["recipe.json"]);
        Assert.Equal("ball", found.Images["Labels"].Header.Labels![1].Name);
    }

    [Fact]
    public async Task The_preview_of_a_slice_is_the_slice_of_the_volume()
    {
        var parameters = new VolumeSegmentParameters { Steps = [new() { Step = SegmentStepKind.Gaussian, Sigma = 0.8 }, new() { Step = SegmentStepKind.Threshold, Low = 30 }] };

        var whole = await Run.Async(Segment, Grey(SignalKind.Volume, 1), parameters);
        var slice = await Run.Async(Segment, Grey(SignalKind.Volume, 1), parameters with { Slice = 11 });

        Assert.True(Segment.Info.HasPreview);
        Assert.Equal(whole.Images["Labels"].Pixels.AsSpan(11 * Shape.Plane, Shape.Plane).ToArray(), slice.Images["Labels, slice 11"].Pixels);
    }

    [Fact]
    public async Task Images_and_stacks_work_too()
    {
        var image = Run.Signal(SignalKind.Image, GreyValues(1)[(12 * Shape.Plane)..(13 * Shape.Plane)], new Axis("y", Shape.Height, "nm", AxisRole.Space, 2), new Axis("x", Shape.Width, "nm", AxisRole.Space, 2));

        var flat = await Run.Async(Segment, image, new VolumeSegmentParameters { Steps = [new() { Step = SegmentStepKind.Median }, new() { Step = SegmentStepKind.Otsu }, new() { Step = SegmentStepKind.FillHoles }] });
        var stack = await Run.Async(Segment, Grey(SignalKind.ImageStack, 1), new VolumeSegmentParameters());

        Assert.Equal(SignalKind.Image, flat.Images["Labels"].Header.Kind);
        Assert.Equal(2, flat.Images["Labels"].Header.Axes.Count);
        Assert.True(Dice(stack.Images["Labels"].Pixels) > 0.98);
    }

    [Fact]
    public async Task Touching_balls_are_split_and_numbered()
    {
        var shape = new VolumeShape(24, 24, 44);
        float[] grey = [.. Enumerable.Range(0, shape.Count).Select(i => Ball(i, 13) || Ball(i, 30) ? 10f : 0)];

        var results = await Run.Async(Segment, Volume(grey, shape), new VolumeSegmentParameters { Steps = [new() { Step = SegmentStepKind.Threshold, Low = 5 }, new() { Step = SegmentStepKind.SplitTouching, Radius = 4 }] });

        var labels = results.Images["Labels"].Pixels;
        Assert.Equal(2, results.Numbers["Labels"].Value);
        var (left, right) = (labels[shape.Index(12, 12, 13)], labels[shape.Index(12, 12, 30)]);
        Assert.NotEqual(left, right);
        Assert.Equal(labels.Count(label => label == left), labels.Count(label => label == right), shape.Plane * 0.05);

        bool Ball(int i, double x) => Math.Sqrt(Math.Pow((i / shape.Plane) - 12, 2) + Math.Pow((i / 44 % 24) - 12, 2) + Math.Pow((i % 44) - x, 2)) <= 9.2;
    }

    [Fact]
    public async Task Saturated_grey_values_are_told()
    {
        byte[] grey = [.. Enumerable.Range(0, 4 * 20 * 20).Select(i => i % 20 < 4 ? (byte)255 : (byte)(i % 7))];
        var results = await Run.Async(Segment, LabelPhantom.Of(new VolumeShape(4, 20, 20), grey), new VolumeSegmentParameters { Steps = [new() { Step = SegmentStepKind.Otsu }] });

        Assert.Contains("20 % of the voxels have the highest 8-bit value, 255: the grey values are saturated.", results.Warnings);
    }

    [Fact]
    public async Task Three_grey_levels_become_three_classes()
    {
        var random = new Random(3);
        float[] grey = [.. Enumerable.Range(0, Shape.Count).Select(i => ((i % Shape.Width) switch { < 10 => 10, < 22 => 50, _ => 120 }) + (6 * random.NextSingle()))];

        var results = await Run.Async(Segment, Volume(grey, Shape), new VolumeSegmentParameters { Steps = [new() { Step = SegmentStepKind.Otsu, Classes = 3 }] });

        Assert.Equal(10 / 34.0, results.Numbers["Fraction of class 0"].Value, 1e-3); // a threshold is the middle of its bin, as in scikit-image: some values of that bin lie above
        Assert.Equal(12 / 34.0, results.Numbers["Fraction of class 1"].Value, 1e-3);
        Assert.Equal(12 / 34.0, results.Numbers["Fraction of class 2"].Value, 1e-3);
    }

    [Fact]
    public async Task Bad_input_is_refused_with_the_numbers()
    {
        var grey = Grey(SignalKind.Volume, 1);
        var broken = GreyValues(1);
        broken[40] = float.NaN;

        Assert.Equal(
            "Step 1 (Opening) changes labels, but no step before it makes any: a threshold, Otsu, watershed or random walker must come first.",
            await Run.ProblemAsync(Segment, grey, Steps(new SegmentStep { Step = SegmentStepKind.Opening })));
        Assert.Equal("No step makes labels: add a threshold, Otsu, watershed or random walker.", await Run.ProblemAsync(Segment, grey, Steps(new SegmentStep { Step = SegmentStepKind.Gaussian })));
        Assert.Equal("Step 1 (threshold) needs \"low\", \"high\" or both; found neither.", await Run.ProblemAsync(Segment, grey, Steps(new SegmentStep { Step = SegmentStepKind.Threshold })));
        Assert.Equal("Step 1 (Hysteresis) needs \"low\" and \"high\"; found 3 and nothing.", await Run.ProblemAsync(Segment, grey, Steps(new SegmentStep { Step = SegmentStepKind.Hysteresis, Low = 3 })));
        Assert.Contains("finds no voxels from 900 on; grey values run from", await Run.ProblemAsync(Segment, grey, Steps(new SegmentStep { Step = SegmentStepKind.Watershed, Low = 10, High = 900 })), StringComparison.Ordinal);
        Assert.Contains("wants 2 classes; the grey values from 0 to 0 fill 1 of 256 bins", await Run.ProblemAsync(Segment, Volume(new float[Shape.Count], Shape), Steps(new SegmentStep { Step = SegmentStepKind.Otsu })), StringComparison.Ordinal);
        Assert.Equal("A segmentation needs at least one step, found none.", await Run.ProblemAsync(Segment, grey, Steps()));
        Assert.Equal("Slice 24 does not exist: there are slices 0 to 23.", await Run.ProblemAsync(Segment, grey, new VolumeSegmentParameters { Slice = 24 }));
        Assert.Contains("holds 1 of 24480 voxels without a value (NaN or infinite), the first at x 6, y 1, z 0.", await Run.ProblemAsync(Segment, Volume(broken, Shape), new VolumeSegmentParameters()), StringComparison.Ordinal);
        Assert.Equal(
            "The colour of label 1 must look like #2a9d8f, found \"red\".",
            await Run.ProblemAsync(Segment, grey, new VolumeSegmentParameters { Labels = [new LabelText { Label = 1, Name = "a", Colour = "red" }] }));
        var recipe = DocumentSignal.Of("r.json", "{\"analysis\":\"tomogram\"}", MetadataTree.Empty);
        Assert.Equal(
            "A recipe says \"analysis\": \"volume-segment\" and \"parameters\"; \"r.json\" says \"tomogram\".",
            (await Assert.ThrowsAsync<ProblemException>(() => Run.Async(Segment, new Dictionary<string, ISignal> { ["signal"] = grey, ["recipe"] = recipe }, new VolumeSegmentParameters()))).Message);
    }

    private static float[] Truth { get; } = [.. Enumerable.Range(0, Shape.Count).Select(i =>
        Math.Sqrt(Math.Pow((i / Shape.Plane) - 12, 2) + Math.Pow((i / Shape.Width % Shape.Height) - 15, 2) + Math.Pow((i % Shape.Width) - 17, 2)) <= 9 ? 1f : 0)];

    private static VolumeSegmentParameters Steps(params SegmentStep[] steps) => new() { Steps = steps };

    /// <summary>Background 10, ball 50, noise of standard deviation 6.</summary>
    private static float[] GreyValues(int seed)
    {
        var random = new Random(seed);
        return [.. Truth.Select(inside => 10 + (40 * inside) + (6 * (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()))))];
    }

    private static ArraySignal Grey(SignalKind kind, int seed) => Run.Signal(
        kind, GreyValues(seed), new Axis("z", Shape.Depth, "nm", AxisRole.Space, 2), new Axis("y", Shape.Height, "nm", AxisRole.Space, 2), new Axis("x", Shape.Width, "nm", AxisRole.Space, 2));

    private static ArraySignal Volume(float[] grey, VolumeShape shape) => Run.Signal(
        SignalKind.Volume, grey, new Axis("z", shape.Depth, "nm", AxisRole.Space), new Axis("y", shape.Height, "nm", AxisRole.Space), new Axis("x", shape.Width, "nm", AxisRole.Space));

    private static double Dice(float[] labels)
    {
        var both = labels.Zip(Truth, (label, truth) => label == 1 && truth == 1).Count(same => same);
        return 2.0 * both / (labels.Count(label => label == 1) + Truth.Sum());
    }
}
