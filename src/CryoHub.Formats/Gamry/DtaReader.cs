using System.Globalization;
using System.Text.Json.Nodes;
using CryoHub.Formats.Impedance;
using CryoHub.Formats.Text;
using CryoHub.Imaging;
using CryoHub.Imaging.Tables;

namespace CryoHub.Formats.Gamry;

/// <summary>Gamry Framework's .DTA: tagged settings and any number of tables, each with a line of names and a line of units.</summary>
public sealed class DtaReader : IFormatReader
{
    private const int MostLines = 5_000_000;

    public FormatInfo Format { get; } = new(
        "gamry-dta", "Gamry Framework", [".dta"],
        "All tables with their units, impedance spectra as such, all settings; point or comma as decimal sign", "",
        "https://www.gamry.com/support/technical-support/frequently-asked-questions/");

    public Match Recognise(ReadOnlySpan<byte> head, string fileName)
    {
        var text = TextBytes.Head(head);
        return text.StartsWith("EXPLAIN", StringComparison.Ordinal) && text.Contains("\nTAG\t", StringComparison.Ordinal) ? Match.Certain : Match.No;
    }

    public async Task<IReadOnlyList<ISignal>> OpenAsync(ISourceFile file, CancellationToken ct)
    {
        var text = await TextBytes.ReadAsync(file.Name, file.Bytes, ct);
        var settings = new JsonObject();
        var tables = new List<Found>();
        var (at, number) = (0, 0);
        while (number < MostLines && text.NextLine(ref at, out var bytes))
        {
            number++;
            var cells = bytes is [(byte)'\t', ..] || bytes.IsEmpty ? [] : text.Decode(bytes).Split('\t');
            if (cells.Length >= 2 && cells[1].Trim() == "TABLE")
            {
                tables.Add(Table(text, cells[0], ref at, ref number));
            }
            else if (cells.Length >= 3)
            {
                settings[cells[0]] = cells[1].Trim() == "NOTES" ? Notes(text, cells[2], ref at, ref number) : cells[2].Trim();
            }
            else if (cells.Length > 0 && cells[0].Length > 0)
            {
                settings.TryAdd(cells[0], cells.ElementAtOrDefault(1) ?? "");
            }
        }

        var original = new MetadataTree(settings);
        var metadata = new AcquisitionMetadata { Instrument = (string?)settings["PSTAT"] };
        var name = Path.GetFileNameWithoutExtension(file.Name);
        var signals = new List<ISignal>();
        foreach (var table in tables.Where(table => table.Columns.Count > 0 && table.Columns[0].Numbers.Count > 0).OrderBy(table => table.Name.StartsWith("OCV", StringComparison.Ordinal)))
        {
            if (table.Columns.Any(column => column.Column.Name == "Zreal"))
            {
                signals.Add(ImpedanceSpectrum.Of(name, table.Columns, "Freq", "Zreal", "Zimag", "Ohm", metadata, original));
            }

            var isTrace = table.Columns.Any(column => column.Column.Name == "T") && table.Columns.All(column => column.Column.Name != "Freq");
            signals.Add(TableSignal.Of($"{name}, {table.Name}", isTrace ? SignalKind.Trace : SignalKind.Table, table.Columns, metadata, original));
        }

        return signals.Count > 0 ? signals : throw ProblemException.Unreadable($"{file.Name} has {settings.Count} settings and no table with a row.");
    }

    /// <summary>Names, units, rows; every line begins with a tab, so the first cell of each is empty.</summary>
    private static Found Table(TextBytes text, string name, ref int at, ref int number)
    {
        var names = Line(text, ref at, ref number).TrimEnd('\t').Split('\t', StringSplitOptions.TrimEntries);
        var units = Line(text, ref at, ref number).Split('\t', StringSplitOptions.TrimEntries);
        var (start, rows, hasPoint, hasComma) = (at, 0, false, false);
        for (var next = at; text.NextLine(ref next, out var line) && line is [(byte)'\t', ..]; at = next)
        {
            rows++;
            hasPoint |= line.Contains((byte)'.');
            hasComma |= line.Contains((byte)',');
        }

        number += rows;
        var columns = names.Select((column, i) => new SignalColumn(column, Unit(units.ElementAtOrDefault(i) ?? ""))).ToList();
        var read = rows == 0 ? [] : DelimitedTable.Read(text, start, (byte)'\t', columns, (byte)(hasComma && !hasPoint ? ',' : '.'), rows);
        return new(name, [.. read.Skip(1)]);
    }

    private static string Unit(string stated) => stated switch { "#" or "bits" => "", "ohm" => "Ohm", "deg C" => "°C", _ => stated };

    private static string Notes(TextBytes text, string count, ref int at, ref int number)
    {
        var lines = new List<string>();
        for (var left = int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var stated) ? stated : 0; left > 0 && text.NextLine(ref at, out var line); left--)
        {
            number++;
            lines.Add(text.Decode(line).Trim());
        }

        return string.Join('\n', lines).Trim();
    }

    private static string Line(TextBytes text, ref int at, ref int number)
    {
        number++;
        return text.NextLine(ref at, out var line) ? text.Decode(line) : "";
    }

    private sealed record Found(string Name, List<TableColumn> Columns);
}
