using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using CryoHub.Formats.Bytes;
using CryoHub.Formats.Text;
using CryoHub.Imaging;
using CryoHub.Imaging.Tables;

namespace CryoHub.Formats.Impulse;

/// <summary>Logs of DENSsolutions' in-situ holders: Impulse (.csv with its .log) and Digiheater (.dens).</summary>
public sealed class ImpulseReader : IFormatReader
{
    private const string Head = "TimeStamp,Experiment time";
    private const int HeaderLines = 4;
    private const string LogEnd = "_Metadata.log";

    public FormatInfo Format { get; } = new(
        "denssolutions", "DENSsolutions Impulse and Digiheater", [".csv", ".log", ".dens"],
        "Each measured quantity over the experiment's time and the whole table, with the log of metadata beside it; Digiheater logs", "",
        "https://denssolutions.com/products/impulse/");

    public Match Recognise(ReadOnlySpan<byte> head, string fileName)
    {
        var text = TextBytes.Head(head);
        return text.StartsWith(Head, StringComparison.Ordinal) || text.StartsWith("Experiment date,", StringComparison.Ordinal) || text.TrimStart().Split('\n')[0].Contains("Digiheater", StringComparison.Ordinal)
            ? Match.Certain : Match.No;
    }

    public async Task<IReadOnlyList<ISignal>> OpenAsync(ISourceFile file, CancellationToken ct)
    {
        var text = await TextBytes.ReadAsync(file.Name, file.Bytes, ct);
        var lines = text.Lines(HeaderLines + 1);
        var name = Path.GetFileNameWithoutExtension(file.Name);
        if (lines.Count > 0 && lines[0].StartsWith("Experiment date,", StringComparison.Ordinal))
        {
            return [DocumentSignal.Of(name, text.Decode(text.Span), new MetadataTree(Log(text.Lines())))];
        }

        return lines.Count > 0 && lines[0].StartsWith(Head, StringComparison.Ordinal) ? await TableAsync(file, text, lines[0], ct) : Digiheater(name, text);
    }

    private static async Task<IReadOnlyList<ISignal>> TableAsync(ISourceFile file, TextBytes text, string names, CancellationToken ct)
    {
        var columns = DelimitedTable.Read(text, text.StartOf(1), (byte)',', [.. names.Split(',', StringSplitOptions.TrimEntries).Select(name => new SignalColumn(name, ColumnUnit.Of(name)))]);
        if (columns.Count < 2 || columns[1].Column.Words is not null || columns[1].Numbers.Count == 0)
        {
            throw ProblemException.Unreadable($"{file.Name} has {columns.Count} columns; the second was expected to hold the experiment's time.");
        }

        var stem = file.Name.LastIndexOf('_') is > 0 and var cut ? file.Name[..cut] : Path.GetFileNameWithoutExtension(file.Name);
        var log = file.Sibling(stem + LogEnd) is { } beside ? Log((await TextBytes.ReadAsync(stem + LogEnd, beside, ct)).Lines()) : [];
        var original = new MetadataTree(log);
        var axis = new Axis("Time", columns[1].Numbers.Count, "s", AxisRole.Time, Values: columns[1].Numbers);
        var signals = new List<ISignal>();
        foreach (var column in columns.Skip(2))
        {
            if (column.Column.Words is null)
            {
                signals.Add(Curve.Of(column.Column.Name, SignalKind.Trace, axis, column.Numbers, column.Column.Unit, AcquisitionMetadata.None, original, Curve.Narrowest(column.Numbers)));
            }
            else if (Valves(column) is { } valves)
            {
                signals.Add(Curve.Of(column.Column.Name, SignalKind.Trace, axis, valves, "", AcquisitionMetadata.None, original, PixelType.Int32));
            }
        }

        return [.. signals, TableSignal.Of(Path.GetFileNameWithoutExtension(file.Name), SignalKind.Trace, columns, AcquisitionMetadata.None, original)];
    }

    /// <summary>The positions of several valves, <c>-1; 0; 2</c>, as one number: a digit each, two more than the position. The words are in the table.</summary>
    private static double[]? Valves(TableColumn column)
    {
        var codes = column.Column.Words!.Select(word => word.Split(';', StringSplitOptions.TrimEntries)).Select(positions => positions.Length is > 1 and < 9
            && positions.All(position => int.TryParse(position, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var at) && at is >= -2 and <= 7)
            ? positions.Aggregate(0.0, (code, position) => (10 * code) + 2 + int.Parse(position, CultureInfo.InvariantCulture)) : double.NaN).ToArray();
        return codes.Any(double.IsNaN) || column.Numbers.Any(double.IsNaN) ? null : [.. column.Numbers.Select(word => codes[(int)word])];
    }

    /// <summary>Lines "name, value"; those after "Live notes" are notes of their own.</summary>
    private static JsonObject Log(List<string> lines)
    {
        var tree = new JsonObject();
        var notes = new JsonArray();
        foreach (var line in lines.Where(line => line.Length > 0))
        {
            var comma = line.IndexOf(',');
            if (notes.Count > 0 || comma < 0)
            {
                notes.Add(JsonValue.Create(line));
            }
            else if (line[..comma] == "Live notes")
            {
                notes.Add(JsonValue.Create(line[(comma + 1)..].Trim()));
            }
            else
            {
                tree[line[..comma].Trim()] = line[(comma + 1)..].Trim(' ', '"');
            }
        }

        if (notes.Count > 0)
        {
            tree["Live notes"] = notes;
        }

        return tree;
    }

    /// <summary>Date and program, constants of the calibration, interval, names; time of day in the second column.</summary>
    private static IReadOnlyList<ISignal> Digiheater(string name, TextBytes text)
    {
        var lines = text.Lines(20);
        var at = lines.FindIndex(line => line.StartsWith("sample\t", StringComparison.Ordinal));
        if (at < 1)
        {
            throw ProblemException.Unreadable($"{name} has no line of names (sample, time, Tset ...) in its first {lines.Count} lines.");
        }

        var names = lines[at].TrimEnd('\t').Split('\t', StringSplitOptions.TrimEntries).Select(column => new SignalColumn(column, ColumnUnit.Of(column) is "C" ? "°C" : ColumnUnit.Of(column))).ToList();
        var columns = DelimitedTable.Read(text, text.StartOf(at + 1), (byte)'\t', names);
        var times = columns.Find(column => column.Column.Name == "time") is { Column.Words: { } words } time
            ? time.Numbers.Select(word => double.IsNaN(word) ? double.NaN : Seconds(words[(int)word])).ToArray() : [];
        var measured = columns.Find(column => column.Column.Name.StartsWith("Tmeas", StringComparison.Ordinal));
        if (measured is null || times.Length == 0 || times.Any(double.IsNaN))
        {
            throw ProblemException.Unreadable($"{name} has no column of times of day or none of temperatures: {string.Join(", ", names.Select(column => column.Name))}.");
        }

        var original = new MetadataTree(new JsonObject { ["header"] = new JsonArray([.. lines.Take(at).Where(line => line.Trim().Length > 0).Select(line => JsonValue.Create(line.Trim()))]) });
        var metadata = new AcquisitionMetadata { AcquiredAt = Moment(lines) };
        var axis = new Axis("Time", times.Length, "s", AxisRole.Time, Values: times);
        return
        [
            Curve.Of($"{name}, temperature", SignalKind.Trace, axis, measured.Numbers, measured.Column.Unit, metadata, original),
            TableSignal.Of(name, SignalKind.Trace, columns, metadata, original),
        ];
    }

    private static double Seconds(string time) => TimeSpan.TryParse(time, CultureInfo.InvariantCulture, out var span) ? span.TotalSeconds : double.NaN;

    /// <summary>Day, month, year: <c>16/04/'15 13:53</c>.</summary>
    private static string? Moment(List<string> lines) =>
        lines.Find(line => line.Trim().Length > 0)?.Split('\t')[0].Trim() is { } stated
            && DateTime.TryParseExact(stated, "dd/MM/''yy HH:mm".Replace("''", "\\'", StringComparison.Ordinal), CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment)
            ? moment.ToString("s", CultureInfo.InvariantCulture) : null;
}
