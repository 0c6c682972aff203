using System.Text.Json.Nodes;
using CryoHub.Formats.Text;
using CryoHub.Imaging;
using CryoHub.Imaging.Tables;

namespace CryoHub.Formats.Rigaku;

/// <summary>One scan: what its keys say, and its rows as columns.</summary>
internal sealed record RigakuScan(JsonObject Keys, IReadOnlyList<TableColumn> Columns)
{
    public int Rows => Columns.Count > 0 ? Columns[0].Numbers.Count : 0;

    /// <summary>Rows up to the end of the list; <paramref name="at"/> moves behind them.</summary>
    public static RigakuScan Read(TextBytes text, ref int at, JsonObject keys)
    {
        var (start, rows) = (at, 0);
        for (var next = at; text.NextLine(ref next, out var line) && !line.StartsWith("*"u8); at = next)
        {
            rows += line.Trim(" \t"u8).IsEmpty ? 0 : 1;
        }

        return new(keys, rows == 0 ? [] : DelimitedTable.Read(text, start, 0, Names(keys), mostRows: rows));
    }

    public ISignal Signal(string name) => TableSignal.Of(name, SignalKind.Trace, Columns, Metadata, new MetadataTree(Keys));

    /// <summary>The rows of all scans, one after the other, and the keys of each.</summary>
    public static ISignal Joined(string name, IReadOnlyList<RigakuScan> scans)
    {
        var width = scans.Min(scan => scan.Columns.Count);
        var columns = Enumerable.Range(0, width)
            .Select(i => new TableColumn(scans[0].Columns[i].Column.Name, scans[0].Columns[i].Column.Unit, [.. scans.SelectMany(scan => scan.Columns[i].Numbers)])).ToList();
        var original = new JsonObject();
        foreach (var scan in scans)
        {
            original[FormattableString.Invariant($"scan {original.Count + 1}")] = scan.Keys.DeepClone();
        }

        return TableSignal.Of(name, SignalKind.Table, columns, scans[0].Metadata, new MetadataTree(original));
    }

    private AcquisitionMetadata Metadata => new() { Instrument = Keys["HW_GONIOMETER_NAME"]?.ToString() is { Length: > 0 } goniometer ? goniometer : null };

    private static SignalColumn[] Names(JsonObject keys) =>
    [
        new(Said(keys, "MEAS_SCAN_AXIS_X", "position"), Said(keys, "MEAS_SCAN_UNIT_X", "")),
        new("intensity", Said(keys, "MEAS_SCAN_UNIT_Y", "")),
        new("attenuation factor", ""),
    ];

    private static string Said(JsonObject keys, string key, string otherwise) => keys[key]?.ToString() is { Length: > 0 } said ? said : otherwise;
}
