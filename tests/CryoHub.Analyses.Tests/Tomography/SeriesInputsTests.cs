using CryoHub.Analyses.Tomography;
using CryoHub.Imaging;
using CryoHub.Imaging.Tables;

namespace CryoHub.Analyses.Tests.Tomography;

/// <summary>Angles and transforms from files of their own.</summary>
public sealed class SeriesInputsTests
{
    private const int Size = TiltSeriesPhantom.Size;
    private static readonly double[] Degrees = [.. Enumerable.Range(0, 41).Select(i => -60.0 + (3 * i))];

    [Fact]
    public async Task A_raw_series_with_transforms_and_angles_puts_every_bead_in_its_place()
    {
        const int depth = 64;
        var phantom = new TiltSeriesPhantom(21, beads: 8, blobCount: 0, axis: 4.3, jitter: 8, Degrees);
        var inputs = new Dictionary<string, ISignal> { ["signal"] = await UnlabelledAsync(phantom.Series(noise: 0.2)), ["angles"] = Angles(Degrees), ["transforms"] = Transforms(phantom) };
        var parameters = new TomogramWbpParameters { Depth = depth, Border = ProjectionBorder.Extend };

        var whole = await Run.Async(new TomogramWbp(), inputs, parameters);
        var parts = await Run.Async(new TomogramWbp(), inputs, parameters, memory: 1);

        var volume = whole.Images["Tomogram"].Pixels;
        Assert.Equal(volume, parts.Images["Tomogram"].Pixels);
        foreach (var bead in phantom.Beads)
        {
            var (x, y, z) = Centre(volume, depth, bead);
            Assert.Equal(bead.X, x, 0.3); // views hold the beads to a tenth of a pixel or two
            Assert.Equal(bead.Y, y, 0.3);
            Assert.Equal(bead.Z, z, 0.6); // the missing wedge draws beads out along the beam
        }
    }

    [Fact]
    public async Task Angles_are_found_by_their_column_and_sections_by_their_number()
    {
        var phantom = new TiltSeriesPhantom(22, beads: 3, blobCount: 0, axis: 0, jitter: 0, [-30, -10, 10, 30]);
        var series = phantom.Series(noise: 0);
        var columns = new List<TableColumn>
        {
            TableColumn.OfCells("ZValue", "", ["3", "0", "2", "1"]), // as a dose-symmetric scheme writes them
            TableColumn.OfCells("Defocus", "", ["1", "2", "3", "4"]),
            TableColumn.OfCells("TiltAngle", "", ["30", "-30", "10", "-10"]),
        };
        var table = TableSignal.Of("series", SignalKind.Table, columns, AcquisitionMetadata.None, MetadataTree.Empty);
        var parameters = new TomogramParameters { Iterations = 2, Depth = 16 };

        var known = await Run.Async(new Tomogram(), series, parameters);
        var read = await Run.Async(new Tomogram(), new Dictionary<string, ISignal> { ["signal"] = await UnlabelledAsync(series), ["angles"] = table }, parameters);

        Assert.Equal(known.Images["Tomogram"].Pixels, read.Images["Tomogram"].Pixels);
    }

    [Fact]
    public async Task What_does_not_fit_is_refused_with_the_numbers()
    {
        var phantom = new TiltSeriesPhantom(23, beads: 3, blobCount: 0, axis: 0, jitter: 0, [-30, -10, 10, 30]);
        var series = await UnlabelledAsync(phantom.Series(noise: 0));
        async Task<string> ProblemAsync(string role, ISignal signal, TomogramParameters? parameters = null) => (await Assert.ThrowsAsync<ProblemException>(
            () => Run.Async(new Tomogram(), new Dictionary<string, ISignal> { ["signal"] = series, ["angles"] = Angles([-30, -10, 10, 30]), [role] = signal }, parameters ?? new()))).Message;

        Assert.Equal("The tilt series has 4 projections; \"angles\" holds 3 tilt angles.", await ProblemAsync("angles", Angles([1, 2, 3])));
        Assert.Equal("Transforms need 6 numbers for each of the 4 views; found 4 lines of 1.", await ProblemAsync("transforms", Run.Signal(SignalKind.Model, [1, 2, 3, 4], new Axis("row", 4, "", AxisRole.Index), new Axis("column", 1, "", AxisRole.Index))));
        Assert.Equal("The transforms lay the tilt axis upright, yet a tilt axis of 12 deg is given: leave it empty.", await ProblemAsync("transforms", Transforms(phantom), new() { TiltAxis = 12 }));
        Assert.Equal("The file states no tilt angles: give 4, one for each projection, with the parameter or the input \"angles\".", await Run.ProblemAsync(new Tomogram(), series, new TomogramParameters()));
    }

    /// <summary>The series as a plain stack, whose file says nothing of angles.</summary>
    private static async Task<ArraySignal> UnlabelledAsync(ArraySignal series)
    {
        var pixels = new float[series.Header.PixelCount];
        for (var frame = 0; frame < series.Header.FrameCount; frame++)
        {
            var image = new float[series.Header.FramePixels];
            await series.ReadAsync(frame, image, TestContext.Current.CancellationToken);
            image.CopyTo(pixels, frame * image.Length);
        }

        return Run.Signal(SignalKind.ImageStack, pixels, [new Axis("frame", series.Header.FrameCount, "", AxisRole.Frame), .. series.Header.Axes.Skip(1)]);
    }

    private static TableSignal Angles(double[] degrees) =>
        TableSignal.Of("angles", SignalKind.Table, [new TableColumn("angle", "deg", degrees)], AcquisitionMetadata.None, MetadataTree.Empty);

    /// <summary>IMOD's definition: aligned = A (raw - middle) + D; here A turns the tilt axis upright and D undoes the shift.</summary>
    private static ArraySignal Transforms(TiltSeriesPhantom phantom)
    {
        float[] numbers = [.. phantom.Poses.SelectMany(pose =>
        {
            var (sin, cos) = Math.SinCos(pose.Rotation * Math.PI / 180);
            return new[] { cos, -sin, sin, cos, -((cos * pose.ShiftX) - (sin * pose.ShiftY)), -((sin * pose.ShiftX) + (cos * pose.ShiftY)) }.Select(value => (float)value);
        })];
        return Run.Signal(SignalKind.Model, numbers, new Axis("row", phantom.Poses.Length, "", AxisRole.Index), new Axis("column", 6, "", AxisRole.Index));
    }

    /// <summary>Centre of what is darkest within a bead's width of where a bead should be, from the volume's middle.</summary>
    private static (double X, double Y, double Z) Centre(float[] volume, int depth, (double X, double Y, double Z) bead)
    {
        const int reach = 7;
        var (cx, cy, cz) = ((int)Math.Round(bead.X + ((Size - 1) / 2.0)), (int)Math.Round(bead.Y + ((Size - 1) / 2.0)), (int)Math.Round(bead.Z + ((depth - 1) / 2.0)));
        var near = new List<(int X, int Y, int Z, double Value)>();
        for (var i = 0; i < 15 * 15 * 15; i++)
        {
            var (x, y, z) = (cx + (i % 15) - reach, cy + (i / 15 % 15) - reach, cz + (i / 225) - reach);
            if (z >= 0 && z < depth)
            {
                near.Add((x, y, z, -volume[(((z * Size) + y) * Size) + x]));
            }
        }

        var half = near.Max(voxel => voxel.Value) / 2;
        var inside = near.Where(voxel => voxel.Value > half).ToList();
        var mass = inside.Sum(voxel => voxel.Value - half);
        return (
            (inside.Sum(voxel => (voxel.Value - half) * voxel.X) / mass) - ((Size - 1) / 2.0),
            (inside.Sum(voxel => (voxel.Value - half) * voxel.Y) / mass) - ((Size - 1) / 2.0),
            (inside.Sum(voxel => (voxel.Value - half) * voxel.Z) / mass) - ((depth - 1) / 2.0));
    }
}
