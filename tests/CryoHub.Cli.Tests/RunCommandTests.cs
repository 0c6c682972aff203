using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using CryoHub.Analyses;
using CryoHub.Analyses.Phantoms;
using CryoHub.Imaging;

namespace CryoHub.Cli.Tests;

public sealed class RunCommandTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("cryohub-run-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_run_writes_the_contracts_result_and_every_artefact_it_names()
    {
        var image = await LatticeAsync();

        Assert.Equal(ExitCode.Done, await CommandLine.RunAsync(["run", "fft-peaks", "--input", $"signal={image}#0", "--set", "peaks=4", "--out", PathOf("out"), "--threads", "1"]));

        var result = Result("out");
        Assert.Equal("fft-peaks", (string?)result["analysis"]);
        Assert.Equal(1, (int)result["version"]!);
        Assert.Matches(@"^\d+\.\d+\.\d+", (string?)result["software"]);
        Assert.Equal(4, (int)result["parameters"]!["peaks"]!);
        Assert.Equal(30, (double)result["parameters"]!["threshold"]!); // a default
        Assert.Equal(["signal", "lattice.mrc", "0"], [(string)result["inputs"]![0]!["role"]!, (string)result["inputs"]![0]!["file"]!, result["inputs"]![0]!["signal"]!.ToJsonString()]);
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(await File.ReadAllBytesAsync(image, TestContext.Current.CancellationToken))), (string?)result["inputs"]![0]!["sha256"]);
        var spacing = result["numbers"]!.AsArray().Single(number => (string?)number!["name"] == "Spacing 1")!;
        Assert.Equal(LatticeImage.LithiumSpacing, (double)spacing["value"]!, 0.002);
        Assert.Equal("nm", (string?)spacing["unit"]);
        Assert.True((double)spacing["uncertainty"]! > 0);
        var named = new[] { "curves", "images", "tables" }.SelectMany(kind => result[kind]!.AsArray()).SelectMany(entry => new[] { (string?)entry!["file"], (string?)entry["preview"] }).OfType<string>();
        Assert.All(named, file => Assert.True(File.Exists(Path.Combine(PathOf("out"), file)), file));
    }

    [Fact]
    public async Task A_volume_of_one_run_is_the_input_of_the_next()
    {
        var series = new LithiumDeposit(1).TiltSeries([-60, -30, 0, 30, 60], 64, 48, 10);
        var file = await WriteAsync("series.mrc", series);
        Assert.Equal(ExitCode.Done, await CommandLine.RunAsync(["run", "tomogram-wbp", "--input", file, "--set", "angles=-60,-30,0,30,60", "--set", "depth=8", "--out", PathOf("first")]));
        var volume = Path.Combine(PathOf("first"), (string)Result("first")["images"]![0]!["file"]!);

        Assert.Equal(ExitCode.Done, await CommandLine.RunAsync(["run", "fft-peaks", "--input", volume, "--set", "frame=4", "--out", PathOf("second")]));

        var second = Result("second");
        Assert.Equal(Path.GetFileName(volume), (string?)second["inputs"]![0]!["file"]);
        Assert.Matches("^[0-9a-f]{64}$", (string?)second["inputs"]![0]!["sha256"]);
    }

    [Fact]
    public async Task A_folder_that_is_no_zarr_is_refused_in_words()
    {
        var run = await Cli.RunAsync("inspect", folder);
        Assert.Equal(ExitCode.UnusableInput, run.ExitCode);
        Assert.Contains("zarr.json", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tomogram_becomes_a_pyramid_and_an_mrc_file()
    {
        var series = new LithiumDeposit(1).TiltSeries([-60, -30, 0, 30, 60], 32, 24, 10);
        var file = await WriteAsync("series.mrc", series);

        Assert.Equal(ExitCode.Done, await CommandLine.RunAsync(["run", "tomogram-wbp", "--input", file, "--set", "angles=-60,-30,0,30,60", "--set", "depth=8", "--out", PathOf("out")]));

        var result = Result("out");
        Assert.True(File.Exists(Path.Combine(PathOf("out"), (string)result["images"]![0]!["file"]!, "zarr.json")));
        var mrc = new FileInfo(Path.Combine(PathOf("out"), (string)result["files"]![0]!["file"]!));
        Assert.Equal(1024 + (4 * 8 * 24 * 32), mrc.Length);
        Assert.NotEmpty(result["warnings"]!.AsArray());
    }

    [Fact]
    public async Task What_cannot_be_used_ends_with_three_and_leaves_nothing_behind()
    {
        var image = await LatticeAsync();

        Assert.Equal(ExitCode.UnusableInput, await CommandLine.RunAsync(["run", "spectrum-map", "--input", image, "--set", "windows=1:2", "--out", PathOf("out")]));
        Assert.Equal(ExitCode.UnusableInput, await CommandLine.RunAsync(["run", "fft-peaks", "--input", image + "#7", "--out", PathOf("out")]));
        Assert.Equal(ExitCode.UnusableInput, await CommandLine.RunAsync(["run", "fft-peaks", "--input", image, "--set", "peaks=none", "--out", PathOf("out")]));
        Assert.Equal(ExitCode.UnusableInput, await CommandLine.RunAsync(["run", "fft-peaks", "--input", PathOf("absent.mrc"), "--out", PathOf("out")]));

        Assert.Equal([image], Directory.EnumerateFileSystemEntries(folder));
    }

    [Fact]
    public async Task Wrong_usage_ends_with_two_and_spares_a_folder_in_use()
    {
        var image = await LatticeAsync();

        Assert.Equal(ExitCode.WrongUsage, await CommandLine.RunAsync(["run", "no-such-thing", "--input", image, "--out", PathOf("out")]));
        Assert.Equal(ExitCode.WrongUsage, await CommandLine.RunAsync(["run", "fft-peaks", "--input", image, "--out", folder]));
        Assert.Equal(ExitCode.WrongUsage, await CommandLine.RunAsync(["run", "fft-peaks", "--out", PathOf("out")]));
        Assert.Equal(ExitCode.WrongUsage, await CommandLine.RunAsync(["analyses", "no-such-thing"]));
    }

    private string PathOf(string name) => Path.Combine(folder, name);

    private JsonObject Result(string name) => JsonNode.Parse(File.ReadAllText(Path.Combine(PathOf(name), "result.json")))!.AsObject();

    private Task<string> LatticeAsync() => WriteAsync("lattice.mrc", new LatticeImage(1).Image());

    private async Task<string> WriteAsync(string name, ISignal signal)
    {
        await using var stream = File.Create(PathOf(name));
        await using var mrc = new MrcFile(stream, signal.Header with { Pixel = PixelType.Float32 });
        var pixels = new float[signal.Header.FramePixels];
        for (var frame = 0L; frame < signal.Header.FrameCount; frame++)
        {
            await signal.ReadAsync(frame, pixels, TestContext.Current.CancellationToken);
            await mrc.WriteSlabAsync(frame, MemoryMarshal.AsBytes(pixels.AsSpan()).ToArray(), TestContext.Current.CancellationToken);
        }

        return PathOf(name);
    }
}
