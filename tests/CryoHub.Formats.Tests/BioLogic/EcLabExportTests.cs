using CryoHub.Imaging;
using CryoHub.Imaging.Sources;
using CryoHub.Imaging.Tables;
using CryoHub.TestKit;

namespace CryoHub.Formats.Tests.BioLogic;

/// <summary>EC-Lab itself exported these runs as text: its numbers are the truth for the binary files, also where no other reader knows the columns.</summary>
public sealed class EcLabExportTests
{
    public static TheoryData<string> Runs => SharedData.IsPresent
        ? [.. Directory.EnumerateFiles(SharedData.PathOf("biologic"), "*.mpr")
            .Where(file => File.Exists(Path.ChangeExtension(file, ".mpt")))
            .Select(file => Path.GetFileNameWithoutExtension(file))
            .Where(name => name != "wait")]
        : [""];

    [Theory]
    [MemberData(nameof(Runs))]
    public async Task A_binary_file_holds_what_the_program_exports(string run)
    {
        Assert.SkipUnless(SharedData.IsPresent, SharedData.Absent);
        var ct = TestContext.Current.CancellationToken;
        var exported = (await OpenAsync($"biologic/{run}.mpt", ct)).ToDictionary(column => Same(column.Column.Name));
        var stored = await OpenAsync($"biologic/{run}.mpr", ct);
        var compared = 0;
        foreach (var column in stored.Where(column => column.Column.Name != "flags"))
        {
            Assert.True(exported.TryGetValue(Same(column.Column.Name), out var truth), $"{column.Column.Name} is not exported; there are {string.Join(", ", exported.Keys)}");
            Assert.Equal(truth.Count, column.Count);
            foreach (var (expected, actual) in Pairs(truth, column))
            {
                // the export has 8 digits of a single precision number
                var largest = Math.Max(Math.Abs(truth.Max), Math.Abs(truth.Min));
                Assert.True(Math.Abs(expected - actual) <= 6e-8 * largest, $"{column.Column.Name}: exported {expected:R}, stored {actual:R}");
            }

            compared++;
        }

        Assert.True(compared >= 2, $"{compared} columns in common");
    }

    /// <summary>Above 100 kHz the program exports -1 for the three figures of quality and 0 for harmonics, whatever the file holds: these columns agree at their other end.</summary>
    private static IEnumerable<(double Expected, double Actual)> Pairs(ColumnSummary truth, ColumnSummary column)
    {
        yield return (truth.Max, column.Max);
        yield return ((double)truth.Last!, (double)column.Last!);
        if (!(truth.Column.Name[..2] is "TH" or "NS" || truth.Column.Name.Contains(" h", StringComparison.Ordinal)))
        {
            yield return (truth.Min, column.Min);
            yield return (truth.Mean, column.Mean);
            yield return ((double)truth.First!, (double)column.First!);
        }
    }

    private static async Task<List<ColumnSummary>> OpenAsync(string name, CancellationToken ct)
    {
        using var file = new FolderFile(SharedData.PathOf(name));
        var reader = await FormatCatalog.DetectAsync(file, ct);
        List<ColumnSummary> columns = [];
        foreach (var signal in await reader.OpenAsync(file, ct))
        {
            columns.AddRange(await ColumnSummary.OfAsync(signal, ct));
        }

        return columns;
    }

    /// <summary>Newer exports write <c>&lt;Ewe/V&gt;</c> and <c>Pwe/W</c> for what was <c>&lt;Ewe&gt;/V</c> and <c>P/W</c>.</summary>
    private static string Same(string name) => name switch { "<Ewe/V>" => "<Ewe>/V", "Pwe/W" => "P/W", _ => name };
}
