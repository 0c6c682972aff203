using CryoHub.Analyses.Tomography;
using CryoHub.Imaging;

namespace CryoHub.Analyses.Tests.Tomography;

public sealed class TomogramWbpTests
{
    private static readonly TomogramWbp Wbp = new();

    [Theory]
    [InlineData(61, 40, 3)]
    [InlineData(17, 33, 65)] // more slices than a strip holds
    public async Task A_tomogram_equals_a_double_precision_reference(int views, int width, int slices)
    {
        var angles = Angles(views, -60, 60);
        var random = new Random(7);
        var pixels = new float[views * slices * width];
        foreach (ref var pixel in pixels.AsSpan())
        {
            pixel = (float)random.NextDouble();
        }

        var results = await Run.Async(Wbp, Series(pixels, angles, slices, width), new TomogramWbpParameters { Border = ProjectionBorder.Zero, AxisShift = 1.5 });

        var (volume, expected) = (results.Images["Tomogram"].Pixels, Reference(pixels, angles, slices, width, 1.5));
        var range = expected.Max() - expected.Min();
        var rms = Math.Sqrt(volume.Zip(expected, (a, b) => (a - b) * (a - b)).Average());
        Assert.True(rms < 1e-4 * range, $"RMS difference {rms / range:g3} of the range");
    }

    [Fact]
    public async Task A_uniform_cylinder_seen_all_around_gets_its_density_back()
    {
        const int width = 96;
        const double radius = 24;
        var angles = Angles(181, -90, 90); // +90 and -90 are the same direction and count half each
        var pixels = new float[angles.Length * width];
        for (var i = 0; i < pixels.Length; i++)
        {
            var u = (i % width) - ((width - 1) / 2.0);
            pixels[i] = (float)(3.0 * 2 * Math.Sqrt(Math.Max(0, (radius * radius) - (u * u))));
        }

        var results = await Run.Async(Wbp, Series(pixels, angles, 1, width), new TomogramWbpParameters { TiltAxis = 0 });

        var volume = results.Images["Tomogram"].Pixels;
        var inside = Enumerable.Range(0, width * width).Where(i => double.Hypot((i % width) - 47.5, (i / width) - 47.5) < 18).Average(i => volume[i]);
        Assert.Equal(3.0, inside, 0.03); // 1 % of 3
        Assert.DoesNotContain(results.Warnings, warning => warning.Contains("wedge", StringComparison.Ordinal));
        Assert.Equal(0, results.Numbers["Missing wedge"].Value);
    }

    [Fact]
    public async Task A_point_lands_where_the_geometry_says_also_around_a_turned_and_shifted_axis()
    {
        const int size = 65;
        var angles = Angles(61, -90, 90);
        var (x0, y0, z0, shift) = (9.0, -7.0, 12.0, 3.0);
        var pixels = new float[angles.Length * size * size];
        for (var view = 0; view < angles.Length; view++)
        {
            // The axis lies along the image's x (90 degrees counter-clockwise from up): across it is upwards, along it is to the right.
            var (sin, cos) = Math.SinCos(angles[view] * Math.PI / 180);
            var across = (x0 * cos) + (z0 * sin) + shift;
            Spot(pixels.AsSpan(view * size * size, size * size), size, 32 + y0, 32 - across);
        }

        var results = await Run.Async(Wbp, Series(pixels, angles, size, size), new TomogramWbpParameters { TiltAxis = 90, AxisShift = shift });

        var volume = results.Images["Tomogram"].Pixels;
        var brightest = Array.IndexOf(volume, volume.Max());
        Assert.Equal((32 + z0, 32 + y0, 32 + x0), (brightest / (size * size), brightest / size % size, brightest % size));
    }

    [Fact]
    public async Task Binning_halves_the_volume_and_doubles_the_voxel()
    {
        var pixels = Enumerable.Repeat(1f, 5 * 20 * 30).ToArray();

        var results = await Run.Async(Wbp, Series(pixels, Angles(5, -60, 60), 20, 30), new TomogramWbpParameters { Binning = 2, Depth = 7 });

        Assert.Equal([7, 10, 15], results.Images["Tomogram"].Header.Shape);
        Assert.Equal((4, "nm"), (results.Numbers["Voxel size"].Value, results.Numbers["Voxel size"].Unit));
        Assert.Contains(results.Warnings, warning => warning.Contains("missing wedge", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_sirt_like_filter_approaches_the_ramp_with_many_iterations_and_smooths_with_few()
    {
        var random = new Random(3);
        var pixels = Enumerable.Range(0, 31 * 48).Select(_ => (float)random.NextDouble()).ToArray();
        var signal = Series(pixels, Angles(31, -90, 90), 1, 48);

        async Task<double> RoughnessAsync(ProjectionFilter filter, int iterations)
        {
            var results = await Run.Async(Wbp, signal, new TomogramWbpParameters { Filter = filter, Iterations = iterations });
            var volume = results.Images["Tomogram"].Pixels;
            return volume.Skip(1).Zip(volume, (a, b) => (double)(a - b) * (a - b)).Average();
        }

        var ramp = await RoughnessAsync(ProjectionFilter.Ramp, 1);
        var few = await RoughnessAsync(ProjectionFilter.SirtLike, 3);
        var many = await RoughnessAsync(ProjectionFilter.SirtLike, 1000);
        Assert.True(few < ramp / 10, $"{few} against {ramp}");
        Assert.Equal(ramp, many, ramp / 100);
    }

    [Fact]
    public async Task One_thread_and_two_give_the_same_bits()
    {
        var random = new Random(5);
        var pixels = Enumerable.Range(0, 9 * 70 * 40).Select(_ => (float)random.NextDouble()).ToArray();
        var signal = Series(pixels, Angles(9, -60, 60), 70, 40);

        var one = await Run.Async(Wbp, signal, new TomogramWbpParameters(), threads: 1);
        var two = await Run.Async(Wbp, signal, new TomogramWbpParameters(), threads: 2);

        Assert.Equal(one.Images["Tomogram"].Pixels, two.Images["Tomogram"].Pixels);
    }

    [Theory]
    [InlineData(0.0, 1)]
    [InlineData(12.5, 2)]
    [InlineData(90.0, 1)]
    public async Task In_parts_come_the_same_bits_as_in_one_piece(double tiltAxis, int binning)
    {
        var random = new Random(11);
        const int views = 7, rows = 300, columns = 150;
        const long little = 1 << 18; // one strip of the larger grid, two of the smaller
        var pixels = Enumerable.Range(0, views * rows * columns).Select(_ => (float)random.NextDouble()).ToArray();
        var signal = Series(pixels, Angles(views, -60, 60), rows, columns);
        var parameters = new TomogramWbpParameters { TiltAxis = tiltAxis, Binning = binning, Depth = 40 };

        var whole = await Run.Async(Wbp, signal, parameters);
        var parts = await Run.Async(Wbp, signal, parameters, memory: little);

        var run = new AnalysisRun(new Dictionary<string, ISignal> { ["signal"] = signal }, parameters, new Progress<Step>(), new CollectedResults(), CancellationToken.None);
        Assert.Equal(1, await Wbp.CountPartsAsync(run, TestContext.Current.CancellationToken));
        Assert.InRange(await Wbp.CountPartsAsync(run with { Memory = little }, TestContext.Current.CancellationToken), 2, 5);
        Assert.Equal(whole.Images.Keys, parts.Images.Keys);
        Assert.All(whole.Images, image => Assert.Equal(image.Value.Pixels, parts.Images[image.Key].Pixels));
        Assert.Equal(whole.Numbers, parts.Numbers);
        Assert.Equal(whole.Warnings, parts.Warnings);
    }

    [Fact]
    public void A_part_holds_only_its_own_rows_of_the_filtered_projections()
    {
        var header = new SignalHeader(
            "large", SignalKind.TiltSeries, PixelType.Int16, [new Axis("tilt", 121, "deg", AxisRole.Tilt, Values: Angles(121, -60, 60)), Space("y", 2048), Space("x", 2048)], AcquisitionMetadata.None, MetadataTree.Empty);
        var plan = new TomogramPlan(header, new TomogramWbpParameters { Depth = 512 });
        const long memory = 1L << 30;
        var parts = plan.CountParts(memory);
        var ranges = Enumerable.Range(0, parts).Select(part => plan.PartOf(part, parts)).ToList();
        Assert.All(ranges, range => Assert.InRange(range.Count * plan.StripBytes, 1, memory + plan.StripBytes));
        Assert.Equal(Enumerable.Range(0, 2048), ranges.SelectMany(range => Enumerable.Range(range.FirstRow, range.Rows)));
    }

    [Fact]
    public async Task Bad_input_is_refused_with_the_numbers()
    {
        var angles = Angles(3, -60, 60);
        var pixels = new float[3 * 4 * 8];
        var good = Series(pixels, angles, 4, 8);
        var parameters = new TomogramWbpParameters();
        var bare = Run.Signal(SignalKind.ImageStack, pixels, new Axis("frame", 3, "", AxisRole.Frame), new Axis("y", 4, "", AxisRole.Space), new Axis("x", 8, "", AxisRole.Space));

        Assert.Equal("The file states no tilt angles: give 3, one for each projection, with the parameter or the input \"angles\".", await Run.ProblemAsync(Wbp, bare, parameters));
        Assert.Equal("The tilt series has 3 projections; 2 tilt angles are given.", await Run.ProblemAsync(Wbp, good, parameters with { Angles = [0, 1] }));
        Assert.Equal("All 3 tilt angles are the same (5 deg).", await Run.ProblemAsync(Wbp, good, parameters with { Angles = [5, 5, 5] }));
        Assert.Equal("A tomogram needs at least 2 tilts, found 1.", await Run.ProblemAsync(Wbp, Series(new float[32], [0], 4, 8), parameters));
        Assert.StartsWith("Binning by 8 leaves 1 x 0 px of 8 x 4 px", await Run.ProblemAsync(Wbp, good, parameters with { Binning = 8 }), StringComparison.Ordinal);
        Assert.Equal(
            "Tomogram (weighted back-projection) takes tilt-series, image-stack; \"test\" is image of 4 x 8.",
            await Run.ProblemAsync(Wbp, Run.Signal(SignalKind.Image, new float[32], Space("y", 4), Space("x", 8)), parameters));
        pixels[32 + 9] = float.NaN;
        Assert.Equal(
            "Projection 1 (0 deg) holds 1 of 32 pixels without a value (NaN or infinite), the first at x 1, y 1.",
            await Run.ProblemAsync(Wbp, Series(pixels, angles, 4, 8), parameters));
    }

    [Fact]
    public async Task Without_calibration_lengths_are_pixels_and_a_warning_says_so()
    {
        var signal = Run.Signal(SignalKind.ImageStack, new float[3 * 4 * 8], new Axis("frame", 3, "", AxisRole.Frame), new Axis("y", 4, "", AxisRole.Space, 0.5), new Axis("x", 8, "", AxisRole.Space, 0.5));

        var results = await Run.Async(Wbp, signal, new TomogramWbpParameters { Angles = [-60, 0, 60] });

        Assert.Equal((1, "px"), (results.Numbers["Voxel size"].Value, results.Numbers["Voxel size"].Unit));
        Assert.Contains("The tilt series is not calibrated: lengths are in pixels.", results.Warnings);
    }

    private static double[] Angles(int count, double first, double last) => [.. Enumerable.Range(0, count).Select(i => first + ((last - first) * i / (count - 1)))];

    private static ArraySignal Series(float[] pixels, double[] angles, int rows, int columns) =>
        Run.Signal(SignalKind.TiltSeries, pixels, new Axis("tilt", angles.Length, "deg", AxisRole.Tilt, Values: angles), Space("y", rows), Space("x", columns));

    private static Axis Space(string name, int size) => new(name, size, "nm", AxisRole.Space, 2);

    private static void Spot(Span<float> image, int size, double x, double y)
    {
        for (var i = 0; i < image.Length; i++)
        {
            var (dx, dy) = ((i % size) - x, (i / size) - y);
            image[i] = (float)Math.Exp(-((dx * dx) + (dy * dy)) / 3);
        }
    }

    /// <summary>Direct convolution with the ramp's real-space kernel and back-projection, all in double precision, equal angular steps over a limited range.</summary>
    private static double[] Reference(float[] pixels, double[] angles, int slices, int width, double shift)
    {
        var volume = new double[width * slices * width];
        var step = (angles[1] - angles[0]) * Math.PI / 180;
        for (var view = 0; view < angles.Length; view++)
        {
            var (sin, cos) = Math.SinCos(angles[view] * Math.PI / 180);
            for (var y = 0; y < slices; y++)
            {
                var row = pixels.AsSpan(((view * slices) + y) * width, width);
                var filtered = new double[width];
                for (var u = 0; u < width; u++)
                {
                    for (var s = 0; s < width; s++)
                    {
                        var n = u - s;
                        filtered[u] += row[s] * (n == 0 ? 0.25 : n % 2 == 0 ? 0 : -1 / (Math.PI * Math.PI * n * n));
                    }
                }

                for (var z = 0; z < width; z++)
                {
                    for (var x = 0; x < width; x++)
                    {
                        var middle = (width - 1) / 2.0;
                        var u = middle + shift + ((x - middle) * cos) + ((z - middle) * sin);
                        var i = (int)Math.Floor(u);
                        var value = ((i >= 0 && i < width ? filtered[i] : 0) * (1 - (u - i))) + ((i + 1 >= 0 && i + 1 < width ? filtered[i + 1] : 0) * (u - i));
                        volume[(((z * slices) + y) * width) + x] += value * step;
                    }
                }
            }
        }

        return volume;
    }
}
