using System.Globalization;
using System.Text.Json.Nodes;
using CryoHub.TestKit;

namespace CryoHub.Cli.Tests;

/// <summary>Alignment and reconstruction of real tilt series; places in the images were read off their pictures.</summary>
public sealed class RealTiltSeriesTests : IDisposable
{
    private static readonly double[] Needle = [.. Enumerable.Range(0, 91).Select(i => -90.0 + (2 * i))];

    private readonly string folder = Directory.CreateTempSubdirectory("cryohub-tilt-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task The_needle_aligned_by_its_mass_keeps_it_and_fits_a_volume_better()
    {
        var aligned = await RunAsync("align", "tilt-align", [Shared("dm3/HAADF.dm3")], "method=mass-profile", "rotationAngle=90");
        Assert.InRange(Number(aligned, "Spread of the total intensity after"), 0, 4.03); // 1.876e7 to 1.951e7 before: 4.02 %
        Assert.InRange(Number(aligned, "Largest change of a view's total intensity"), 0, 4);

        var before = await RunAsync("raw", "tomogram", [Shared("dm3/HAADF.dm3")], "tiltAxis=90", "iterations=15");
        var angles = "angles=" + string.Join(',', Needle);
        var after = await RunAsync("all", "tomogram", [Path.Combine(folder, "align", "aligned.mrc")], angles, "iterations=15", "tiltAxis=0");
        var steep = string.Join(',', Enumerable.Range(1, 91).Where(view => Math.Abs(Needle[view - 1]) > 60));
        var wedge = await RunAsync("wedge", "tomogram", [Path.Combine(folder, "align", "aligned.mrc")], angles, "iterations=15", "tiltAxis=0", $"excludeList={steep}");

        Assert.True(Number(after, "Residual") < 0.8 * Number(before, "Residual"), $"aligned {Number(after, "Residual"):g3}, as it came {Number(before, "Residual"):g3}");
        string[] raw = ["signal=" + Shared("dm3/HAADF.dm3"), "angles=" + Path.Combine(folder, "align", "aligned.tlt"), "transforms=" + Path.Combine(folder, "align", "aligned.xf")];
        var direct = await RunAsync("direct", "tomogram", raw, "iterations=15");
        Assert.Equal(Number(after, "Residual"), Number(direct, "Residual"), 1e-4); // the transforms are written to three decimals

        Assert.Equal(0, Number(after, "Missing wedge"));
        Assert.Equal(58, Number(wedge, "Missing wedge")); // 61 views of 2 degrees each stand for 122
        Assert.True(Number(wedge, "Elongation along the beam") > 1.5);
    }

    [Fact]
    public async Task Gold_beads_of_a_real_series_are_found_in_every_view()
    {
        await RunAsync("beads", "tilt-align", [Shared("mrc/tilt_stack.mrc")], "method=beads", "beadDiameter=5", "angles=-9,-3,3,9", "searchRadius=40");

        var rows = await TableAsync("beads", "marker-positions.csv");
        (int View, double Column, double Row)[] seen = [(1, 183, 86), (1, 165.5, 162), (2, 182.5, 87), (2, 165.5, 169.5), (3, 183, 87), (3, 166, 168), (4, 183, 85.5), (4, 166, 159)];
        Assert.All(seen, bead => Assert.Contains(rows, row => row[0] == bead.View && Math.Abs(row[2] - bead.Column) < 1.5 && Math.Abs(row[3] - bead.Row) < 1.5));

        // The written fiducials and angles, read back as IMOD's files, give the same transforms.
        string Written(string run, string file) => Path.Combine(folder, run, file);
        await RunAsync("again", "tilt-align", ["signal=" + Shared("mrc/tilt_stack.mrc"), "fiducials=" + Written("beads", "aligned.fid"), "angles=" + Written("beads", "aligned.tlt")], "method=beads");
        Assert.Equal(await File.ReadAllTextAsync(Written("beads", "aligned.xf"), TestContext.Current.CancellationToken), await File.ReadAllTextAsync(Written("again", "aligned.xf"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_tilted_pair_of_holey_carbon_is_registered_across_the_tilt()
    {
        await RunAsync("pair", "tilt-align", ["signal=" + Shared("mrc/tilt1.mrc"), "second=" + Shared("mrc/tilt2.mrc")], "method=patches", "angles=0,31", "rotationAngle=-10");

        var second = (await TableAsync("pair", "views.csv"))[1];
        var (rotation, shiftX, shiftY) = (second[2] * Math.PI / 180, second[4], second[5]);
        var ratio = Math.Cos(31 * Math.PI / 180);
        foreach (var (from, to) in new[] { ((X: 226.0, Y: 376.0), (X: 206.0, Y: 369.0)), ((126, 118), (128, 113)) }) // middles of two holes
        {
            var (x, y) = (from.X - 255.5, from.Y - 255.5);
            var (u, v) = (ratio * ((x * Math.Cos(rotation)) - (y * Math.Sin(rotation))), (x * Math.Sin(rotation)) + (y * Math.Cos(rotation)));
            Assert.Equal(to.X, 255.5 + (u * Math.Cos(rotation)) + (v * Math.Sin(rotation)) + shiftX, 4.0);
            Assert.Equal(to.Y, 255.5 - (u * Math.Sin(rotation)) + (v * Math.Cos(rotation)) + shiftY, 4.0);
        }
    }

    [Fact]
    public async Task An_x_ray_series_is_reconstructed_from_its_transmission()
    {
        var result = await RunAsync("chip", "tomogram", [Shared("xradia/txrm_test_chip_tomo.txrm")], "transmission=true", "iterations=10", "binning=2", "depth=64", "tiltAxis=0");

        Assert.InRange(Number(result, "Residual"), 0.001, 0.3); // seven views hardly contradict each other
        Assert.Equal(7, Number(result, "Projections"));
    }

    private async Task<JsonObject> RunAsync(string name, string analysis, string[] inputs, params string[] settings)
    {
        var code = await CommandLine.RunAsync(["run", analysis, .. inputs.SelectMany(input => new[] { "--input", input }), .. settings.SelectMany(setting => new[] { "--set", setting }), "--out", Path.Combine(folder, name)]);
        Assert.Equal(ExitCode.Done, code);
        return JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(folder, name, "result.json"), TestContext.Current.CancellationToken))!.AsObject();
    }

    private async Task<List<double[]>> TableAsync(string name, string file) =>
        [.. (await File.ReadAllLinesAsync(Path.Combine(folder, name, file), TestContext.Current.CancellationToken)).Skip(1).Select(line => line.Split(',').Select(cell => cell.Length == 0 ? double.NaN : double.Parse(cell, CultureInfo.InvariantCulture)).ToArray())];

    private static string Shared(string file)
    {
        Assert.SkipUnless(SharedData.IsPresent, SharedData.Absent);
        return SharedData.PathOf(file);
    }

    private static double Number(JsonObject result, string name) => (double)result["numbers"]!.AsArray().Single(number => (string?)number!["name"] == name)!["value"]!;
}
