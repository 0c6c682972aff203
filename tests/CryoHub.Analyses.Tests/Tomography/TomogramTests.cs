using CryoHub.Analyses.Tomography;
using CryoHub.Imaging;

namespace CryoHub.Analyses.Tests.Tomography;

public sealed class TomogramTests
{
    private const int Width = 48;
    private const int Depth = 36;
    private const int Rows = 3;

    private static readonly Tomogram Analysis = new();
    private static readonly double[] Degrees = [.. Enumerable.Range(0, 25).Select(i => -60.0 + (5 * i))];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Sirt_equals_a_double_precision_reference_at_every_iteration(bool positivity)
    {
        var (pixels, _) = Phantom(Width, Depth, noise: 2);
        var parameters = new TomogramParameters { Method = ReconstructionMethod.Sirt, Iterations = 15, Depth = Depth, Positivity = positivity };

        var results = await Run.Async(Analysis, Series(pixels, Degrees), parameters);

        var projector = new DoubleProjector(Degrees, Width, Depth);
        var volume = results.Images["Tomogram"].Pixels;
        var squares = new double[16];
        var whole = 0.0;
        for (var y = 0; y < Rows; y++)
        {
            var measured = Slice(pixels, y);
            var (expected, residuals) = projector.Sirt(measured, 15, positivity);
            var norm = DoubleProjector.Norm(measured);
            whole += norm * norm;
            for (var k = 0; k < squares.Length; k++)
            {
                squares[k] += Math.Pow(residuals[k] * norm, 2);
            }

            var largest = expected.Max();
            for (var i = 0; i < expected.Length; i++)
            {
                Assert.Equal(expected[i], volume[(((i / Width * Rows) + y) * Width) + (i % Width)], 1e-4 * largest);
            }
        }

        var curve = results.Curves["Residual"].Y;
        Assert.Equal(16, curve.Length);
        for (var k = 0; k < curve.Length; k++)
        {
            Assert.Equal(1, curve[k] / Math.Sqrt(squares[k] / whole), 1e-3);
        }
    }

    [Fact]
    public async Task Cgls_equals_a_double_precision_reference_slice_by_slice()
    {
        var (pixels, _) = Phantom(Width, Depth, noise: 2);
        var parameters = new TomogramParameters { Method = ReconstructionMethod.Cgls, Iterations = 8, Depth = Depth, Positivity = false };

        var results = await Run.Async(Analysis, Series(pixels, Degrees), parameters);

        var volume = results.Images["Tomogram"].Pixels;
        var projector = new DoubleProjector(Degrees, Width, Depth);
        for (var y = 0; y < Rows; y++)
        {
            var (expected, _) = projector.Cgls(Slice(pixels, y), 8);
            var largest = expected.Max();
            for (var i = 0; i < expected.Length; i++)
            {
                Assert.Equal(expected[i], volume[(((i / Width * Rows) + y) * Width) + (i % Width)], 1e-3 * largest);
            }
        }
    }

    [Fact]
    public async Task Total_variation_and_dart_come_nearer_to_the_truth_than_sirt_from_few_views()
    {
        double[] few = [.. Enumerable.Range(0, 12).Select(i => -75.0 + (13.6 * i))];
        var (pixels, truth) = Phantom(Width, Depth, noise: 0, few);
        var signal = Series(pixels, few);
        async Task<double> ErrorAsync(TomogramParameters parameters)
        {
            var volume = (await Run.Async(Analysis, signal, parameters with { Depth = Depth })).Images["Tomogram"].Pixels;
            return Math.Sqrt(truth.Select((value, i) => Math.Pow(value - volume[(((i / Width * Rows) + 1) * Width) + (i % Width)], 2)).Average());
        }

        var sirt = await ErrorAsync(new TomogramParameters { Iterations = 120 });
        var tv = await ErrorAsync(new TomogramParameters { Method = ReconstructionMethod.Tv, Iterations = 120 });
        var dart = await ErrorAsync(new TomogramParameters { Method = ReconstructionMethod.Dart, Iterations = 30, DartRounds = 20, GreyLevels = [0, 1, 2] });

        Assert.True(tv < 0.8 * sirt, $"total variation {tv:g3}, SIRT {sirt:g3}");
        Assert.True(dart < 0.6 * sirt, $"DART {dart:g3}, SIRT {sirt:g3}");
    }

    [Theory]
    [InlineData(ReconstructionMethod.Wbp)]
    [InlineData(ReconstructionMethod.Sirt)]
    [InlineData(ReconstructionMethod.Cgls)]
    [InlineData(ReconstructionMethod.Tv)]
    [InlineData(ReconstructionMethod.Dart)]
    public async Task In_parts_and_with_other_threads_come_the_same_bits(ReconstructionMethod method)
    {
        var random = new Random(11);
        const int views = 7, rows = 150, columns = 40;
        var signal = Run.Signal(
            SignalKind.TiltSeries,
            [.. Enumerable.Range(0, views * rows * columns).Select(_ => random.NextSingle())],
            new Axis("tilt", views, "deg", AxisRole.Tilt, 20, -60), Space("y", rows), Space("x", columns));
        var parameters = new TomogramParameters { Method = method, Iterations = 3, DartRounds = 2, GreyLevels = [0, 0.02], Depth = 20 };

        var whole = await Run.Async(Analysis, signal, parameters, threads: 1);
        var parts = await Run.Async(Analysis, signal, parameters, threads: 2, memory: 1);

        Assert.Equal(whole.Images["Tomogram"].Pixels, parts.Images["Tomogram"].Pixels);
        Assert.Equal(whole.Warnings, parts.Warnings);
        Assert.Equal(whole.Numbers.Keys, parts.Numbers.Keys);
        if (method != ReconstructionMethod.Wbp)
        {
            Assert.Equal(whole.Numbers["Residual"].Value, parts.Numbers["Residual"].Value, 1e-9);
        }
    }

    [Theory]
    [InlineData(1 << 30)]
    [InlineData(1)] // in parts: those after the stopped one go as far
    public async Task Stop_and_keep_ends_the_iteration_and_keeps_the_volume(long memory)
    {
        var random = new Random(2);
        var signal = Run.Signal(
            SignalKind.TiltSeries, [.. Enumerable.Range(0, 5 * 100 * 16).Select(_ => random.NextSingle())], new Axis("tilt", 5, "deg", AxisRole.Tilt, 30, -60), Space("y", 100), Space("x", 16));
        using var stop = new CancellationTokenSource();
        var results = new CollectedResults();
        var seen = new List<CurvePreview>();
        var progress = new Reporter(step =>
        {
            seen.AddRange(step.Preview is { } preview ? [preview] : []);
            if (step.Label.StartsWith("Iteration 3", StringComparison.Ordinal))
            {
                stop.Cancel();
            }
        });
        var run = new AnalysisRun(new Dictionary<string, ISignal> { ["signal"] = signal }, new TomogramParameters { Iterations = 50 }, progress, results, stop.Token) { Memory = memory };

        await Analysis.RunAsync(run, TestContext.Current.CancellationToken);
        var three = await Run.Async(Analysis, signal, new TomogramParameters { Iterations = 3 });

        Assert.Equal(3, results.Numbers["Iterations"].Value);
        Assert.Contains("Stopped after 3 of 50 iterations.", results.Warnings);
        Assert.Equal(three.Images["Tomogram"].Pixels, results.Images["Tomogram"].Pixels);
        Assert.Equal(4, seen[3].Y.Count);
        Assert.True(seen[3].Y.Zip(seen[3].Y.Skip(1), (a, b) => b < a).All(falls => falls));
    }

    [Fact]
    public async Task Masks_keep_density_out_and_positivity_keeps_it_above_zero()
    {
        var (pixels, _) = Phantom(Width, Depth, noise: 5);
        var signal = Series(pixels, Degrees);
        var mask = new float[Depth * Rows * Width];
        for (var i = 0; i < mask.Length; i++)
        {
            mask[i] = i % Width is > 9 and < 40 ? 1 : 0;
        }

        foreach (var method in new[] { ReconstructionMethod.Sirt, ReconstructionMethod.Cgls, ReconstructionMethod.Tv })
        {
            var results = new CollectedResults();
            var inputs = new Dictionary<string, ISignal> { ["signal"] = signal, ["mask"] = Run.Signal(SignalKind.Volume, mask, Space("z", Depth), Space("y", Rows), Space("x", Width)) };
            var parameters = new TomogramParameters { Method = method, Iterations = 4, Depth = Depth, Mask = ReconstructionMask.Cylinder };
            await Analysis.RunAsync(new AnalysisRun(inputs, parameters, new Progress<Step>(), results, CancellationToken.None), TestContext.Current.CancellationToken);

            var volume = results.Images["Tomogram"].Pixels;
            Assert.All(volume, voxel => Assert.True(voxel >= 0));
            Assert.DoesNotContain(Enumerable.Range(0, volume.Length), i => mask[i] == 0 && volume[i] != 0);
            Assert.True(volume.Max() > 0.5);
        }
    }

    [Fact]
    public async Task A_full_rotation_in_transmission_gives_the_attenuation_back()
    {
        double[] all = [.. Enumerable.Range(0, 120).Select(i => 3.0 * i)];
        const double radius = 12, attenuation = 0.04, incident = 5000;
        var pixels = new float[all.Length * Width];
        for (var i = 0; i < pixels.Length; i++)
        {
            var u = (i % Width) - ((Width - 1) / 2.0);
            pixels[i] = (float)(incident * Math.Exp(-attenuation * 2 * Math.Sqrt(Math.Max(0, (radius * radius) - (u * u)))));
        }

        var signal = Run.Signal(SignalKind.TiltSeries, pixels, new Axis("tilt", all.Length, "deg", AxisRole.Tilt, Values: all), Space("y", 1), Space("x", Width));
        foreach (var method in new[] { ReconstructionMethod.Wbp, ReconstructionMethod.Sirt })
        {
            var results = await Run.Async(Analysis, signal, new TomogramParameters { Method = method, Iterations = 60, Transmission = true, IncidentIntensity = incident, TiltAxis = 0 });
            var volume = results.Images["Tomogram"].Pixels;
            var inside = Enumerable.Range(0, volume.Length).Where(i => double.Hypot((i % Width) - 23.5, (i / Width) - 23.5) < 8).Average(i => volume[i]);
            Assert.Equal(attenuation, inside, 0.02 * attenuation);
            Assert.Equal(0, results.Numbers["Missing wedge"].Value);
        }
    }

    [Fact]
    public async Task Bad_input_is_refused_with_the_numbers()
    {
        var (pixels, _) = Phantom(Width, Depth, noise: 0);
        var signal = Series(pixels, Degrees);

        Assert.Equal("DART needs at least 2 different grey levels, found 1: run SIRT first and read the densities of its regions.", await Run.ProblemAsync(Analysis, signal, new TomogramParameters { Method = ReconstructionMethod.Dart, GreyLevels = [1, 1] }));
        Assert.Equal("Of 25 views 24 are excluded; at least 2 are needed.", await Run.ProblemAsync(Analysis, signal, new TomogramParameters { ExcludeList = [.. Enumerable.Range(1, 24)] }));
        Assert.Equal("View 26 cannot be excluded: the series has views 1 to 25.", await Run.ProblemAsync(Analysis, signal, new TomogramParameters { ExcludeList = [26] }));
        var inputs = new Dictionary<string, ISignal> { ["signal"] = signal, ["mask"] = Run.Signal(SignalKind.Volume, new float[8], Space("z", 2), Space("y", 2), Space("x", 2)) };
        var problem = await Assert.ThrowsAsync<ProblemException>(() => Analysis.RunAsync(new AnalysisRun(inputs, new TomogramParameters(), new Progress<Step>(), new CollectedResults(), CancellationToken.None), TestContext.Current.CancellationToken));
        Assert.Equal("The mask must have the tomogram's shape of 48 x 3 x 48 (z, y, x), found 2 x 2 x 2.", problem.Message);
    }

    [Fact]
    public async Task Excluded_views_do_not_count_duplicated_angles_and_saturation_are_told()
    {
        var (pixels, _) = Phantom(Width, Depth, noise: 0);
        var broken = (float[])pixels.Clone();
        Array.Fill(broken, 1e6f, 4 * Rows * Width, Rows * Width);
        var parameters = new TomogramParameters { Iterations = 3, Depth = Depth, ExcludeList = [5] };

        var one = await Run.Async(Analysis, Series(pixels, Degrees), parameters);
        var two = await Run.Async(Analysis, Series(broken, Degrees), parameters);
        var twice = await Run.Async(Analysis, Series(pixels, Degrees), parameters with { Angles = [.. Degrees.Select(degree => degree == 60 ? 55 : degree)] });
        var bytes = new byte[25 * Rows * Width];
        Array.Fill(bytes, (byte)255, 12 * Rows * Width, 20);
        var header = Series(pixels, Degrees).Header with { Pixel = PixelType.UInt8 };
        var saturated = await Run.Async(Analysis, new ArraySignal(header, bytes), new TomogramParameters { Iterations = 1 });

        Assert.Equal(one.Images["Tomogram"].Pixels, two.Images["Tomogram"].Pixels);
        Assert.Contains("2 views share an angle with another, the first at 55 deg (views 23, 24): each counts for its share.", twice.Warnings);
        Assert.Contains(saturated.Warnings, warning => warning.StartsWith("13.89 % of the pixels of the view at 0 deg are 255", StringComparison.Ordinal));
    }

    /// <summary>Discs of density 1 and 2 in each slice, projected by the reference.</summary>
    private static (float[] Pixels, double[] Slice) Phantom(int width, int depth, double noise, double[]? degrees = null)
    {
        degrees ??= Degrees;
        var random = new Random(4);
        var truth = new double[depth * width];
        for (var i = 0; i < truth.Length; i++)
        {
            var (x, z) = ((i % width) - 22.0, (i / width) - 17.0);
            truth[i] = double.Hypot(x - 5, z) < 4 ? 2 : double.Hypot(x, z) < 12 ? 1 : 0;
        }

        var rays = new DoubleProjector(degrees, width, depth).Forward(truth);
        var pixels = new float[degrees.Length * Rows * width];
        for (var i = 0; i < pixels.Length; i++)
        {
            var (view, u) = (i / (Rows * width), i % width);
            pixels[i] = (float)(rays[(view * width) + u] + (noise * random.NextDouble()));
        }

        return (pixels, truth);
    }

    private static double[] Slice(float[] pixels, int y) => [.. Enumerable.Range(0, Degrees.Length * Width).Select(i => (double)pixels[(((i / Width * Rows) + y) * Width) + (i % Width)])];

    private static ArraySignal Series(float[] pixels, double[] degrees) =>
        Run.Signal(SignalKind.TiltSeries, pixels, new Axis("tilt", degrees.Length, "deg", AxisRole.Tilt, Values: degrees), Space("y", Rows), Space("x", Width));

    private static Axis Space(string name, int size) => new(name, size, "nm", AxisRole.Space, 2);

    private sealed class Reporter(Action<Step> act) : IProgress<Step>
    {
        public void Report(Step value) => act(value);
    }
}
