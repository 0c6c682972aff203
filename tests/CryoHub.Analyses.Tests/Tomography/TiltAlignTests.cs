using CryoHub.Analyses.Tomography.Alignment;
using CryoHub.Imaging;

namespace CryoHub.Analyses.Tests.Tomography;

public sealed class TiltAlignTests
{
    private static readonly TiltAlign Align = new();
    private static readonly double[] Degrees = [.. Enumerable.Range(0, 41).Select(i => -60.0 + (3 * i))];

    [Fact]
    public async Task Beads_align_within_a_third_of_a_pixel_and_give_the_axis_within_a_tenth_of_a_degree()
    {
        var phantom = new TiltSeriesPhantom(1, beads: 16, blobCount: 60, axis: 4.3, jitter: 6, Degrees);

        var results = await Run.Async(Align, phantom.Series(noise: 2), new TiltAlignParameters { Method = TiltAlignMethod.Beads, BeadDiameter = TiltSeriesPhantom.BeadDiameter, RotationAngle = 2 });

        Assert.InRange(results.Numbers["Residual"].Value, 0, 0.3);
        Assert.Equal(4.3, results.Numbers["Tilt axis angle"].Value, 0.1);
        Assert.InRange(results.Numbers["Tilt axis angle"].Uncertainty!.Value, 0.001, 0.1);
        Assert.InRange(results.Numbers["Markers"].Value, 12, 16);
        var (largest, rms) = phantom.Errors(results.Curves["Shift x"].Y, results.Curves["Shift y"].Y);
        Assert.True(rms < 0.15 && largest < 0.4, $"shifts off by {rms:g3} px rms, {largest:g3} px at most");
        Assert.Equal([41, 256, 256], results.Images["Aligned series"].Header.Shape);
        Assert.Equal(0, results.Images["Aligned series"].Header.Metadata.TiltAxisDeg);
    }

    [Theory]
    [InlineData(TiltAlignMethod.CrossCorrelation)]
    [InlineData(TiltAlignMethod.Patches)]
    public async Task Without_markers_shifts_come_back_within_a_pixel(TiltAlignMethod method)
    {
        var phantom = new TiltSeriesPhantom(2, beads: 0, blobCount: 400, axis: -3, jitter: 12, Degrees);

        var results = await Run.Async(Align, phantom.Series(noise: 1), new TiltAlignParameters { Method = method, RotationAngle = -3 });

        var (largest, rms) = phantom.Errors(results.Curves["Shift x"].Y, results.Curves["Shift y"].Y);
        Assert.True(rms < 1, $"shifts off by {rms:g3} px rms, {largest:g3} px at most");
        if (method == TiltAlignMethod.Patches)
        {
            Assert.Equal(-3, results.Numbers["Tilt axis angle"].Value, 0.3);
        }
    }

    [Fact]
    public async Task An_unknown_axis_is_found_from_the_beads()
    {
        var phantom = new TiltSeriesPhantom(3, beads: 14, blobCount: 0, axis: 85, jitter: 2, [.. Enumerable.Range(0, 21).Select(i => -50.0 + (5 * i))]);

        var results = await Run.Async(Align, phantom.Series(noise: 1), new TiltAlignParameters { Method = TiltAlignMethod.Beads, BeadDiameter = TiltSeriesPhantom.BeadDiameter, SearchRadius = 20 });

        var axis = results.Numbers["Tilt axis angle"].Value;
        Assert.Equal(85, axis - (180 * Math.Floor(axis / 180)), 0.2); // an axis is the same seen from its other end
    }

    [Fact]
    public async Task The_tilt_that_levels_the_specimen_is_reported_and_applied_once()
    {
        var phantom = new TiltSeriesPhantom(4, beads: 16, blobCount: 0, axis: 0, jitter: 3, [.. Enumerable.Range(0, 21).Select(i => -50.0 + (5 * i))]);
        for (var bead = 0; bead < phantom.Beads.Length; bead++)
        {
            phantom.Beads[bead].Z = Math.Tan(7 * Math.PI / 180) * phantom.Beads[bead].X;
        }

        var parameters = new TiltAlignParameters { Method = TiltAlignMethod.Beads, BeadDiameter = TiltSeriesPhantom.BeadDiameter, RotationAngle = 0, Level = true };
        var results = await Run.Async(Align, phantom.Series(noise: 0.5), parameters);

        Assert.Equal(-7, results.Numbers["Tilt offset that levels the specimen"].Value, 0.2);
        Assert.Equal(results.Numbers["Tilt offset that levels the specimen"].Value, results.Numbers["Tilt offset applied"].Value);
        Assert.Equal(-57, results.Images["Aligned series"].Header.Axes[0].Values![0], 0.2);
    }

    [Theory]
    [InlineData(86.0)]
    [InlineData(null)]
    public async Task An_isolated_particle_is_aligned_by_its_mass(double? stated)
    {
        double[] all = [.. Enumerable.Range(0, 46).Select(i => -90.0 + (4 * i))];
        var phantom = new TiltSeriesPhantom(5, beads: 0, blobCount: 0, axis: 88.5, jitter: 5, all);
        var random = new Random(6);
        const int size = 96;
        var pixels = new float[all.Length * size * size];
        var bodies = Enumerable.Range(0, 12).Select(_ => (X: 24 * (random.NextDouble() - 0.5), Y: 44 * (random.NextDouble() - 0.5), Z: 24 * (random.NextDouble() - 0.5), S: 2.5 + (2 * random.NextDouble()))).ToArray();
        for (var i = 0; i < pixels.Length; i++)
        {
            var (view, x, y) = (i / (size * size), (i % size) - 47.5, (i / size % size) - 47.5);
            var sum = 3 + (0.3 * random.NextDouble());
            foreach (var body in bodies)
            {
                var (bx, by) = phantom.Poses[view].Project(body.X, body.Y, body.Z);
                sum += 20 * Math.Exp(-(((bx - x) * (bx - x)) + ((by - y) * (by - y))) / (2 * body.S * body.S));
            }

            pixels[i] = (float)sum;
        }

        var signal = Run.Signal(SignalKind.TiltSeries, pixels, new Axis("tilt", all.Length, "deg", AxisRole.Tilt, Values: all), new Axis("y", size, "nm", AxisRole.Space), new Axis("x", size, "nm", AxisRole.Space));
        var results = await Run.Async(Align, signal, new TiltAlignParameters { Method = TiltAlignMethod.MassProfile, RotationAngle = stated });

        Assert.Equal(88.5, results.Numbers["Tilt axis angle"].Value, 0.5);
        var (largest, rms) = phantom.Errors(results.Curves["Shift x"].Y, results.Curves["Shift y"].Y);
        Assert.True(largest < 0.5, $"shifts off by {rms:g3} px rms, {largest:g3} px at most");
        Assert.InRange(results.Numbers["Largest change of a view's total intensity"].Value, 0, 1);
    }

    [Fact]
    public async Task Written_transforms_and_fiducials_read_back_give_the_same_alignment()
    {
        var phantom = new TiltSeriesPhantom(7, beads: 10, blobCount: 0, axis: 12, jitter: 4, [.. Enumerable.Range(0, 13).Select(i => -45.0 + (7.5 * i))]);
        var signal = phantom.Series(noise: 0.5);
        var first = await Run.Async(Align, signal, new TiltAlignParameters { Method = TiltAlignMethod.Beads, BeadDiameter = TiltSeriesPhantom.BeadDiameter, RotationAngle = 10, Magnification = true });

        var lines = System.Text.Encoding.ASCII.GetString(first.Files["aligned.xf"]).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(13, lines.Length);
        float[] numbers = [.. lines.SelectMany(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Select(word => float.Parse(word, System.Globalization.CultureInfo.InvariantCulture))];
        var results = new CollectedResults();
        var inputs = new Dictionary<string, ISignal> { ["signal"] = signal, ["transforms"] = Run.Signal(SignalKind.Model, numbers, new Axis("row", 13, "", AxisRole.Index), new Axis("column", 6, "", AxisRole.Index)) };
        await Align.RunAsync(new AnalysisRun(inputs, new TiltAlignParameters { Method = TiltAlignMethod.Given }, new Progress<Step>(), results, CancellationToken.None), TestContext.Current.CancellationToken);

        for (var view = 0; view < 13; view++)
        {
            Assert.Equal(first.Curves["Shift x"].Y[view], results.Curves["Shift x"].Y[view], 0.01); // .xf holds three decimals
            Assert.Equal(first.Curves["Shift y"].Y[view], results.Curves["Shift y"].Y[view], 0.01);
        }

        Assert.Equal(first.Numbers["Tilt axis angle"].Value, results.Numbers["Tilt axis angle"].Value, 1e-3);
        Assert.Equal("IMODV1.2"u8, first.Files["aligned.fid"].AsSpan(0, 8));
        Assert.StartsWith("  -45.00\n  -37.50\n", System.Text.Encoding.ASCII.GetString(first.Files["aligned.tlt"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bad_input_is_refused_with_the_numbers()
    {
        var phantom = new TiltSeriesPhantom(8, beads: 1, blobCount: 0, axis: 0, jitter: 0, [-10, 0, 10]);
        var signal = phantom.Series(noise: 0.5);
        var beads = new TiltAlignParameters { Method = TiltAlignMethod.Beads, BeadDiameter = TiltSeriesPhantom.BeadDiameter };

        Assert.StartsWith("1 markers were found at 0 deg and 1 of them in at least 3 views; at least 2 are needed", await Run.ProblemAsync(Align, signal, beads), StringComparison.Ordinal);
        Assert.Equal("The tilt series has 3 projections; 2 tilt angles are given.", await Run.ProblemAsync(Align, signal, beads with { Angles = [1, 2] }));
        Assert.Equal("Of 3 views 2 are excluded; at least 2 are needed.", await Run.ProblemAsync(Align, signal, beads with { ExcludeList = [1, 2] }));
        var image = Run.Signal(SignalKind.Image, new float[1024], new Axis("y", 32, "", AxisRole.Space), new Axis("x", 32, "", AxisRole.Space));
        Assert.StartsWith("A tilt series has three axes [tilt, y, x]; \"test\" has 2: 32 x 32.", await Run.ProblemAsync(Align, image, beads), StringComparison.Ordinal);
        Assert.StartsWith("Patches of 200 px leave 1 in an image of 256 x 256 px", await Run.ProblemAsync(Align, signal, new TiltAlignParameters { Method = TiltAlignMethod.Patches, SizeOfPatches = 200 }), StringComparison.Ordinal);
    }
}
