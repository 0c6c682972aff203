using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CryoHub.Formats.Impedance;
using CryoHub.Formats.Text;
using CryoHub.Formats.Xml;
using CryoHub.Imaging;
using CryoHub.Imaging.Tables;

namespace CryoHub.Formats.Maccor;

/// <summary>Maccor's text exports, its impedance sweeps and its procedures.</summary>
public sealed partial class MaccorReader : IFormatReader
{
    private const int MostHeaderLines = 200;

    public FormatInfo Format { get; } = new(
        "maccor", "Maccor", [".txt"],
        "Exported tables whatever their ending, AC impedance sweeps (spectrum and table), test procedures as text", "the testers' own binary files, whose layout is not published",
        "https://www.maccor.com/");

    public Match Recognise(ReadOnlySpan<byte> head, string fileName)
    {
        var text = TextBytes.Head(head);
        return text.StartsWith("Today's Date", StringComparison.Ordinal) || text.StartsWith("MACCOR, INC.", StringComparison.Ordinal)
            || text.Contains("<?maccor-application", StringComparison.Ordinal) || Names().IsMatch(text) ? Match.Certain : Match.No;
    }

    public async Task<IReadOnlyList<ISignal>> OpenAsync(ISourceFile file, CancellationToken ct)
    {
        var text = await TextBytes.ReadAsync(file.Name, file.Bytes, ct);
        var lines = text.Lines(MostHeaderLines);
        if (lines.Count > 0 && lines[0].StartsWith("<?xml", StringComparison.Ordinal))
        {
            var tree = XmlJson.Convert(SafeXml.Parse(text.Span, file.Name)) as JsonObject ?? [];
            return [DocumentSignal.Of(file.Name, text.Decode(text.Span), new MetadataTree(tree))];
        }

        var isSweep = lines.Count > 0 && lines[0].StartsWith("MACCOR, INC.", StringComparison.Ordinal);
        var names = isSweep ? lines.FindIndex(line => line.StartsWith("Freq(", StringComparison.Ordinal)) : lines.FindIndex(line => Names().IsMatch(line));
        if (names < 0)
        {
            throw ProblemException.Unreadable($"{file.Name} has no line with the names of columns (Rec#, Cyc#, Step ... or Freq(Hz) ...) in its first {lines.Count} lines.");
        }

        var delimiter = (byte)(lines[names].Contains('\t') ? '\t' : ',');
        var columns = DelimitedTable.Read(text, text.StartOf(names + 1), delimiter, [.. lines[names].TrimEnd('\t', ',', ' ').Split((char)delimiter, StringSplitOptions.TrimEntries).Select(MaccorColumn.Of)]);
        var original = new MetadataTree(Header(lines.Take(names)));
        var metadata = new AcquisitionMetadata { AcquiredAt = Date(lines) };
        if (!isSweep)
        {
            return [TableSignal.Of(file.Name, SignalKind.Trace, columns, metadata, original)];
        }

        var filled = columns.Where(column => column.Numbers.Any(double.IsFinite)).ToList();
        return [ImpedanceSpectrum.Of(file.Name, filled, "Freq(Hz)", "Z'(a)", "Z''(b)", "", metadata, original), TableSignal.Of($"{file.Name}, table", SignalKind.Table, filled, metadata, original)];
    }

    /// <summary>Names end with a colon, or are the three words "Today's Date".</summary>
    private static JsonObject Header(IEnumerable<string> lines)
    {
        var tree = new JsonObject();
        foreach (var line in lines.Where(line => line.Trim().Length > 0))
        {
            var matches = Pairs().Matches(line);
            foreach (System.Text.RegularExpressions.Match match in matches)
            {
                tree[match.Groups["name"].Value.Trim()] = match.Groups["value"].Value.Trim();
            }

            if (matches.Count == 0)
            {
                (tree["lines"] as JsonArray ?? (JsonArray)(tree["lines"] = new JsonArray())).Add(JsonValue.Create(line.Trim()));
            }
        }

        return tree;
    }

    private static string? Date(List<string> lines) =>
        lines.Take(12).Select(line => TestDate().Match(line)).FirstOrDefault(match => match.Success) is { } found
            && DateOnly.TryParseExact(found.Groups[1].Value, "MM/dd/yyyy", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : null;

    [GeneratedRegex(@"(?:^|\n)Rec#?[\t,]\s*Cyc#?(?: [A-Z])?[\t,]\s*Step\b")]
    private static partial Regex Names();

    [GeneratedRegex(@"(?<name>Today's Date|Date of Test|Filename|Procedure|Comment/Barcode|Frequency Sweep|Start Date|Start Time):?\s*(?<value>.*?)(?=\s*(?:Date of Test|Filename|Procedure|Comment/Barcode|Start Time):|$)")]
    private static partial Regex Pairs();

    [GeneratedRegex(@"Date of Test:\s*(\d\d/\d\d/\d{4})")]
    private static partial Regex TestDate();
}
