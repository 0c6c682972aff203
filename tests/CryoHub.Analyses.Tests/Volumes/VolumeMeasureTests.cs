using System.Text;
using CryoHub.Analyses.VolumeMeasure;
using CryoHub.Analyses.Volumes;
using CryoHub.Imaging;
using CryoHub.Numerics.Volumes;

namespace CryoHub.Analyses.Tests.Volumes;

public sealed class VolumeMeasureTests
{
    private const double Voxel = LabelPhantom.Voxel;
    private static readonly VolumeMeasure.VolumeMeasure Measure = new();
    private static readonly VolumeMeasureParameters Quick = new() { Tortuosity = TortuosityAxes.None, Skeleton = false, Uncertainty = false, Meshes = [] };

    [Theory]
    [InlineData(16, 20)]
    [InlineData(14.3, 21.6)]
    public async Task A_shell_has_its_thickness_within_half_a_voxel(double inner, double outer)
    {
        var results = await Run.Async(Measure, LabelPhantom.Shell(48, inner, outer), Quick with { Phases = [2], LayerOn = 1, Uncertainty = true });

        var thickness = (outer - inner) * Voxel;
        foreach (var name in new[] { "Layer thickness, mean", "Layer thickness, median", "Local thickness, median" })
        {
            Assert.Equal(thickness, results.Numbers[$"{name}, phase 2"].Value, Voxel / 2);
        }

        Assert.Equal(1, results.Numbers["Coverage of the core, phase 2"].Value, 1e-12);
        Assert.True(results.Numbers["Porosity"].Uncertainty > 0 && results.Numbers["Volume fraction, phase 1"].Uncertainty > 0);
        Assert.InRange(results.Numbers["Layer thickness, mean, phase 2"].Uncertainty!.Value, 0.5 * Voxel, 1.2 * Voxel); // the outer boundary alone moves by a voxel to each side
        var volume = 4 / 3.0 * Math.PI * (Math.Pow(outer, 3) - Math.Pow(inner, 3)) * Math.Pow(Voxel, 3);
        Assert.Equal(volume, results.Numbers["Volume, phase 2"].Value, 0.01 * volume);
        var area = 4 * Math.PI * ((inner * inner) + (outer * outer)) * Voxel * Voxel;
        Assert.Equal(area, results.Numbers["Surface area, phase 2"].Value, 0.02 * area);
        Assert.Contains(results.Images["Layer thickness on the surface, phase 2"].Pixels, value => Math.Abs(value - thickness) < Voxel / 2);
    }

    [Fact]
    public async Task Contact_areas_of_a_shell_are_those_of_its_two_spheres()
    {
        var results = await Run.Async(Measure, LabelPhantom.Shell(56, 16, 22), Quick with { Phases = [2] });

        var areas = results.Tables["Contact areas, phase 2"];
        Assert.Equal(["phase 0", "phase 1"], areas[0].Values.Take(2));
        Assert.Equal(4 * Math.PI * 22 * 22 * Voxel * Voxel, (double)areas[1].Values[0], 4 * Math.PI * 22 * 22 * Voxel * Voxel * 0.02);
        Assert.Equal(4 * Math.PI * 16 * 16 * Voxel * Voxel, (double)areas[1].Values[1], 4 * Math.PI * 16 * 16 * Voxel * Voxel * 0.02);
        Assert.All(areas[1].Values.Skip(2), face => Assert.Equal(0.0, face));
    }

    [Fact]
    public async Task Overlapping_balls_have_the_porosity_and_the_chords_of_theory()
    {
        const double radius = 7;
        const double porosity = 0.45;
        var shape = new VolumeShape(90, 90, 90);
        var labels = LabelPhantom.Balls(shape, radius, porosity, 3);

        var results = await Run.Async(Measure, LabelPhantom.Of(shape, labels), Quick with { Phases = [0], Smoothing = 0.5 });

        Assert.Equal(labels.Count(label => label == 0) / (double)shape.Count, results.Numbers["Porosity"].Value, 1e-12);
        Assert.Equal(porosity, results.Numbers["Porosity"].Value, 0.03); // what 700 balls leave to chance
        var share = results.Numbers["Porosity"].Value; // of these balls
        var lambda = 4 / 3.0 * radius / -Math.Log(share) * Voxel; // 4 V / S
        foreach (var axis in new[] { "x", "y", "z" })
        {
            Assert.Equal(lambda, results.Numbers[$"Mean chord along {axis}, phase 0"].Value, 0.1 * lambda); // chords are exponential: 4 % are too short for the grid to see; the rest is what 700 balls leave to chance
        }

        var specific = 3 / radius * -Math.Log(share) * share / Voxel; // Torquato: s = n 4 pi r^2 exp(-n V)
        Assert.Equal(specific, results.Numbers["Specific surface (of the volume), phase 0"].Value, 0.08 * specific); // little smoothing keeps the sharp edges where balls meet, and some of the steps
    }

    [Fact]
    public async Task A_sponge_has_as_many_loops_as_tunnels()
    {
        // First step of Menger's sponge: 20 of 27 cubes; five independent loops (genus 5), one piece, no cavity.
        var results = await Run.Async(Measure, LabelPhantom.Of(new VolumeShape(29, 29, 29), (z, y, x) => Inside(z) && Inside(y) && Inside(x) && Middle(z) + Middle(y) + Middle(x) < 2 ? 1 : 0), Quick with { Phases = [1], Skeleton = true });

        Assert.Equal((1.0, -4.0, 5.0, 0.0), (results.Numbers["Connected parts, phase 1"].Value, results.Numbers["Euler number, phase 1"].Value, results.Numbers["Loops, phase 1"].Value, results.Numbers["Enclosed cavities, phase 1"].Value));
        Assert.Equal(20 * 729, results.Numbers["Volume, phase 1"].Value / Math.Pow(Voxel, 3), 1e-9);
        Assert.Equal(0, results.Numbers["Skeleton ends, phase 1"].Value);
        Assert.Equal(4, results.Numbers["Skeleton branches, phase 1"].Value - results.Numbers["Skeleton junctions, phase 1"].Value); // E - V = loops - 1

        static bool Inside(int i) => i is >= 1 and < 28;
        static int Middle(int i) => (i - 1) / 9 == 1 ? 1 : 0;
    }

    [Fact]
    public async Task Straight_channels_have_tortuosity_one_along_them_and_none_across()
    {
        var results = await Run.Async(
            Measure, LabelPhantom.Of(new VolumeShape(18, 16, 30), (z, y, _) => z % 6 < 3 && y % 8 < 3 ? 1 : 0), Quick with { Phases = [1], Tortuosity = TortuosityAxes.All });

        Assert.Equal(1, results.Numbers["Tortuosity along x, phase 1"].Value, 1e-5);
        Assert.Equal(results.Numbers["Volume fraction, phase 1"].Value, results.Numbers["Effective diffusivity along x, phase 1"].Value, 1e-5);
        Assert.True(double.IsNaN(results.Numbers["Tortuosity along y, phase 1"].Value));
        Assert.Equal(0, results.Numbers["Effective diffusivity along z, phase 1"].Value);
        Assert.Contains("No way leads through phase 1 from face to face along y: there is no tortuosity, the effective diffusivity is 0.", results.Warnings);
    }

    [Fact]
    public async Task A_slanted_way_has_the_tortuosity_of_its_voxel_size()
    {
        // One path of voxels, 3 steps along x for one along y and back: resistances of the steps add up.
        var shape = new VolumeShape(3, 3, 12);
        var signal = Run.Signal(
            SignalKind.Volume,
            [.. Enumerable.Range(0, shape.Count).Select(i => i / shape.Plane == 1 && ((i / 12 % 3 == 0 && i % 12 <= 6) || (i / 12 % 3 == 1 && i % 12 >= 6)) ? 1f : 0)],
            new Axis("z", 3, "nm", AxisRole.Space, 1),
            new Axis("y", 3, "nm", AxisRole.Space, 4),
            new Axis("x", 12, "nm", AxisRole.Space, 2));

        var results = await Run.Async(Measure, signal, Quick with { Phases = [1], Tortuosity = TortuosityAxes.X });

        // 12 steps of resistance 1 along x (dx over the area dy dz), one along y: dy / (dx dz) over dx / (dy dz) = (4 / 2)^2. Of nine columns one conducts.
        Assert.Equal(12 / 16.0 / 9, results.Numbers["Effective diffusivity along x, phase 1"].Value, 1e-6);
    }

    [Fact]
    public async Task Insulating_spheres_give_Maxwells_tortuosity()
    {
        const int size = 48;
        const double radius = 13;
        var signal = LabelPhantom.Of(new VolumeShape(size, size, size), (z, y, x) => Math.Sqrt(Math.Pow(z - 23.5, 2) + Math.Pow(y - 23.5, 2) + Math.Pow(x - 23.5, 2)) <= radius ? 1 : 0);

        var results = await Run.Async(Measure, signal, Quick with { Phases = [0], Tortuosity = TortuosityAxes.All });

        var phi = 1 - results.Numbers["Volume fraction, phase 0"].Value;
        foreach (var axis in new[] { "x", "y", "z" })
        {
            Assert.Equal(1 + (phi / 2), results.Numbers[$"Tortuosity along {axis}, phase 0"].Value, 0.02 * (1 + (phi / 2))); // Maxwell: D/D0 = 2 (1 - phi) / (2 + phi)
        }
    }

    [Fact]
    public async Task Objects_are_listed_with_size_shape_and_direction()
    {
        // An ellipsoid of half axes 16, 8, 8 along the diagonal of x and y, and a cube at the border.
        var signal = LabelPhantom.Of(new VolumeShape(40, 60, 70), (z, y, x) => x < 4 && y < 4 && z < 4 ? 1 : Along(z - 20, y - 30, x - 36) <= 1 ? 1 : 0);

        var results = await Run.Async(Measure, signal, Quick with { Phases = [1] });

        var table = results.Tables["Objects, phase 1"].ToDictionary(column => column.Name, column => column.Values);
        Assert.Equal(["yes", "no"], table["Cut by the volume's border"]);
        Assert.Equal(64.0, table["Voxels"][0]);
        var volume = 4 / 3.0 * Math.PI * 16 * 8 * 8 * Math.Pow(Voxel, 3);
        Assert.Equal(volume, (double)table["Volume"][1], 0.01 * volume);
        Assert.Equal(Math.Cbrt(6 * volume / Math.PI), (double)table["Equivalent diameter"][1], 0.1);
        Assert.Equal(32 * Voxel, (double)table["Longest axis"][1], Voxel / 2);
        Assert.Equal(16 * Voxel, (double)table["Shortest axis"][1], Voxel / 2);
        Assert.Equal(2, (double)table["Aspect ratio"][1], 0.03);
        Assert.Equal(45, (double)table["Azimuth of the longest axis (from x to y)"][1], 0.5);
        Assert.Equal(0, (double)table["Elevation of the longest axis (from the xy plane)"][1], 0.5);
        var e = Math.Sqrt(0.75); // surface of a prolate spheroid: 2 pi b^2 (1 + a / (b e) asin e)
        var area = 2 * Math.PI * 64 * (1 + (2 / e * Math.Asin(e)));
        Assert.Equal(Math.Cbrt(36 * Math.PI * Math.Pow(volume, 2)) / (area * Voxel * Voxel), (double)table["Sphericity"][1], 0.02);
        Assert.Equal(36 * Voxel, (double)table["x"][1], 0.01);
        Assert.True((double)table["Volume uncertainty"][1] > 0);
        Assert.Equal(2f, results.Images["Objects, phase 1"].Pixels[(20 * 4200) + (30 * 70) + 36]);
        Assert.NotNull(results.Images["Objects, phase 1"].Header.Labels);

        static double Along(double z, double y, double x) => (Math.Pow((x + y) / Math.Sqrt(2), 2) / 256) + (Math.Pow((x - y) / Math.Sqrt(2), 2) / 64) + (z * z / 64);
    }

    [Fact]
    public async Task Parts_that_do_not_reach_the_collector_are_isolated()
    {
        var signal = LabelPhantom.Of(new VolumeShape(10, 10, 10), (z, y, x) => x is 2 or 3 && y < 5 ? 1 : z > 6 && y > 6 && x > 6 ? 1 : 0);

        var results = await Run.Async(Measure, signal, Quick with { Phases = [1], Collector = VolumeSide.YLow });

        Assert.Equal(100 / 127.0, results.Numbers["Share connected to the collector, phase 1"].Value, 1e-12);
        Assert.Equal(27 * 8, results.Numbers["Isolated (inactive) volume, phase 1"].Value, 1e-9);
        var parts = results.Images["Connected and isolated parts, phase 1"].Pixels;
        Assert.Equal((100, 27), (parts.Count(part => part == 1), parts.Count(part => part == 2)));
        Assert.Equal(["connected to the collector", "isolated"], results.Images["Connected and isolated parts, phase 1"].Header.Labels!.Select(label => label.Name));
    }

    [Fact]
    public async Task A_wavy_surface_has_the_roughness_of_its_wave()
    {
        const double amplitude = 5;
        var signal = LabelPhantom.Of(new VolumeShape(40, 64, 8), (z, y, _) => z >= 15 + (amplitude * Math.Sin(2 * Math.PI * y / 32)) + (0.1 * y) ? 1 : 0);

        var results = await Run.Async(Measure, signal, Quick with { Phases = [1], RoughnessFrom = VolumeSide.ZLow });

        // Two periods of a sine have a slope of their own, which goes with the plane: variance 1/2 less 12 / (2 pi periods)^2.
        Assert.Equal(amplitude * Voxel * Math.Sqrt(0.5 - (12 / Math.Pow(4 * Math.PI, 2))), results.Numbers["Roughness Sq, phase 1"].Value, 0.05 * amplitude * Voxel);
        Assert.Equal(1, results.Numbers["Share of the face under which the phase lies, phase 1"].Value);
    }

    [Fact]
    public async Task Surfaces_are_written_as_STL_PLY_and_OBJ()
    {
        var results = await Run.Async(Measure, LabelPhantom.Shell(24, 8, 8), Quick with { Phases = [1], Meshes = [MeshFormat.Stl, MeshFormat.Ply, MeshFormat.Obj] });

        var stl = results.Files["surface-1.stl"];
        var triangles = BitConverter.ToInt32(stl, 80);
        Assert.True(triangles > 500);
        Assert.Equal(84 + (50 * triangles), stl.Length);
        var ply = results.Files["surface-1.ply"];
        Assert.Contains($"element face {triangles}\n", Encoding.ASCII.GetString(ply, 0, 250), StringComparison.Ordinal);
        var lines = Encoding.UTF8.GetString(results.Files["surface-1.obj"]).Split('\n');
        Assert.Equal(triangles, lines.Count(line => line.StartsWith("f ", StringComparison.Ordinal)));
        Assert.Equal((triangles / 2) + 2, lines.Count(line => line.StartsWith("v ", StringComparison.Ordinal))); // a closed surface without handles
    }

    [Fact]
    public async Task Grey_values_are_parted_by_a_threshold_and_a_warning_says_which()
    {
        var random = new Random(2);
        float[] grey = [.. Enumerable.Range(0, 20 * 20 * 20).Select(i => (i % 20 < 5 ? 10 : 2) + (random.NextSingle() - 0.5f))];
        Axis[] axes = [new("frame", 20, "", AxisRole.Frame), new("y", 20, "nm", AxisRole.Space, 3), new("x", 20, "nm", AxisRole.Space, 3)];

        var otsu = await Run.Async(Measure, Run.Signal(SignalKind.ImageStack, grey, axes), Quick);
        var set = await Run.Async(Measure, Run.Signal(SignalKind.ImageStack, grey, axes), Quick with { Threshold = 100 });

        Assert.Equal(0.25, otsu.Numbers["Volume fraction, above the threshold"].Value, 1e-12);
        Assert.Contains(otsu.Warnings, warning => warning.StartsWith("No labels and no threshold were given: Otsu's threshold", StringComparison.Ordinal));
        Assert.Contains("The distance of the slices of \"test\" is not known: that of the pixels (3 nm) was taken. The parameter \"sliceSpacing\" gives it.", otsu.Warnings);
        Assert.Equal(1, set.Numbers["Porosity"].Value);
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(0.02)] // few, small balls: nearly everything is pore
    public async Task A_porous_grey_volume_without_labels_has_its_porosity_within_2_percent(double full)
    {
        const double noise = 12;
        var shape = new VolumeShape(80, 80, 80);
        var labels = LabelPhantom.Balls(shape, 9, Math.Exp(-0.6 * full), 5);
        var random = new Random(6);
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        float[] grey = [.. labels.Select(label => (float)(100 + (label == 1 ? 80 : 0) + (noise * Normal())))]; // half the step is 3.3 standard deviations off

        var results = await Run.Async(Measure, Grey(shape, grey), Quick);

        var porosity = labels.Count(label => label == 0) / (double)shape.Count;
        Assert.Equal(porosity, 1 - results.Numbers["Volume fraction, above the threshold"].Value, 0.02 * porosity);
    }

    [Theory]
    [InlineData("ramp")]
    [InlineData("noisy ramp")]
    [InlineData("one peak")]
    [InlineData("eight bit ramp")]
    public async Task Grey_values_without_two_modes_are_no_objects(string what)
    {
        var shape = new VolumeShape(40, 40, 40);
        var random = new Random(7);
        float[] grey = [.. Enumerable.Range(0, shape.Count).Select(i => what switch
        {
            "ramp" => i % 40f,
            "noisy ramp" => (i % 40) + (4 * random.NextSingle()),
            "one peak" => (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble())),
            _ => MathF.Round(100 + (i % 40) + (i / 40 % 40)),
        })];

        Assert.Contains("have no two modes", await Run.ProblemAsync(Measure, Grey(shape, grey), Quick), StringComparison.Ordinal);
        Assert.Contains((await Run.Async(Measure, Grey(shape, grey), Quick with { Threshold = grey.Average() })).Warnings, warning => warning.StartsWith("Phase 1 is what has at least", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Option_and_thread_count_matter_as_they_should()
    {
        var shape = new VolumeShape(20, 22, 24);
        var signal = LabelPhantom.Of(shape, LabelPhantom.Balls(shape, 4, 0.6, 5));
        var parameters = Quick with { Phases = [0], Tortuosity = TortuosityAxes.Z };

        var (one, four) = (await Run.Async(Measure, signal, parameters, threads: 1), await Run.Async(Measure, signal, parameters, threads: 4));
        var smooth = await Run.Async(Measure, signal, parameters with { Smoothing = 2 });
        var boxed = await Run.Async(Measure, signal, parameters with { Box = new VolumeBox { X = 2, Y = 3, Z = 4, Width = 12, Height = 11, Depth = 10 } });

        Assert.Equal(one.Numbers, four.Numbers);
        Assert.NotEqual(one.Numbers["Surface area, phase 0"].Value, smooth.Numbers["Surface area, phase 0"].Value);
        Assert.Equal([10, 11, 12], boxed.Images["Local thickness, phase 0"].Header.Shape);
    }

    [Fact]
    public async Task Bad_input_is_refused_with_the_numbers()
    {
        var labels = LabelPhantom.Shell(8, 2, 3);
        Axis[] axes = [new("z", 8, "nm", AxisRole.Space), new("y", 8, "nm", AxisRole.Space), new("x", 9, "nm", AxisRole.Space)];
        var grey = Run.Signal(SignalKind.Volume, new float[8 * 8 * 9], axes);
        var broken = new float[8 * 8 * 9];
        broken[10] = float.NaN;

        Assert.Contains("found none", (await Assert.ThrowsAsync<ProblemException>(() => Run.Async(Measure, new Dictionary<string, ISignal>(), Quick))).Message, StringComparison.Ordinal);
        Assert.Equal(
            "The labels \"phantom\" are 8 x 8 x 8, the volume \"test\" is 8 x 8 x 9: both must have the same shape.",
            (await Assert.ThrowsAsync<ProblemException>(() => Run.Async(Measure, new Dictionary<string, ISignal> { ["signal"] = grey, ["labels"] = labels }, Quick))).Message);
        Assert.Equal("\"test\" holds 1 of 576 voxels without a value (NaN or infinite), the first at x 1, y 1, z 0.", await Run.ProblemAsync(Measure, Run.Signal(SignalKind.Volume, broken, axes), Quick));
        Assert.Equal("There are no voxels of label 7; there are the labels 0, 1, 2.", await Run.ProblemAsync(Measure, labels, Quick with { Phases = [7] }));
        Assert.Contains("lies outside the volume of 8 x 8 x 8 voxels", await Run.ProblemAsync(Measure, labels, Quick with { Box = new VolumeBox { X = 5, Width = 4, Height = 8, Depth = 8 } }), StringComparison.Ordinal);
        Assert.Contains("from 2 x 2 x 2 voxels on; \"test\" has 1 x 8 x 9", await Run.ProblemAsync(Measure, Run.Signal(SignalKind.Volume, new float[72], axes[0] with { Size = 1 }, axes[1], axes[2]), Quick), StringComparison.Ordinal);
        Assert.Equal(
            "The slices of \"test\" are not equally spaced: between slices 3 and 4 lie 2 nm, the median is 1 nm. Slices are missing or double; resample the stack first.",
            await Run.ProblemAsync(Measure, Run.Signal(SignalKind.Volume, new float[8 * 8 * 9], axes[0] with { Values = [0, 1, 2, 3, 5, 6, 7, 8] }, axes[1], axes[2]), Quick));
        Assert.Contains("Labels are whole numbers from 0 to 16777216; \"test\" holds 0.5", (await Assert.ThrowsAsync<ProblemException>(() => Run.Async(
            Measure, new Dictionary<string, ISignal> { ["labels"] = Run.Signal(SignalKind.Volume, [.. Enumerable.Repeat(0.5f, 576)], axes) }, Quick))).Message, StringComparison.Ordinal);
    }

    private static ArraySignal Grey(VolumeShape shape, float[] grey) => Run.Signal(
        SignalKind.Volume, grey, [new Axis("z", shape.Depth, "nm", AxisRole.Space, Voxel), new Axis("y", shape.Height, "nm", AxisRole.Space, Voxel), new Axis("x", shape.Width, "nm", AxisRole.Space, Voxel)]);
}
