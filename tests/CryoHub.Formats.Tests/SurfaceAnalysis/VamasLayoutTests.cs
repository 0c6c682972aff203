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

    /// <summary>Two blocks, of which the second leaves out its technique (part 9).</summary>
    public static byte[] LeftOut
    {
        get
        {
            string[] data = ["Al", .. Source, .. Analyser, .. Regular, "1", "Counts", "d", .. End, "2", "5", "7", "5", "7"];
            return Bytes([.. Start, "NORM", "REGULAR", "1", "0", "-1", "9", "0", "0", "0", "2", .. Block, .. data, .. Block[..^1], .. data, "end of experiment"]);
        }
    }

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

    /// <summary>
    /// The second block leaves out the comment (part 8), the technique (9) and the source's label to its beam widths (12 to 16): by a list of what is excluded, and by one
    /// of what is included. Numbers of parts as in Dench, Hazell and Seah, Surf. Interface Anal. 13 (1988) 63.
    /// </summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Parts_that_later_blocks_leave_out_are_those_of_the_first(bool excluded)
    {
        int[] left = [8, 9, 12, 13, 14, 15, 16];
        var named = (excluded ? left : [.. Enumerable.Range(1, 40).Except(left)]).Select(part => $"{part}").ToArray();
        string[] moment = ["2026", "1", "31", "13", "0", "0", "1"];
        string[] data = [.. Analyser, .. Regular, "1", "Counts", "d", .. End, "2", "5", "7", "5", "7"];
        var tables = await OpenAsync(
            [.. Start, "NORM", "REGULAR", "1", "0", excluded ? $"-{named.Length}" : $"{named.Length}", .. named, "0", "0", "0", "2",
                "one", "sample", "2026", "1", "31", "12", "30", "5", "1", "1", "a remark", "XPS", "Al", .. Source, .. data, "two", "sample", .. moment, .. data, "end of experiment"]);
        Assert.Equal([1200.0, 5, 1200.5, 7], await tables[1].ValuesAsync());
        var block = tables[1].Header.Original.Root["block"]!;
        Assert.Equal(("two", "a remark", "XPS", "Al", 1486.6, 45.0), ((string)block["block identifier"]!, (string)block["block comment"]!, (string)block["technique"]!,
            (string)block["analysis source label"]!, (double)block["analysis source characteristic energy"]!, (double)block["analysis source polar angle of incidence"]!));
        Assert.Equal("2026-01-31T13:00:00", tables[1].Header.Metadata.AcquiredAt);
    }

    /// <summary>A comment of a million characters that 20 blocks would take over: a small file that would fill the memory.</summary>
    [Fact]
    public async Task What_blocks_take_over_has_a_limit()
    {
        string[] data = ["Al", .. Source, .. Analyser, .. Regular, "1", "Counts", "d", .. End, "2", "5", "7", "5", "7"];
        string[] first = [.. Block[..9], "1", new string('x', 1_000_000), "XPS", .. data];
        string[] later = [.. Block[..9], "XPS", .. data];
        var problem = await Assert.ThrowsAsync<ProblemException>(() => OpenAsync(
            [.. Start, "NORM", "REGULAR", "1", "0", "-1", "8", "0", "0", "0", "20", .. first, .. Enumerable.Repeat(later, 19).SelectMany(lines => lines)]));
        Assert.Contains("blocks take over more than 16777216 characters", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_part_that_no_block_states_is_missed_in_words()
    {
        // The first block is XPS; the second says that it differentiates (AES diff) and leaves out the differential width, which the first had none of.
        string[] data = [.. Analyser, .. Regular, "1", "Counts", "d", .. End, "2", "5", "7", "5", "7"];
        var problem = await Assert.ThrowsAsync<ProblemException>(() => OpenAsync(
            [.. Start, "NORM", "REGULAR", "1", "0", "-1", "23", "0", "0", "0", "2", .. Block, "Al", .. Source, .. data,
                .. Block[..^1], "AES diff", "Al", .. Source, .. data, "end of experiment"]));
        Assert.Contains("leaves out differential width", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("NORM", "REGULAR", "41", "a block has 40 parts")]
    [InlineData("NORM", "REGULAR", "-1", "names part 0")]
    [InlineData("NORMAL", "REGULAR", "0", "which ISO 14976 does not know")]
    [InlineData("NORM", "REGULAR", "x", "a number; it is 'x'")]
    public async Task What_is_not_read_is_said_in_words(string mode, string scan, string list, string words)
    {
        var problem = await Assert.ThrowsAsync<ProblemException>(() => OpenAsync([.. Start, mode, scan, "1", "0", list, "0", "0", "0", "1"]));
        Assert.Contains(words, problem.Message, StringComparison.Ordinal);
    }

    private static Task<IReadOnlyList<ISignal>> OpenAsync(string[] lines) =>
        new VamasReader().OpenAsync(new MemoryFile("a.vms", Bytes(lines)), TestContext.Current.CancellationToken);

    private static byte[] Bytes(string[] lines) => System.Text.Encoding.ASCII.GetBytes(string.Join("\r\n", lines));
}
