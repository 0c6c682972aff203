using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CryoHub.Imaging;
using CryoHub.Imaging.Sources;

namespace CryoHub.Formats.Nanoscope;

/// <summary>The head of a Nanoscope file: sections "\*name" with lines "\key: value", up to "\*File list end".</summary>
internal sealed partial class NanoscopeText
{
    private const int LongestHead = 8 << 20;

    private NanoscopeText(IReadOnlyList<(string Name, JsonObject Lines)> sections) => Sections = sections;

    public IReadOnlyList<(string Name, JsonObject Lines)> Sections { get; }

    /// <summary>All sections under their own names; those of one name are numbered.</summary>
    public JsonObject Original
    {
        get
        {
            var tree = new JsonObject();
            foreach (var (name, lines) in Sections)
            {
                var key = name;
                for (var n = 2; tree.ContainsKey(key); n++)
                {
                    key = $"{name} ({n})";
                }

                tree[key] = lines.DeepClone();
            }

            return tree;
        }
    }

    public static async Task<NanoscopeText> ReadAsync(IByteSource file, CancellationToken ct)
    {
        // The text says its own length; without it everything up to the end mark is text.
        var text = Encoding.Latin1.GetString(await file.ReadBlockAsync(0, Math.Min(file.Length, LongestHead), ct));
        var end = text.IndexOf("list end", StringComparison.OrdinalIgnoreCase);
        var sections = new List<(string Name, JsonObject Lines)>();
        foreach (var line in text[..(end < 0 ? text.Length : end)].Split('\n').Select(line => line.Trim('\r', ' ', '\0')).Where(line => line.StartsWith('\\')))
        {
            if (line.StartsWith("\\*", StringComparison.Ordinal))
            {
                sections.Add((line[2..].Trim(), []));
            }
            else if (sections.Count > 0 && Key().Match(line) is { Success: true } pair)
            {
                sections[^1].Lines[pair.Groups[1].Value] = pair.Groups[2].Value.Trim();
            }
        }

        return end < 0 ? throw ProblemException.Unreadable($"The head of {sections.Count} sections has no end; a Nanoscope file closes it with \"File list end\".") : new NanoscopeText(sections);
    }

    /// <summary>A value of any section before the images: sensitivities are kept with the scanner or the scan.</summary>
    public string? Find(string key) => Sections.Select(section => Text(section.Lines, key)).FirstOrDefault(text => text is not null);

    /// <summary>Spelling of keys varies between versions: Scan Size, Scan size.</summary>
    public static string? Text(JsonObject lines, string key) =>
        lines.FirstOrDefault(pair => pair.Key.Equals(key, StringComparison.OrdinalIgnoreCase)).Value?.ToString() is { Length: > 0 } text ? text : null;

    /// <summary>The first whole number of a line.</summary>
    public static long Integer(JsonObject lines, string key) =>
        long.TryParse(Text(lines, key)?.Split(' ')[0], NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : 0;

    // A key may have a colon itself: "@2:Z scale: V ...".
    [GeneratedRegex(@"^\\((?:@\d*:)?[^:]+):(.*)$")]
    private static partial Regex Key();
}
