using CryoHub.Analyses.Tomography;
using CryoHub.Analyses.Tomography.DualAxis;
using CryoHub.Imaging;

namespace CryoHub.Analyses.Tests.Tomography;

/// <summary>Two series of the same soft balls, whose projections are known in closed form, between which the specimen was turned and moved.</summary>
public sealed class TomogramDualTests
{
    private const int Size = 96;
    private const int Depth = 72;
    private const int SecondDepth = 75;

    private static readonly TomogramDual Dual = new();
    private static readonly (double X, double Y, double Z, double Sigma, double Height)[] Balls = Specimen();

    [Theory]
    [InlineData(91.7, null)]
    [InlineData(-88.4, null)]
    [InlineData(63.2, 60.0)]
    public async Task Rotation_and_shift_are_found_and_the_wedge_shrinks_to_the_pyramid(double rotation, double? stated)
    {
        var (first, second) = await SeriesAsync(rotation, (3.4, -2.7, 1.3), scale: 1.7);

        var results = await RunAsync(first, second, new TomogramDualParameters { Rotation = stated });

        Assert.Equal(rotation, results.Numbers["Rotation of the second"].Value, 0.1);
        Assert.Equal(3.4, results.Numbers["Shift x"].Value, 0.1);
        Assert.Equal(-2.7, results.Numbers["Shift y"].Value, 0.1);
        Assert.Equal(1.3, results.Numbers["Shift z"].Value, 0.1);
        Assert.Equal(1 / 1.7, results.Numbers["Scale of the second's densities"].Value, 0.01);
        Assert.True(results.Curves["Correlation of the two"].Y[4] > 0.98);
        if (Math.Abs(Math.Abs(rotation) - 90) < 2)
        {
            // Isotropic balls: a wedge of 60 of 180 degrees leaves out 1/3 of their power, two pyramids of half angles 30 degrees 8 asin(sin^2 30 deg) / 4 pi of it.
            var expected = Math.Sqrt(8 * Math.Asin(0.25) / (4 * Math.PI) / (60.0 / 180));
            var ratio = Error(results.Images["Tomogram"].Pixels) / Error(first.Pixels);
            Assert.Equal(expected, ratio, 0.05);
        }
    }

    [Fact]
    public async Task A_given_transform_is_taken_as_it_is()
    {
        var (first, second) = await SeriesAsync(90, (2, 0, -1), scale: 1);
        var parameters = new TomogramDualParameters { Rotation = 90, SearchRange = 0, Shift = [2, 0, -1], MatchDensities = false };

        var given = await RunAsync(first, second, parameters);
        var wrong = await RunAsync(first, second, parameters with { Shift = [8, 3, -1] });

        Assert.Equal((90, 2, 0, -1, 1), (Value(given, "Rotation of the second"), Value(given, "Shift x"), Value(given, "Shift y"), Value(given, "Shift z"), Value(given, "Scale of the second's densities")));
        Assert.True(Error(given.Images["Tomogram"].Pixels) < 0.75 * Error(first.Pixels));
        Assert.True(Error(wrong.Images["Tomogram"].Pixels) > Error(first.Pixels));
    }

    [Fact]
    public async Task What_does_not_fit_is_refused_with_the_numbers()
    {
        var flat = Run.Signal(SignalKind.Volume, new float[4 * 16 * 16], Space("z", 4), Space("y", 16), Space("x", 16));
        var fine = Run.Signal(SignalKind.Volume, new float[16 * 16 * 16], Space("z", 16), Space("y", 16), Space("x", 16));
        var coarse = Run.Signal(SignalKind.Volume, new float[16 * 16 * 16], Space("z", 16), Space("y", 16), new Axis("x", 16, "nm", AxisRole.Space, 0.8));
        async Task<string> ProblemAsync(ISignal first, ISignal second, TomogramDualParameters? parameters = null) => (await Assert.ThrowsAsync<ProblemException>(
            () => Run.Async(Dual, new Dictionary<string, ISignal> { ["signal"] = first, ["second"] = second }, parameters ?? new()))).Message;

        Assert.Equal("A tomogram has three axes [z, y, x] of at least 8 voxels; \"test\" is 4 x 16 x 16.", await ProblemAsync(fine, flat));
        Assert.Equal("Both volumes need the same voxels; the first has 0.5 nm, the second 0.8 nm. Bin or resample one of them.", await ProblemAsync(fine, coarse));
        Assert.Equal("A shift has three numbers, x, y and z; found 2.", await ProblemAsync(fine, fine, new() { Shift = [1, 2] }));
    }

    private static double Value(CollectedResults results, string name) => results.Numbers[name].Value;

    private static Task<CollectedResults> RunAsync((float[] Pixels, ISignal Volume) first, ISignal second, TomogramDualParameters parameters) =>
        Run.Async(Dual, new Dictionary<string, ISignal> { ["signal"] = first.Volume, ["second"] = second }, parameters);

    /// <summary>Root mean square difference from the balls' densities.</summary>
    private static double Error(float[] volume)
    {
        var sum = 0.0;
        for (var i = 0; i < volume.Length; i++)
        {
            var (x, y, z) = ((i % Size) - ((Size - 1) / 2.0), (i / Size % Size) - ((Size - 1) / 2.0), (i / (Size * Size)) - ((Depth - 1) / 2.0));
            var truth = Balls.Sum(ball => ball.Height * Math.Exp(-(((x - ball.X) * (x - ball.X)) + ((y - ball.Y) * (y - ball.Y)) + ((z - ball.Z) * (z - ball.Z))) / (2 * ball.Sigma * ball.Sigma)));
            sum += (volume[i] - truth) * (volume[i] - truth);
        }

        return Math.Sqrt(sum / volume.Length);
    }

    private static async Task<((float[] Pixels, ISignal Volume) First, ISignal Second)> SeriesAsync(double rotation, (double X, double Y, double Z) shift, double scale)
    {
        var (sin, cos) = Math.SinCos(rotation * Math.PI / 180);
        var moved = Balls.Select(ball => ball with
        {
            X = (cos * ball.X) + (sin * ball.Y) + shift.X,
            Y = (cos * ball.Y) - (sin * ball.X) + shift.Y,
            Z = ball.Z + shift.Z,
            Height = scale * ball.Height,
        });
        var first = await ReconstructAsync(Balls, Depth);
        return (first, (await ReconstructAsync(moved, SecondDepth)).Volume);
    }

    private static async Task<(float[] Pixels, ISignal Volume)> ReconstructAsync(IEnumerable<(double X, double Y, double Z, double Sigma, double Height)> balls, int depth)
    {
        double[] degrees = [.. Enumerable.Range(0, 61).Select(i => -60.0 + (2 * i))];
        var pixels = new float[degrees.Length * Size * Size];
        for (var i = 0; i < pixels.Length; i++)
        {
            var (x, y) = ((i % Size) - ((Size - 1) / 2.0), (i / Size % Size) - ((Size - 1) / 2.0));
            var (s, c) = Math.SinCos(degrees[i / (Size * Size)] * Math.PI / 180);
            pixels[i] = (float)balls.Sum(ball =>
            {
                var (du, dv) = (x - (ball.X * c) - (ball.Z * s), y - ball.Y);
                return ball.Height * ball.Sigma * Math.Sqrt(2 * Math.PI) * Math.Exp(-((du * du) + (dv * dv)) / (2 * ball.Sigma * ball.Sigma));
            });
        }

        var series = Run.Signal(SignalKind.TiltSeries, pixels, new Axis("tilt", degrees.Length, "deg", AxisRole.Tilt, Values: degrees), Space("y", Size), Space("x", Size));
        var (header, voxels) = (await Run.Async(new TomogramWbp(), series, new TomogramWbpParameters { Depth = depth })).Images["Tomogram"];
        return (voxels, Run.Signal(SignalKind.Volume, voxels, [.. header.Axes]));
    }

    private static (double X, double Y, double Z, double Sigma, double Height)[] Specimen()
    {
        var random = new Random(31);
        double Spread(double width) => width * (random.NextDouble() - 0.5);
        return [.. Enumerable.Range(0, 14).Select(_ => (Spread(44), Spread(44), Spread(30), 1.8 + random.NextDouble(), 0.5 + random.NextDouble()))];
    }

    private static Axis Space(string name, int size) => new(name, size, "nm", AxisRole.Space, 0.5);
}
