using System.Globalization;
using System.Text.Json.Nodes;
using CryoHub.Formats.Text;
using CryoHub.Imaging;
using CryoHub.Imaging.Tables;

namespace CryoHub.Formats.AtomProbe;

/// <summary>The ranges of an .rrng file: <c>Range1=1.018 1.048 Vol:0.01 Ca:2 C:1 O:3 Color:FFFFCC</c>.</summary>
internal static class RrngTable
{
    public static TableSignal Read(string name, List<string> lines)
    {
        var tree = KeyValueText.Parse(lines);
        var ranges = (tree.FirstOrDefault(pair => pair.Key.Equals("Ranges", StringComparison.OrdinalIgnoreCase)).Value as JsonObject ?? [])
            .Where(pair => pair.Key.StartsWith("Range", StringComparison.OrdinalIgnoreCase)).Select(pair => Parse(pair.Key, pair.Value!.ToString())).ToList();
        if (ranges.Count == 0)
        {
            throw ProblemException.Unreadable($"{name} has no range in its section [Ranges].");
        }

        List<TableColumn> columns = [new("low", "Da", [.. ranges.Select(range => range.Low)]), new("high", "Da", [.. ranges.Select(range => range.High)])];
        foreach (var key in ranges.SelectMany(range => range.Fields.Keys).Distinct())
        {
            string[] cells = [.. ranges.Select(range => range.Fields.GetValueOrDefault(key, ""))];
            columns.Add(key is "Color" or "Name" ? TableColumn.OfWords(key, cells) : TableColumn.OfCells(key, "", cells));
        }

        return TableSignal.Of(name, SignalKind.Table, columns, AcquisitionMetadata.None, new MetadataTree(tree));
    }

    private static (double Low, double High, Dictionary<string, string> Fields) Parse(string key, string text)
    {
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length < 2 || !double.TryParse(words[0], NumberStyles.Float, CultureInfo.InvariantCulture, out var low)
            || !double.TryParse(words[1], NumberStyles.Float, CultureInfo.InvariantCulture, out var high))
        {
            throw ProblemException.Unreadable($"{key} does not begin with two numbers: '{text[..Math.Min(40, text.Length)]}'.");
        }

        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var word in words.Skip(2))
        {
            var colon = word.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0)
            {
                fields[word[..colon]] = word[(colon + 1)..];
            }
        }

        return (low, high, fields);
    }
}
