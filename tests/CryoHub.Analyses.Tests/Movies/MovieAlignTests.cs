using CryoHub.Analyses.Movies;
using CryoHub.Imaging;

namespace CryoHub.Analyses.Tests.Movies;

public sealed class MovieAlignTests
{
    private const int Size = 192;
    private const int Count = 16;

    private static readonly MovieAlign Align = new();

    [Fact]
    public async Task A_known_drift_comes_back_within_a_fiftieth_of_a_pixel()
    {
        var (signal, drift, still) = Movie(noise: 0.05); // the blobs allow 0.005 px in x and y at this noise (Cramer-Rao), the first frame that all refer to as well

        var results = await Run.Async(Align, signal, new MovieAlignParameters());

        var (x, y) = (results.Curves["Drift x"].Y, results.Curves["Drift y"].Y);
        var rms = Math.Sqrt(drift.Select((shift, i) => Math.Pow(x[i] - shift.X, 2) + Math.Pow(y[i] - shift.Y, 2)).Average());
        Assert.True(rms < 0.02, $"drift off by {rms:g3} px rms");
        Assert.InRange(results.Numbers["Change in the last round"].Value, 0, 0.01);
        var (aligned, plain) = (Distance(results.Images["Aligned sum"].Pixels, still), Distance(results.Images["Sum as it came"].Pixels, still));
        Assert.True(aligned < 0.25 * plain, $"aligned {aligned:g3}, as it came {plain:g3}");
        Assert.DoesNotContain("Dose-weighted sum", results.Images.Keys); // only on request
    }

    [Fact]
    public async Task Groups_thrown_frames_and_binning_change_what_is_compared_and_added()
    {
        var (signal, drift, _) = Movie(noise: 0.3);

        var results = await Run.Async(Align, signal, new MovieAlignParameters { Throw = 2, Trunc = 2, Group = 3, SearchBinning = 2 });

        Assert.Equal(4, results.Curves["Drift x"].X.Length);
        var expected = drift.Skip(2).Chunk(3).Take(4).Select(group => group.Average(shift => shift.X)).ToArray();
        for (var i = 0; i < 4; i++)
        {
            Assert.Equal(expected[i] - expected[0], results.Curves["Drift x"].Y[i], 0.1);
        }
    }

    [Fact]
    public async Task A_dose_near_nothing_gives_the_plain_sum_and_a_large_one_the_published_filter()
    {
        var (signal, _, _) = Movie(noise: 0.3);
        var parameters = new MovieAlignParameters { DoseWeighting = true, FrameDose = 1e-9 };

        var none = await Run.Async(Align, signal, parameters);
        var much = await Run.Async(Align, signal, parameters with { FrameDose = 4 });

        var plain = none.Images["Aligned sum"].Pixels;
        Assert.All(plain.Zip(none.Images["Dose-weighted sum"].Pixels), pair => Assert.Equal(pair.First, pair.Second, 1e-3 * plain.Max()));
        Assert.Equal(plain.Average(), much.Images["Dose-weighted sum"].Pixels.Average(), 1e-3 * plain.Average()); // the mean is not weighted down
        Assert.Contains(much.Warnings, warning => warning.Contains("critical dose", StringComparison.Ordinal));

        // A wave of 1/k = 8 px = 4 A, that is Ne = 0.245 4^1.665 + 2.81 e/A^2, in sixteen frames of 4 e/A^2 that do not move.
        var wave = new float[Count * Size * Size];
        for (var i = 0; i < wave.Length; i++)
        {
            wave[i] = (float)(10 + Math.Cos(2 * Math.PI * (i % Size) / 8) + (i / Size % Size == 7 ? 0.5 : 0));
        }

        var waved = await Run.Async(Align, Stack(wave), parameters with { FrameDose = 4, LargestShift = 2 });
        var critical = (0.245 * Math.Pow(0.25, -1.665)) + 2.81;
        double[] left = [.. Enumerable.Range(1, Count).Select(t => Math.Exp(-4 * t / (2 * critical)))];
        var expected = Math.Sqrt(Count) * left.Sum() / Math.Sqrt(left.Sum(q => q * q));
        var row = waved.Images["Dose-weighted sum"].Pixels.AsSpan(100 * Size, Size).ToArray();
        var amplitude = row.Select((value, x) => value * Math.Cos(2 * Math.PI * x / 8)).Average() * 2;
        Assert.Equal(expected, amplitude, 0.01 * expected);
    }

    [Fact]
    public async Task Bad_input_is_refused_with_the_numbers()
    {
        var (signal, _, _) = Movie(noise: 0.3);
        Assert.StartsWith("Of 16 frames 10 are thrown and 5 cut off: 1 frames in groups of 1 leave nothing to align", await Run.ProblemAsync(Align, signal, new MovieAlignParameters { Throw = 10, Trunc = 5 }), StringComparison.Ordinal);
        Assert.Equal("Dose weighting needs the dose of a frame above 0 e/A^2, found 0.", await Run.ProblemAsync(Align, signal, new MovieAlignParameters { DoseWeighting = true }));
        var tiny = Run.Signal(SignalKind.ImageStack, new float[3 * 8 * 8], new Axis("frame", 3, "", AxisRole.Frame), new Axis("y", 8, "", AxisRole.Space), new Axis("x", 8, "", AxisRole.Space));
        Assert.Equal("Frames of 8 x 8 px binned by 1 are 8 x 8 px; at least 16 x 16 are needed to align them.", await Run.ProblemAsync(Align, tiny, new MovieAlignParameters()));
    }

    /// <summary>Blobs that drift by 6 px and 4 px, fast at first.</summary>
    private static (ArraySignal Signal, (double X, double Y)[] Drift, float[] Still) Movie(double noise)
    {
        var random = new Random(7);
        var blobs = Enumerable.Range(0, 300).Select(_ => (X: (Size + 40) * random.NextDouble() - 20, Y: (Size + 40) * random.NextDouble() - 20, Height: random.NextDouble(), Sigma: 1.5 + (2 * random.NextDouble()))).ToArray();
        (double X, double Y)[] drift = [.. Enumerable.Range(0, Count).Select(i => (6 * (1 - Math.Exp(-i / 5.0)), -4 * (1 - Math.Exp(-i / 7.0))))];
        var pixels = new float[Count * Size * Size];
        var still = new float[Size * Size];
        for (var frame = -1; frame < Count; frame++)
        {
            var image = frame < 0 ? still : pixels.AsSpan(frame * Size * Size, Size * Size);
            var (dx, dy) = frame < 0 ? (0, 0) : drift[frame];
            foreach (ref var pixel in image)
            {
                pixel = (float)(5 + (frame < 0 ? 0 : noise * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble())));
            }

            foreach (var blob in blobs)
            {
                for (var y = Math.Max(0, (int)(blob.Y + dy - 14)); y <= Math.Min(Size - 1, blob.Y + dy + 14); y++)
                {
                    for (var x = Math.Max(0, (int)(blob.X + dx - 14)); x <= Math.Min(Size - 1, blob.X + dx + 14); x++)
                    {
                        image[(y * Size) + x] += (float)(blob.Height * Math.Exp(-(Math.Pow(x - blob.X - dx, 2) + Math.Pow(y - blob.Y - dy, 2)) / (2 * blob.Sigma * blob.Sigma)));
                    }
                }
            }
        }

        return (Stack(pixels), drift, still);
    }

    private static ArraySignal Stack(float[] pixels) =>
        Run.Signal(SignalKind.ImageStack, pixels, new Axis("frame", Count, "", AxisRole.Frame), new Axis("y", Size, "nm", AxisRole.Space, 0.05), new Axis("x", Size, "nm", AxisRole.Space, 0.05));

    /// <summary>Root mean square difference from the unmoved picture, a rim of 8 px left out.</summary>
    private static double Distance(float[] sum, float[] still) =>
        Math.Sqrt(Enumerable.Range(0, sum.Length).Where(i => i % Size is >= 8 and < Size - 8 && i / Size is >= 8 and < Size - 8).Average(i => Math.Pow((sum[i] / Count) - still[i], 2)));
}
