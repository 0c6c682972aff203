using System.Globalization;
using System.Text.Json.Nodes;
using CryoHub.Formats.Jet;
using CryoHub.Imaging;
using CryoHub.Imaging.Tables;

namespace CryoHub.Formats.Arbin;

/// <summary>Arbin's result files (.res): Access databases. Other Access databases are shown table by table.</summary>
public sealed class ResReader : IFormatReader
{
    private const string Channel = "Channel_Normal_Table";
    private const string Global = "Global_Table";

    /// <summary>Units in which Arbin's program writes; the database does not repeat them.</summary>
    private static readonly Dictionary<string, string> Units = new(StringComparer.Ordinal)
    {
        ["Test_Time"] = "s",
        ["Step_Time"] = "s",
        ["Current"] = "A",
        ["Voltage"] = "V",
        ["Charge_Capacity"] = "Ah",
        ["Discharge_Capacity"] = "Ah",
        ["Charge_Energy"] = "Wh",
        ["Discharge_Energy"] = "Wh",
        ["dV/dt"] = "V/s",
        ["Internal_Resistance"] = "Ohm",
        ["AC_Impedance"] = "Ohm",
        ["ACI_Phase_Angle"] = "deg",
        ["DateTime"] = "d",
    };

    public FormatInfo Format { get; } = new(
        "arbin-res", "Arbin result, Access database", [".res", ".mdb", ".accdb"],
        "Every table of a Jet 4 database: the channel's data first, then statistics, auxiliaries, events; the test's description as metadata",
        "Jet 3, encrypted databases; binary columns", "https://github.com/mdbtools/mdbtools/blob/dev/HACKING.md");

    public Match Recognise(ReadOnlySpan<byte> head, string fileName) => JetDatabase.IsJet(head) ? Match.Certain : Match.No;

    public async Task<IReadOnlyList<ISignal>> OpenAsync(ISourceFile file, CancellationToken ct)
    {
        var database = await JetDatabase.OpenAsync(file.Name, file.Bytes, ct);
        var tables = await database.TablesAsync(ct);
        var filled = new List<(string Name, List<TableColumn> Columns)>();
        foreach (var table in tables.OrderBy(table => table.Name != Channel))
        {
            var columns = await table.ReadAsync(database, ct);
            if (columns.Count > 0 && columns[0].Numbers.Count > 0)
            {
                filled.Add((table.Name, columns));
            }
        }

        var original = new MetadataTree(Description(tables, filled));
        var metadata = new AcquisitionMetadata { AcquiredAt = Started(filled) };
        return filled.Count > 0
            ? [.. filled.Select(table => table.Name == Channel
                ? TableSignal.Of(Path.GetFileNameWithoutExtension(file.Name), SignalKind.Trace, Sorted(table.Columns), metadata, original)
                : TableSignal.Of(table.Name, SignalKind.Table, [.. table.Columns.Select(WithUnit)], metadata, original))]
            : throw ProblemException.Unreadable($"{file.Name} has {tables.Count} tables and none with a row: {string.Join(", ", tables.Select(table => table.Name).Take(12))}.");
    }

    /// <summary>Rows of a database have no order: by test and data point.</summary>
    private static List<TableColumn> Sorted(List<TableColumn> columns)
    {
        var test = columns.Find(column => column.Column.Name == "Test_ID")?.Numbers;
        var point = columns.Find(column => column.Column.Name == "Data_Point")?.Numbers;
        int[] order = [.. Enumerable.Range(0, columns[0].Numbers.Count).OrderBy(row => test?[row] ?? 0).ThenBy(row => point?[row] ?? row)];
        return [.. columns.Select(column => WithUnit(column with { Numbers = [.. order.Select(row => column.Numbers[row])] }))];
    }

    private static TableColumn WithUnit(TableColumn column) => Units.TryGetValue(column.Column.Name, out var unit) ? column with { Column = column.Column with { Unit = unit } } : column;

    private static JsonObject Description(List<JetTable> tables, List<(string Name, List<TableColumn> Columns)> filled)
    {
        var tree = new JsonObject { ["tables"] = new JsonArray([.. tables.Select(table => JsonValue.Create(table.Name))]) };
        foreach (var (name, columns) in filled.Where(table => table.Name is Global or "Version_Table"))
        {
            var group = new JsonObject();
            foreach (var column in columns.Where(column => !double.IsNaN(column.Numbers[0])))
            {
                group[column.Column.Name] = column.Column.Words is { } words ? JsonValue.Create(words[(int)column.Numbers[0]]) : MetadataTree.Leaf(column.Numbers[0]);
            }

            tree[name] = group;
        }

        return tree;
    }

    /// <summary>Days since 1899-12-30.</summary>
    private static string? Started(List<(string Name, List<TableColumn> Columns)> filled) =>
        filled.Find(table => table.Name == Global).Columns?.Find(column => column.Column.Name == "Start_DateTime")?.Numbers[0] is > 20_000 and < 73_050 and var days
            ? new DateTime(1899, 12, 30, 0, 0, 0, DateTimeKind.Unspecified).AddSeconds(Math.Round(days * 86400)).ToString("s", CultureInfo.InvariantCulture)
            : null;
}
