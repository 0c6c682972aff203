using CryoHub.Analyses.FibSem;
using CryoHub.Imaging;

namespace CryoHub.Analyses.Tests.FibSem;

public sealed class FibSemStackTests
{
    private const int Size = 96;
    private const double Slant = 0.12; // columns a slice: 6.8 degrees

    private static readonly FibSemStack Stack = new();

    [Fact]
    public async Task Jumps_are_undone_and_slanted_features_stay_slanted()
    {
        const int slices = 200;
        var random = new Random(3);
        (double X, double Y)[] jumps = [.. Enumerable.Range(0, slices).Select(_ => (3 * (random.NextDouble() - 0.5), 3 * (random.NextDouble() - 0.5)))];
        var signal = Signal(Tubes(jumps, [.. Enumerable.Range(0, slices).Select(z => (double)z)], noise: 3));

        var results = await Run.Async(Stack, signal, new FibSemStackParameters { BeamAngle = 90, MatchBrightness = false });

        double[] x = results.Curves["Correction x"].Y, y = results.Curves["Correction y"].Y;
        var rms = Math.Sqrt(jumps.Select((jump, z) => (Math.Pow(x[z] - jump.X, 2) + Math.Pow(y[z] - jump.Y, 2)) / 2).Average());
        Assert.True(rms < 0.2, $"jumps are off by {rms:g3} px rms");
        var slope = Slope([.. x.Zip(jumps, (a, b) => a - b.X)]); // what was taken off besides the jumps leans the volume
        Assert.InRange(Math.Atan(slope) * 180 / Math.PI, -0.1, 0.1);
    }

    [Fact]
    public async Task A_fiducial_corrects_slow_drift_too()
    {
        const int slices = 60;
        (double X, double Y)[] drift = [.. Enumerable.Range(0, slices).Select(z => (4.0 * z / slices, -6 * Math.Pow(z / (double)slices, 2)))];
        var pixels = Tubes(drift, [.. Enumerable.Range(0, slices).Select(z => (double)z)], noise: 2);
        for (var i = 0; i < pixels.Length; i++)
        {
            var (z, x, y) = (i / (Size * Size), (i % Size) - 20 - drift[i / (Size * Size)].X, (i / Size % Size) - 24 - drift[i / (Size * Size)].Y);
            if (Math.Abs(x) < 20 && Math.Abs(y) < 24)
            {
                pixels[i] = 100 + (float)(80 * Math.Exp(-((x * x) + (y * y)) / 20)) + (float)(60 * Math.Exp(-(((x - 9) * (x - 9)) + ((y + 8) * (y + 8))) / 12));
            }
        }

        var parameters = new FibSemStackParameters { Alignment = StackAlignment.Fiducial, Fiducial = new Region { X = 4, Y = 4, Width = 32, Height = 40 }, BeamAngle = 90 };
        var results = await Run.Async(Stack, Signal(pixels), parameters);

        Assert.Equal(drift[^1].X, results.Curves["Correction x"].Y[^1], 0.5);
        Assert.Equal(drift[^1].Y, results.Curves["Correction y"].Y[^1], 0.5);
    }

    [Fact]
    public async Task A_square_on_the_face_is_square_in_the_volume()
    {
        const double angle = 52;
        var pixels = new float[3 * 128 * 128];
        var height = 60 * Math.Sin(angle * Math.PI / 180); // a square of 60 px, foreshortened along y
        for (var i = 0; i < pixels.Length; i++)
        {
            var inside = Math.Abs((i % 128) - 63.5) < 30 ? Math.Clamp((height / 2) + 0.5 - Math.Abs((i / 128 % 128) - 63.5), 0, 1) : 0;
            pixels[i] = (float)(10 + (100 * inside));
        }

        var signal = Run.Signal(SignalKind.ImageStack, pixels, Space("z", 3, 25), Space("y", 128, 10), Space("x", 128, 10));
        var results = await Run.Async(Stack, signal, new FibSemStackParameters { Alignment = StackAlignment.None, BeamAngle = angle, MatchBrightness = false });

        var volume = results.Images["Volume"];
        Assert.Equal([6, (long)Math.Round(128 / Math.Sin(angle * Math.PI / 180)), 128], volume.Header.Shape);
        Assert.All(volume.Header.Axes, axis => Assert.Equal((10, "nm"), (axis.Step, axis.Unit)));
        var rows = (int)volume.Header.Shape[1];
        var along = Enumerable.Range(0, rows).Sum(y => (volume.Pixels[(y * 128) + 64] - 10) / 100.0);
        Assert.Equal(60, along, 0.12); // 0.2 %
    }

    [Fact]
    public async Task The_angle_between_the_beams_comes_from_the_file_unless_it_is_given()
    {
        async Task<(CollectedResults Results, long Rows)> RunAsync(double? file, double? given)
        {
            var signal = Run.Signal(SignalKind.ImageStack, new float[3 * 100 * 40], Space("z", 3, 10), Space("y", 100, 10), Space("x", 40, 10));
            var stated = new ArraySignal(signal.Header with { Metadata = new() { FaceAngleDeg = file } }, new byte[sizeof(float) * 3 * 100 * 40]);
            var results = await Run.Async(Stack, stated, new FibSemStackParameters { Alignment = StackAlignment.None, BeamAngle = given });
            return (results, results.Images["Volume"].Header.Shape[1]);
        }

        var (_, lengthened) = await RunAsync(30, null); // 1 / sin 30 deg = 2
        var (_, chosen) = await RunAsync(30, 90);
        var (unknown, asIs) = await RunAsync(null, null);
        var (corrected, same) = await RunAsync(90, null);

        Assert.Equal((200, 100, 100, 100), (lengthened, chosen, asIs, same));
        Assert.Contains(unknown.Warnings, warning => warning.StartsWith("Neither the file nor the parameters state the angle between the beams", StringComparison.Ordinal));
        Assert.Contains("The file says that the microscope corrected the foreshortening: y is taken as the file has it.", corrected.Warnings);
    }

    [Fact]
    public async Task Thicknesses_of_slices_come_back()
    {
        const int slices = 60, wide = 256; // enough grains to compare: their number limits how well a thickness is known
        var random = new Random(5);
        double[] thickness = [.. Enumerable.Range(0, slices - 1).Select(_ => 0.8 + (0.4 * random.NextDouble()))];
        var at = 0.0;
        double[] positions = [0, .. thickness.Select(step => at += step)];
        var balls = Enumerable.Range(0, 12000).Select(_ => (X: ((wide + 20) * random.NextDouble()) - 10, Y: ((wide + 20) * random.NextDouble()) - 10, Z: (140 * random.NextDouble()) - 10, H: random.NextDouble() - 0.5)).ToArray();
        var pixels = new float[slices * wide * wide];
        for (var z = 0; z < slices; z++)
        {
            foreach (var ball in balls.Where(ball => Math.Abs(ball.Z - (2 * positions[z])) < 9))
            {
                var depth = Math.Exp(-Math.Pow(ball.Z - (2 * positions[z]), 2) / 9.7) * ball.H; // slices are two pixels thick on average
                for (var y = Math.Max(0, (int)ball.Y - 8); y < Math.Min(wide, ball.Y + 8); y++)
                {
                    for (var x = Math.Max(0, (int)ball.X - 8); x < Math.Min(wide, ball.X + 8); x++)
                    {
                        pixels[(((z * wide) + y) * wide) + x] += (float)(depth * Math.Exp(-(Math.Pow(x - ball.X, 2) + Math.Pow(y - ball.Y, 2)) / 9.7));
                    }
                }
            }
        }

        var signal = Run.Signal(SignalKind.ImageStack, pixels, Space("z", slices, 20), Space("y", wide, 10), Space("x", wide, 10));
        var results = await Run.Async(Stack, signal, new FibSemStackParameters { Alignment = StackAlignment.None, ThicknessOfEach = true, BeamAngle = 90, MatchBrightness = false });

        var found = results.Curves["Thickness"].Y;
        var mean = thickness.Average();
        var off = Math.Sqrt(found.Select((value, i) => Math.Pow((value / 20) - (thickness[i] / mean), 2)).Average());
        Assert.True(off < 0.05, $"thicknesses are off by {100 * off:0.#} % rms");
        Assert.Equal("nm", results.Curves["Thickness"].YUnit);
    }

    [Fact]
    public async Task Shading_charging_curtains_and_jumps_of_brightness_go()
    {
        const int slices = 6;
        var random = new Random(8);
        var clean = Tubes(new (double, double)[slices], [.. Enumerable.Range(0, slices).Select(z => (double)z)], noise: 0);
        float[] curtains = [.. Enumerable.Range(0, Size).Select(_ => 15 * (random.NextSingle() - 0.5f))];
        float[] dirty = [.. clean.Select((value, i) => value + curtains[i % Size] + (0.3f * (i % Size)) + (0.2f * (i / Size % Size)) + (i / Size % 17 == 0 ? 30 : 0) + (5 * (i / (Size * Size) % 2)))];
        var parameters = new FibSemStackParameters { Alignment = StackAlignment.None, Isotropic = false, BeamAngle = 90, CurtainLevels = 4, CurtainSigma = 1, ShadingOrder = 1, ChargingLines = true };

        var results = await Run.Async(Stack, Signal(dirty), parameters);

        var alone = await Run.Async(Stack, Signal(clean), parameters); // what tubes share along lines and columns goes with the stripes: no part of the question
        var before = Math.Sqrt(Enumerable.Range(0, slices).Average(z => Spread(dirty, clean, z)));
        var after = Math.Sqrt(Enumerable.Range(0, slices).Average(z => Spread(results.Images["Volume"].Pixels, alone.Images["Volume"].Pixels, z)));
        Assert.True(after < 0.2 * before, $"off by {after:0.#} instead of {before:0.#}");
        double[] means = [.. Enumerable.Range(0, slices).Select(z => results.Images["Volume"].Pixels.Skip(z * Size * Size).Take(Size * Size).Average(value => (double)value))];
        Assert.InRange(means.Max() - means.Min(), 0, 3); // 5 before
    }

    [Fact]
    public async Task Bad_input_is_refused_with_the_numbers_and_a_missing_slice_is_told()
    {
        var signal = Signal(new float[3 * Size * Size]);
        var half = Run.Signal(SignalKind.ImageStack, new float[3 * Size * Size], new Axis("slice", 3, "", AxisRole.Frame), Space("y", Size, 10), Space("x", Size, 10));

        Assert.Equal("The pixel size is known but nothing tells the other size of a voxel: give \"sliceThickness\" in nm.", await Run.ProblemAsync(Stack, half, new FibSemStackParameters()));
        Assert.Equal("Alignment by a fiducial needs the region it lies in: parameter \"fiducial\".", await Run.ProblemAsync(Stack, signal, new FibSemStackParameters { Alignment = StackAlignment.Fiducial }));
        var broken = Tubes(new (double, double)[6], [0, 1, 2, 400, 401, 402], noise: 2);
        var random = new Random(1);
        for (var i = 3 * Size * Size; i < broken.Length; i++)
        {
            broken[i] = 100 + (50 * random.NextSingle()); // nothing in common with what was before
        }

        var results = await Run.Async(Stack, Signal(broken), new FibSemStackParameters { BeamAngle = 90 });
        Assert.Contains(results.Warnings, warning => warning.StartsWith("Slice 4 hardly resembles slice 3", StringComparison.Ordinal));
        broken[^1] = float.NaN;
        Assert.StartsWith("Slice 6 holds 1 of 9216 pixels without a value", await Run.ProblemAsync(Stack, Signal(broken), new FibSemStackParameters { BeamAngle = 90 }), StringComparison.Ordinal);
    }

    /// <summary>Tubes that all lean by <see cref="Slant"/> columns a slice, moved by <paramref name="moved"/>.</summary>
    private static float[] Tubes((double X, double Y)[] moved, double[] depths, double noise)
    {
        var random = new Random(4);
        var tubes = Enumerable.Range(0, 90).Select(_ => (X: (200 * random.NextDouble()) - 60, Y: (120 * random.NextDouble()) - 12, S: 2 + (2 * random.NextDouble()), H: 40 + (60 * random.NextDouble()))).ToArray();
        var pixels = new float[depths.Length * Size * Size];
        for (var z = 0; z < depths.Length; z++)
        {
            var slice = pixels.AsSpan(z * Size * Size, Size * Size);
            foreach (ref var pixel in slice)
            {
                pixel = (float)(100 + (noise * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble())));
            }

            foreach (var tube in tubes)
            {
                var (cx, cy) = (tube.X + (Slant * depths[z]) + moved[z].X, tube.Y + moved[z].Y);
                for (var y = Math.Max(0, (int)cy - 13); y < Math.Min(Size, cy + 13); y++)
                {
                    for (var x = Math.Max(0, (int)cx - 13); x < Math.Min(Size, cx + 13); x++)
                    {
                        slice[(y * Size) + x] += (float)(tube.H * Math.Exp(-(Math.Pow(x - cx, 2) + Math.Pow(y - cy, 2)) / (2 * tube.S * tube.S)));
                    }
                }
            }
        }

        return pixels;
    }

    private static double Spread(float[] pixels, float[] clean, int z)
    {
        double[] off = [.. Enumerable.Range(z * Size * Size, Size * Size).Select(i => (double)pixels[i] - clean[i])];
        var mean = off.Average();
        return off.Average(value => (value - mean) * (value - mean));
    }

    private static double Slope(double[] values)
    {
        var (mean, middle) = (values.Average(), (values.Length - 1) / 2.0);
        return values.Select((value, i) => (value - mean) * (i - middle)).Sum() / values.Select((_, i) => (i - middle) * (i - middle)).Sum();
    }

    private static ArraySignal Signal(float[] pixels) =>
        Run.Signal(SignalKind.ImageStack, pixels, Space("z", pixels.Length / (Size * Size), 10), Space("y", Size, 10), Space("x", Size, 10));

    private static Axis Space(string name, int size, double step) => new(name, size, "nm", AxisRole.Space, step);
}
