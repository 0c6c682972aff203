using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace CryoHub.Formats.BioLogic;

/// <summary>The lines above the table of an export, or all lines of a file of settings: "name : value", and techniques in columns of 20 characters.</summary>
internal static partial class EcLabHeader
{
    private const int ColumnWidth = 20;

    private static readonly string[] DateFormats = ["MM/dd/yyyy HH:mm:ss.FFFFFF", "MM/dd/yyyy HH:mm:ss", "MM-dd-yyyy HH:mm:ss.FFFFFF", "MM-dd-yyyy HH:mm:ss", "MM.dd.yyyy HH:mm:ss.FFFFFF", "MM.dd.yyyy HH:mm:ss"];

    public static JsonObject Tree(IEnumerable<string> lines)
    {
        var tree = new JsonObject();
        foreach (var line in lines.Select(line => line.TrimEnd()).Where(line => line.Length > 0))
        {
            if (line.IndexOf(" :", StringComparison.Ordinal) is > 0 and var colon)
            {
                Add(tree, line[..colon].Trim(), JsonValue.Create(line[(colon + 2)..].Trim()));
            }
            else if (line.Length > ColumnWidth && !line.StartsWith('\t') && line[ColumnWidth - 1] == ' ')
            {
                JsonNode?[] values = [.. line[ColumnWidth..].Chunk(ColumnWidth).Select(value => JsonValue.Create(new string(value).Trim()))];
                Add(tree, line[..ColumnWidth].Trim(), values.Length == 1 ? values[0] : new JsonArray(values));
            }
            else
            {
                Add(tree, "lines", JsonValue.Create(line.Trim()));
            }
        }

        return tree;
    }

    /// <summary>When the acquisition began; the month comes first in every version of the program.</summary>
    public static string? StartedAt(IEnumerable<string> lines) =>
        lines.Select(line => Started().Match(line)).FirstOrDefault(match => match.Success) is { } found
            && DateTime.TryParseExact(found.Groups[1].Value.Trim(), DateFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment)
            ? moment.ToString("yyyy-MM-ddTHH:mm:ss.FFF", CultureInfo.InvariantCulture)
            : null;

    private static void Add(JsonObject tree, string name, JsonNode? value)
    {
        if (tree[name] is JsonArray list && list.Count > 0 && list[0] is JsonValue && value is JsonValue)
        {
            list.Add(value);
        }
        else if (tree.TryGetPropertyValue(name, out var there))
        {
            tree.Remove(name);
            tree[name] = new JsonArray(there, value);
        }
        else
        {
            tree[name] = value;
        }
    }

    [GeneratedRegex(@"^\s*Acquisition started on : (.+)$")]
    private static partial Regex Started();
}
