using System.Text.Json.Nodes;

namespace CryoHub.Formats.Text;

/// <summary>Keys and values of plain text: sections in brackets, <c>key = value</c>, <c>key: value</c>, <c>key TAB value</c>; what is none of these is left out.</summary>
internal static class KeyValueText
{
    private const int LongestKey = 120;

    public static JsonObject Parse(IEnumerable<string> lines)
    {
        var tree = new JsonObject();
        var group = tree;
        foreach (var line in lines.Select(line => line.Trim()))
        {
            if (line is ['[', .., ']'] && line.Length <= LongestKey)
            {
                group = Section(tree, line[1..^1].Trim());
            }
            else if (Split(line) is { } pair)
            {
                Add(group, pair.Key, pair.Value);
            }
        }

        return tree;
    }

    /// <summary>The first of equals sign and tab parts key from value; a colon only where a blank or nothing follows, so that times and paths stay whole.</summary>
    private static (string Key, string Value)? Split(string line)
    {
        if (line.Length == 0 || line[0] is '#' or ';' or '%' or '<' or '$')
        {
            return null;
        }

        var at = line.AsSpan(0, Math.Min(line.Length, LongestKey)).IndexOfAny('=', '\t');
        if (at <= 0)
        {
            at = line.IndexOf(": ", StringComparison.Ordinal) is > 0 and var colon ? colon : line.EndsWith(':') ? line.Length - 1 : -1;
        }

        return at <= 0 || at > LongestKey ? null : (line[..at].Trim(), line[(at + 1)..].Trim());
    }

    private static JsonObject Section(JsonObject tree, string name)
    {
        if (tree.TryGetPropertyValue(name, out var there) && there is JsonObject known)
        {
            return known;
        }

        var section = new JsonObject();
        tree[there is null ? name : $"[{name}]"] = section;
        return section;
    }

    /// <summary>A key that comes again makes a list.</summary>
    private static void Add(JsonObject group, string key, string value)
    {
        if (!group.TryGetPropertyValue(key, out var there))
        {
            group[key] = value;
        }
        else if (there is JsonArray list)
        {
            list.Add((JsonNode)JsonValue.Create(value));
        }
        else if (there is JsonValue first)
        {
            group[key] = new JsonArray(first.DeepClone(), JsonValue.Create(value));
        }
    }
}
