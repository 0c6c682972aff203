using System.Globalization;
using System.Text.Json.Nodes;
using CryoHub.Formats.Bytes;
using CryoHub.Formats.Text;
using CryoHub.Imaging;
using CryoHub.Imaging.Tables;

namespace CryoHub.Formats.Protochips;

/// <summary>Logs of Protochips' heating, biasing and gas cells.</summary>
public sealed class ProtochipsReader : IFormatReader
{
    public FormatInfo Format { get; } = new(
        "protochips", "Protochips in-situ log", [".csv"],
        "Each measured quantity over time, with its unit; notes during the experiment", "",
        "https://www.protochips.com/");

    public Match Recognise(ReadOnlySpan<byte> head, string fileName)
    {
        var text = TextBytes.Head(head);
        return text.StartsWith("Time,", StringComparison.Ordinal) && text.Split('\n')[0].Split(',') is [_, var notes, _, ..] && notes.Trim() == "Notes" && text.Contains(" units = ", StringComparison.Ordinal) ? Match.Certain : Match.No;
    }

    public async Task<IReadOnlyList<ISignal>> OpenAsync(ISourceFile file, CancellationToken ct)
    {
        var text = await TextBytes.ReadAsync(file.Name, file.Bytes, ct);
        var at = 0;
        text.NextLine(ref at, out var first);
        var names = CellReader.All(first, (byte)',', text.Encoding);
        var columns = DelimitedTable.Read(text, at, (byte)',', [.. names.Select(name => new SignalColumn(name, ""))]);
        if (columns.Count < 3 || columns[0].Column.Words is not null || columns[0].Numbers.Count == 0)
        {
            throw ProblemException.Unreadable($"{file.Name} has {columns.Count} columns; time, notes and at least one quantity were expected.");
        }

        var notes = columns[1].Numbers.Select(note => double.IsNaN(note) || columns[1].Column.Words is not { } words ? "" : words[(int)note]).ToArray();
        var start = Array.FindIndex(notes, note => note.Length == 0);     // the settings are notes of the first rows
        if (start < 0)
        {
            throw ProblemException.Unreadable($"All {notes.Length} rows of {file.Name} are settings.");
        }

        var settings = Settings(notes.Take(start));
        var tree = new MetadataTree(Tree(settings, columns[0].Numbers, notes, start));
        var metadata = new AcquisitionMetadata { AcquiredAt = Moment(settings) };
        var (unit, factor) = settings.GetValueOrDefault("Time units") switch { "Milliseconds" => ("s", 1e-3), "Seconds" => ("s", 1.0), "Minutes" => ("s", 60.0), var other => (other ?? "", 1.0) };
        var times = columns[0].Numbers.Skip(start).Select(time => time * factor).ToArray();
        var axis = new Axis("Time", times.Length, unit, AxisRole.Time, Values: times);
        var signals = columns.Skip(2).Where(column => column.Column.Words is null).Select(column =>
        {
            var values = column.Numbers.Skip(start).ToArray();
            return Curve.Of(column.Column.Name, SignalKind.Trace, axis, values, Unit(column.Column.Name, settings), metadata, tree, Curve.Narrowest(values));
        }).ToList();
        return signals.Count > 0 ? signals : throw ProblemException.Unreadable($"{file.Name} has no column of numbers behind time and notes.");
    }

    private static Dictionary<string, string> Settings(IEnumerable<string> notes)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var note in notes)
        {
            var at = note.IndexOf('=');
            settings[at < 0 ? note : note[..at].Trim()] = at < 0 ? "" : note[(at + 1)..].Trim();
        }

        return settings;
    }

    /// <summary>"Holder Temperature" has the "Temperature units" of the settings.</summary>
    private static string Unit(string name, Dictionary<string, string> settings) =>
        settings.GetValueOrDefault($"{name.Split(' ')[^1]} units") switch { null => "", "Degrees C" => "°C", "Amps" => "A", "Volts" => "V", "Ohms" => "Ohm", var other => other };

    private static JsonObject Tree(Dictionary<string, string> settings, IReadOnlyList<double> times, string[] notes, int start)
    {
        var tree = new JsonObject();
        foreach (var (key, value) in settings)
        {
            tree[key] = value;
        }

        tree["notes"] = new JsonArray([.. Enumerable.Range(start, notes.Length - start).Where(row => notes[row].Length > 0)
            .Select(row => new JsonObject { ["Time"] = MetadataTree.Leaf(times[row]), ["Note"] = notes[row] })]);
        return tree;
    }

    private static string? Moment(Dictionary<string, string> settings) =>
        DateTime.TryParseExact($"{settings.GetValueOrDefault("Date (yyyy.mm.dd)")} {settings.GetValueOrDefault("Time (hh:mm:ss.ms)")}", "yyyy.MM.dd HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment)
            ? moment.ToString("yyyy-MM-ddTHH:mm:ss.ffffff", CultureInfo.InvariantCulture) : null;
}
