using System.Text.Json.Nodes;
using CryoHub.TestKit;

namespace CryoHub.Cli.Tests;

/// <summary>Runs on real microscope files, against values found with other programs (END-TO-END.md beside the files).</summary>
public sealed class RealFileRunTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("cryohub-real-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Strontium_titanate_shows_its_four_spacings()
    {
        await RunAsync("fft-peaks", "tia/16_STOimage_1.ser");

        double[] found = [.. (await File.ReadAllLinesAsync(Path.Combine(folder, "out", "peaks.csv"), TestContext.Current.CancellationToken)).Skip(1).Select(line => double.Parse(line.Split(',')[0], System.Globalization.CultureInfo.InvariantCulture))];
        Assert.All([0.2836, 0.2887, 0.4021, 0.4073], spacing => Assert.Contains(found, d => Math.Abs(d - spacing) < 0.001 * spacing));
    }

    [Fact]
    public async Task The_needles_tomogram_keeps_its_mass()
    {
        var result = await RunAsync("tomogram-wbp", "dm3/HAADF.dm3", "tiltAxis=90");

        // Each tilt sums to 1.876e7 to 1.951e7; what the ramp filter spreads beyond the volume's border is missing from it.
        var mrc = await File.ReadAllBytesAsync(Path.Combine(folder, "out", "tomogram.mrc"), TestContext.Current.CancellationToken);
        var sum = System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(mrc.AsSpan(1024)).ToArray().Sum(voxel => (double)voxel);
        Assert.InRange(sum, 0.93 * 1.876e7, 1.951e7);
        Assert.Equal(0, (double)Number(result, "Missing wedge")["value"]!);
        Assert.Equal(91, (double)Number(result, "Projections")["value"]!);
    }

    [Fact]
    public async Task The_oxygen_edge_of_a_real_spectrum_image_is_found()
    {
        var result = await RunAsync("spectrum-map", "dm4/EELS_SI.dm4", "windows=530:570:O K:470:525", "background=power-law");

        var net = Number(result, "O K: net counts");
        Assert.True((double)net["value"]! > 20 * (double)net["uncertainty"]!, net.ToJsonString());
        Assert.InRange((double)Number(result, "O K: exponent r")["value"]!, 1, 5);
    }

    [Fact]
    public async Task Oxygen_silicon_and_iron_of_a_real_dust_particle_are_mapped()
    {
        var result = await RunAsync("spectrum-map", "bruker/0.bcf", "windows=470:590:O,1680:1810:Si,6300:6530:Fe", "background=linear");

        foreach (var element in new[] { "O", "Si", "Fe" })
        {
            var net = Number(result, $"{element}: net counts");
            Assert.True((double)net["value"]! > 30 * (double)net["uncertainty"]!, net.ToJsonString());
        }
    }

    private async Task<JsonObject> RunAsync(string analysis, string file, params string[] settings)
    {
        Assert.SkipUnless(SharedData.IsPresent, SharedData.Absent);
        var code = await CommandLine.RunAsync(["run", analysis, "--input", SharedData.PathOf(file), .. settings.SelectMany(setting => new[] { "--set", setting }), "--out", Path.Combine(folder, "out")]);
        Assert.Equal(ExitCode.Done, code);
        return JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "out", "result.json"), TestContext.Current.CancellationToken))!.AsObject();
    }

    private static JsonNode Number(JsonObject result, string name) => result["numbers"]!.AsArray().Single(number => (string?)number!["name"] == name)!;
}
