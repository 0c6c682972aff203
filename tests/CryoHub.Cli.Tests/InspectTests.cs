using System.Security.Cryptography;
using System.Text.Json.Nodes;
using CryoHub.TestKit;

namespace CryoHub.Cli.Tests;

public sealed class InspectTests : IDisposable
{
    private readonly ScratchFolder scratch = new();

    [Fact]
    public async Task Inspect_writes_the_contract_s_document()
    {
        var run = await Cli.RunAsync("inspect", await FileAsync("tiny.mrc", TinyMrc.Bytes), "--json");
        Assert.Equal(0, run.ExitCode);
        Assert.Empty(run.Errors);
        var document = run.Json;
        Assert.Equal("tiny.mrc", (string?)document["file"]);
        Assert.Equal("mrc", (string?)document["format"]);
        Assert.Null(document["sha256"]);
        var signal = document["signals"]![0]!;
        Assert.Equal((0, "image", "int16"), ((int)signal["index"]!, (string?)signal["kind"], (string?)signal["dtype"]));
        Assert.Equal("[2,3]", signal["shape"]!.ToJsonString());
        Assert.Equal("""{"name":"y","size":2,"scale":0.5,"offset":0,"units":"nm"}""", signal["axes"]![0]!.ToJsonString());
        Assert.Equal("{}", signal["metadata"]!.ToJsonString());
        Assert.Equal(1, (int)signal["original"]!["mode"]!);
        Assert.Null(signal["stats"]);
    }

    [Fact]
    public async Task Stats_reads_every_pixel_and_hashes()
    {
        var document = (await Cli.RunAsync("inspect", await FileAsync("tiny.mrc", TinyMrc.Bytes), "--stats", "--json")).Json;
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(TinyMrc.Bytes)), (string?)document["sha256"]);
        var stats = document["signals"]![0]!["stats"]!;
        Assert.Equal((1.0, 6.0, 3.5), ((double)stats["min"]!, (double)stats["max"]!, (double)stats["mean"]!));
        Assert.Equal(Math.Sqrt(35.0 / 12), (double)stats["std"]!, 1e-12);   // of 1 to 6: (n^2 - 1) / 12
    }

    [Fact]
    public async Task Hash_alone_reads_no_pixels_as_numbers()
    {
        var document = (await Cli.RunAsync("inspect", await FileAsync("tiny.mrc", TinyMrc.Bytes), "--hash", "--json")).Json;
        Assert.Equal(64, ((string?)document["sha256"])!.Length);
        Assert.Null(document["signals"]![0]!["stats"]);
    }

    [Theory]
    [InlineData("0,0", "1")]
    [InlineData("1,2", "6")]
    public async Task At_prints_one_value_in_C_order(string at, string value)
    {
        var run = await Cli.RunAsync("inspect", await FileAsync("tiny.mrc", TinyMrc.Bytes), "--signal", "0", "--at", at);
        Assert.Equal((0, value), (run.ExitCode, run.Output.Trim()));
    }

    [Theory]
    [InlineData("2,0", "Index 2 lies outside axis y, which has 2 points.")]
    [InlineData("0", "The signal has 2 axes; 1 indexes were given.")]
    [InlineData("a,b", "'a' in --at is no whole number.")]
    public async Task A_place_outside_the_signal_is_named(string at, string words)
    {
        var run = await Cli.RunAsync("inspect", await FileAsync("tiny.mrc", TinyMrc.Bytes), "--at", at);
        Assert.Equal((3, words), (run.ExitCode, run.Errors.Trim()));
    }

    [Fact]
    public async Task Angles_stand_in_the_place_of_scale_and_offset()
    {
        await FileAsync("ts.tlt", "-60\n0\n60\n"u8.ToArray());
        var document = (await Cli.RunAsync("inspect", await FileAsync("ts.st", TinyMrc.Make(1, 1, 3, [1, 2, 3])), "--json")).Json;
        Assert.Equal("tilt-series", (string?)document["signals"]![0]!["kind"]);
        Assert.Equal("""{"name":"tilt","size":3,"values":[-60,0,60],"units":"deg"}""", document["signals"]![0]!["axes"]![0]!.ToJsonString());
    }

    [Fact]
    public async Task For_a_person_every_number_has_its_unit()
    {
        var run = await Cli.RunAsync("inspect", await FileAsync("tiny.mrc", TinyMrc.Bytes));
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("step 0.5 from 0 nm", run.Output, StringComparison.Ordinal);
        Assert.Contains("image, 2 x 3 int16", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metadata_of_a_real_file_bears_the_contract_s_names()
    {
        Assert.SkipUnless(SharedData.IsPresent, SharedData.Absent);
        var metadata = (await Cli.RunAsync("inspect", SharedData.PathOf("dm4/EELS_SI.dm4"), "--json")).Json["signals"]![0]!["metadata"]!;
        var expected = JsonNode.Parse(await File.ReadAllTextAsync(SharedData.PathOf("expected/dm4/EELS_SI.dm4.json"), TestContext.Current.CancellationToken))!["metadata"]!;
        Assert.Equal((double)expected["Acquisition_instrument.TEM.beam_energy"]!, (double)metadata["beamEnergyKeV"]!);
        Assert.Equal((double)expected["Acquisition_instrument.TEM.convergence_angle"]!, (double)metadata["convergenceMrad"]!);
        Assert.Equal((double)expected["Acquisition_instrument.TEM.Detector.EELS.collection_angle"]!, (double)metadata["collectionMrad"]!);
        Assert.Equal((double)expected["Acquisition_instrument.TEM.magnification"]!, (double)metadata["magnification"]!);
        Assert.Equal($"{expected["General.date"]}T{expected["General.time"]}", (string?)metadata["acquiredAt"]);
    }

    public void Dispose() => scratch.Dispose();

    private async Task<string> FileAsync(string name, byte[] bytes)
    {
        await File.WriteAllBytesAsync(scratch[name], bytes, TestContext.Current.CancellationToken);
        return scratch[name];
    }
}
