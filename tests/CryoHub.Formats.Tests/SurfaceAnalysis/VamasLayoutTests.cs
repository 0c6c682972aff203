using CryoHub.Formats.Vamas;
using CryoHub.Imaging;
using CryoHub.TestKit;

namespace CryoHub.Formats.Tests.SurfaceAnalysis;

/// <summary>Layouts of ISO 14976 that no real file shows, written line by line from the standard.</summary>
public sealed class VamasLayoutTests
{
    private static readonly string[] Start = ["VAMAS Surface Chemical Analysis Standard Data Transfer Format 1988 May 4", "lab", "machine", "me", "experiment", "1", "remark"];
    private static readonly string[] Block =
    [
        "block", "sample", "2026", "1", "31", "12", "30", "5", "1", "0", "XPS",     // moment, comment lines, technique
    ];

    // Energy, strength, widths; angles; mode; pass energy; magnification, work function, bias, widths, angles; species, transition, charge
    private static readonly string[] Source = ["1486.6", "100", "1", "1"];
    private static readonly string[] Analyser = ["45", "0", "FAT", "20", "1", "4.5", "1e+37", "0", "0", "0", "0", "C 1s", "none", "-1"];
    private static readonly string[] Regular = ["Kinetic Energy", "eV", "1200", "0.5"];
    private static readonly string[] End = ["pulse counting", "0.1", "2", "0", "0", "0", "0", "0"];

    /// <summary>A depth profile: the sputtering ion stands before the source's energy, the sputtering beam before the sample's angles.</summary>
    [Fact]
    public async Task A_depth_profile_states_its_sputtering_in_two_places()
    {
        string[] sputtering = ["pulse counting", "0.1", "2", "0", "500", "1", "10", "20", "45", "90", "cyclic", "0", "0", "0", "0"];
        var table = Assert.Single(await OpenAsync(
            [.. Start, "SDP", "REGULAR", "1", "1", "etch time", "s", "0", "0", "0", "0", "1", .. Block, "60", "Al", "18", "1", "1", .. Source, .. Analyser, .. Regular, "1", "Counts", "d", .. sputtering, "3", "5", "9", "5", "7", "9", "end of experiment"]));
        Assert.Equal([1200.0, 5, 1200.5, 7, 1201, 9], await table.ValuesAsync());
        var block = table.Header.Original.Root["block"]!;
        Assert.Equal((60.0, 18, 500.0, "cyclic"), ((double)block["etch time"]!, (int)block["sputtering ion or atom atomic number"]!, (double)block["sputtering source energy"]!, (string)block["sputtering mode"]!));
        Assert.Null(block["target bias"]);      // 1e+37: not known
        Assert.Equal("2026-01-31T12:30:05", table.Header.Metadata.AcquiredAt);
    }

    /// <summary>A map: places and a field of view; two variables stand in turns.</summary>
    [Fact]
    public async Task A_map_states_places_and_two_variables_stand_in_turns()
    {
        var tables = await OpenAsync(
            [.. Start, "MAP", "REGULAR", "1", "2", "2", "1", "0", "0", "0", "0", "0", "2", .. One("1"), .. One("2"), "end of experiment"]);
        Assert.Equal(2, tables.Count);
        Assert.Equal([1200.0, 5, 0.5, 1200.5, 7, 0.25], await tables[1].ValuesAsync());
        Assert.Equal(2, (int)tables[1].Header.Original.Root["block"]!["x coordinate"]!);

        static string[] One(string x) => [.. Block, x, "1", "Al", .. Source, "10", "20", .. Analyser, .. Regular, "2", "Counts", "d", "Transmission", "d", .. End, "4", "5", "7", "0.25", "0.5", "5", "0.5", "7", "0.25"];
    }

    [Theory]
    [InlineData("NORM", "REGULAR", "2", "leaves 2 parameters out")]
    [InlineData("NORMAL", "REGULAR", "0", "which ISO 14976 does not know")]
    [InlineData("NORM", "REGULAR", "x", "a number; it is 'x'")]
    public async Task What_is_not_read_is_said_in_words(string mode, string scan, string list, string words)
    {
        var problem = await Assert.ThrowsAsync<ProblemException>(() => OpenAsync([.. Start, mode, scan, "1", "0", list, "0", "0", "0", "1"]));
        Assert.Contains(words, problem.Message, StringComparison.Ordinal);
    }

    private static Task<IReadOnlyList<ISignal>> OpenAsync(string[] lines) =>
        new VamasReader().OpenAsync(new MemoryFile("a.vms", System.Text.Encoding.ASCII.GetBytes(string.Join("\r\n", lines))), TestContext.Current.CancellationToken);
}
