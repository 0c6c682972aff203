using System.Text.Json.Nodes;
using CryoHub.Imaging;
using CryoHub.Imaging.Sources;
using CryoHub.TestKit;

namespace CryoHub.Formats.Tests.SurfaceAnalysis;

/// <summary>Photoelectron spectra beside what pynxtools-xps made of the same files: its NeXus arrays hold the counts, in a layout of their own.</summary>
public sealed class SurfaceAnalysisTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Every region of PHI and SPECS files as it was measured, value by value.</summary>
    [Theory]
    [InlineData("xps/SnO2_10nm.spe", "/Su1s/data/data", 0)]
    [InlineData("xps/SnO2_10nm_1.pro", "/Su1s/instrument/electronanalyzer/detector/raw_data/raw", 0)]
    [InlineData("xps/SnO2_10nm_1.pro", "/C1s/instrument/electronanalyzer/detector/raw_data/raw", 1)]
    [InlineData("xps/SnO2_10nm_1.pro", "/Si2p/instrument/electronanalyzer/detector/raw_data/raw", 2)]
    [InlineData("xps/SnO2_10nm_1.pro", "/Sn3d5/instrument/electronanalyzer/detector/raw_data/raw", 3)]
    [InlineData("xps/In-situ_PBTTT_XPS_SPECS.xml", "/PBTTT_1_2_V__Survey/instrument/electronanalyzer/detector/raw_data/raw", 0)]
    [InlineData("xps/In-situ_PBTTT_XPS_SPECS.xml", "/PBTTT_1_2_V__C1s/instrument/electronanalyzer/detector/raw_data/raw", 1)]
    public async Task Counts_are_those_of_the_converted_file(string name, string dataset, int index)
    {
        Assert.SkipUnless(SharedData.IsPresent, SharedData.Absent);
        var signal = (await OpenAsync(name))[index];
        var expected = Items(name).Single(item => (string?)item["title"] == dataset);
        Assert.Equal([.. expected["shape"]!.AsArray().Select(size => (long)size!)], signal.Header.Shape);
        foreach (var sample in expected["samples"]!.AsArray())
        {
            var at = sample!["index"]!.AsArray().Select(i => (long)i!).ToArray();
            Assert.Equal((double)sample["value"]!, (await signal.ValueAtAsync(at, Ct)).GetValue<double>(), 1e-9 * Math.Abs((double)sample["value"]!));   // the same numbers, read as double
        }
    }

    [Fact]
    public async Task The_binding_energies_of_a_PHI_region_are_those_of_the_converted_file()
    {
        Assert.SkipUnless(SharedData.IsPresent, SharedData.Absent);
        var axis = Assert.Single(Assert.Single(await OpenAsync("xps/SnO2_10nm.spe")).Header.Axes);
        foreach (var sample in Items("xps/SnO2_10nm.spe").Single(item => (string?)item["title"] == "/Su1s/data/energy")["samples"]!.AsArray())
        {
            Assert.Equal((double)sample!["value"]!, axis.At((long)sample["index"]![0]!), 1e-9 * 1400);   // of the range of 1400 eV
        }
    }

    /// <summary>An irregular block states its abscissa as a column: counts divided by the seconds a channel was measured are the converted rates, the photon energy minus the column its binding energies.</summary>
    [Theory]
    [InlineData("xps/FeO_analyzed.vms", "/FeO__Fe2p/data/", true)]
    [InlineData("xps/irregular.vms", "/1_as_loaded__Survey/data/", false)]
    public async Task Counts_and_energies_of_an_irregular_block_are_those_of_the_converted_file(string name, string group, bool isBinding)
    {
        Assert.SkipUnless(SharedData.IsPresent, SharedData.Absent);
        var signal = Assert.Single(await OpenAsync(name));
        var block = signal.Header.Original.Root["block"]!;
        var seconds = (double)block["signal collection time"]! * (double)block["number of scans to compile this block"]!;
        var photon = (double)block["analysis source characteristic energy"]!;
        await CompareAsync("data", 1, value => value / seconds);
        await CompareAsync("energy", 0, value => isBinding ? photon - value : value);

        async Task CompareAsync(string array, int column, Func<double, double> converted)
        {
            foreach (var sample in Items(name).Single(item => (string?)item["title"] == group + array)["samples"]!.AsArray())
            {
                var value = (await signal.ValueAtAsync([(long)sample!["index"]![0]!, column], Ct)).GetValue<double>();
                Assert.Equal((double)sample["value"]!, converted(value), 1e-5 * Math.Abs((double)sample["value"]!));   // the file writes six digits
            }
        }
    }

    private static IEnumerable<JsonNode> Items(string name)
    {
        var json = JsonNode.Parse(File.ReadAllBytes(SharedData.PathOf($"expected/{name}.json")))!;
        var others = json["also_read_by"] as JsonArray ?? [];
        return (json["items"] as JsonArray ?? []).Concat(others.SelectMany(other => other!["items"]!.AsArray())).OfType<JsonNode>();
    }

    private static async Task<IReadOnlyList<ISignal>> OpenAsync(string name)
    {
        using var file = new FolderFile(SharedData.PathOf(name));
        var signals = await (await FormatCatalog.DetectAsync(file, Ct)).OpenAsync(file, Ct);
        return [.. await Task.WhenAll(signals.Select(CopyAsync))];
    }

    private static async Task<ISignal> CopyAsync(ISignal signal)
    {
        var bytes = new byte[signal.Header.FrameBytes * signal.Header.FrameCount];
        for (var frame = 0L; frame < signal.Header.FrameCount; frame++)
        {
            await signal.ReadFrameAsync(frame, bytes.AsMemory((int)(frame * signal.Header.FrameBytes), (int)signal.Header.FrameBytes), Ct);
        }

        return new ArraySignal(signal.Header, bytes);
    }
}
