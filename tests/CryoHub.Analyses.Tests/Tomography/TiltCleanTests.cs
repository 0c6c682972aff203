using CryoHub.Analyses.Tomography;
using CryoHub.Imaging;

namespace CryoHub.Analyses.Tests.Tomography;

public sealed class TiltCleanTests
{
    private const int Size = 64;
    private const int Views = 61;

    private static readonly TiltClean Clean = new();
    private static readonly double[] Degrees = [.. Enumerable.Range(0, Views).Select(i => -60.0 + (2 * i))];

    [Fact]
    public async Task Hot_pixels_and_x_rays_go_and_the_picture_stays()
    {
        var (pixels, truth) = Series();
        var random = new Random(2);
        var hot = Enumerable.Range(0, 40).Select(_ => random.Next(Size * Size)).Distinct().ToArray();
        var rays = Enumerable.Range(0, 300).Select(_ => random.Next(pixels.Length)).Where(at => !hot.Contains(at % (Size * Size))).Distinct().ToArray();
        Array.ForEach(hot, at => Enumerable.Range(0, Views).ToList().ForEach(view => pixels[(view * Size * Size) + at] += at % 2 == 0 ? 4000 : -500));
        Array.ForEach(rays, at => pixels[at] += 3000);

        var results = await Run.Async(Clean, Signal(pixels), new TiltCleanParameters());

        Assert.Equal(hot.Length, results.Numbers["Hot pixels"].Value);
        Assert.InRange(results.Numbers["Pixels hit by X-rays"].Value, rays.Length - 1, rays.Length + 2); // neighbours of a hot one may hide a ray
        var cleaned = results.Images["Cleaned series"].Pixels;
        var wrong = Enumerable.Range(0, cleaned.Length).Count(i => Math.Abs(cleaned[i] - truth[i]) > 200);
        Assert.True(wrong <= (rays.Length + (hot.Length * Views)) / 1000, $"{wrong} pixels are still wrong"); // 99.9 % removed
        Assert.Equal(0, results.Numbers["Views proposed for removal"].Value);
    }

    [Fact]
    public async Task Dark_empty_and_blurred_views_are_proposed_with_the_reason_and_none_else()
    {
        var (pixels, _) = Series();
        foreach (var view in new[] { 4, 33, 57 })
        {
            Scale(pixels, view, 0.3f);
        }

        Array.Fill(pixels, 7, 20 * Size * Size, Size * Size);
        Blur(pixels.AsSpan(45 * Size * Size, Size * Size));
        var signal = Signal(pixels);

        var named = await Run.Async(Clean, signal, new TiltCleanParameters());
        var removed = await Run.Async(Clean, signal, new TiltCleanParameters { RemoveProposed = true, ExcludeList = [1] });

        Assert.Equal([5, 21, 34, 46, 58], Enumerable.Range(1, Views).Where(view => (string)Verdicts(named)[view - 1] != "good"));
        Assert.StartsWith("dark: mean", (string)Verdicts(named)[4], StringComparison.Ordinal);
        Assert.Equal("empty: all pixels are the same", Verdicts(named)[20]);
        Assert.StartsWith("blurred: fine detail", (string)Verdicts(named)[45], StringComparison.Ordinal);
        Assert.Equal(Views, named.Images["Cleaned series"].Header.Axes[0].Size);
        Assert.Equal(Views - 6, removed.Images["Cleaned series"].Header.Axes[0].Size);
        Assert.DoesNotContain(Degrees[33], removed.Images["Cleaned series"].Header.Axes[0].Values!);
        Assert.Contains(removed.Warnings, warning => warning.StartsWith("View 34 (6 deg) is dark", StringComparison.Ordinal) && warning.EndsWith("left out.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Dark_and_gain_are_undone()
    {
        var (pixels, _) = Series();
        var random = new Random(3);
        float[] flat = [.. Enumerable.Range(0, Size * Size).Select(_ => 0.8f + (0.4f * random.NextSingle()))], dark = [.. Enumerable.Range(0, Size * Size).Select(_ => 50 * random.NextSingle())];
        float[] raw = [.. pixels.Select((pixel, i) => (pixel * flat[i % (Size * Size)]) + dark[i % (Size * Size)])];
        var results = new CollectedResults();
        var inputs = new Dictionary<string, ISignal> { ["signal"] = Signal(raw), ["gain"] = Image(flat), ["dark"] = Image(dark) };
        var parameters = new TiltCleanParameters { Gain = GainUse.Divide, HotPixels = 0, XRays = 0 };
        await Clean.RunAsync(new AnalysisRun(inputs, parameters, new Progress<Step>(), results, CancellationToken.None), TestContext.Current.CancellationToken);

        var mean = flat.Average();
        Assert.All(pixels.Zip(results.Images["Cleaned series"].Pixels), pair => Assert.Equal(pair.First * mean, pair.Second, 0.01));
        inputs["gain"] = Run.Signal(SignalKind.Image, new float[4], new Axis("y", 2, "", AxisRole.Space), new Axis("x", 2, "", AxisRole.Space));
        var problem = await Assert.ThrowsAsync<ProblemException>(() => Clean.RunAsync(new AnalysisRun(inputs, parameters, new Progress<Step>(), new CollectedResults(), CancellationToken.None), TestContext.Current.CancellationToken));
        Assert.Equal("The gain image must have the views' size of 64 x 64 px, found 2 x 2.", problem.Message);
    }

    private static IReadOnlyList<object> Verdicts(CollectedResults results) => results.Tables["Views"].Single(column => column.Name == "Verdict").Values;

    /// <summary>A specimen that gets darker with its thickness, in noise.</summary>
    private static (float[] Pixels, float[] Truth) Series()
    {
        var random = new Random(1);
        var (pixels, truth) = (new float[Views * Size * Size], new float[Views * Size * Size]);
        for (var i = 0; i < pixels.Length; i++)
        {
            var (view, x, y) = (i / (Size * Size), i % Size, i / Size % Size);
            truth[i] = (float)(1000 * Math.Exp(-0.3 / Math.Cos(Degrees[view] * Math.PI / 180)) * (1 + (0.1 * Math.Sin((x + (view * 0.7)) / 5.0) * Math.Cos(y / 6.0))));
            pixels[i] = truth[i] + (float)(25 * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
        }

        return (pixels, truth);
    }

    private static void Scale(float[] pixels, int view, float factor)
    {
        foreach (ref var pixel in pixels.AsSpan(view * Size * Size, Size * Size))
        {
            pixel *= factor;
        }
    }

    private static void Blur(Span<float> image)
    {
        var copy = image.ToArray();
        for (var i = 0; i < image.Length; i++)
        {
            image[i] = Enumerable.Range(0, 49).Average(k => copy[(Math.Clamp((i / Size) + (k / 7) - 3, 0, Size - 1) * Size) + Math.Clamp((i % Size) + (k % 7) - 3, 0, Size - 1)]);
        }
    }

    private static ArraySignal Signal(float[] pixels) =>
        Run.Signal(SignalKind.TiltSeries, pixels, new Axis("tilt", Views, "deg", AxisRole.Tilt, Values: Degrees), new Axis("y", Size, "nm", AxisRole.Space), new Axis("x", Size, "nm", AxisRole.Space));

    private static ArraySignal Image(float[] pixels) => Run.Signal(SignalKind.Image, pixels, new Axis("y", Size, "nm", AxisRole.Space), new Axis("x", Size, "nm", AxisRole.Space));
}
