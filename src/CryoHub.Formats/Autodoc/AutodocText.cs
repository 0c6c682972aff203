using System.Text.Json.Nodes;

namespace CryoHub.Formats.Autodoc;

/// <summary>IMOD's and SerialEM's autodoc: <c>key = value</c> lines, sections in brackets, titles as <c>[T = ...]</c>; a quoted value may go over several lines.</summary>
internal sealed class AutodocText
{
    public List<KeyValuePair<string, string>> Globals { get; } = [];

    public List<string> Titles { get; } = [];

    public List<AutodocSection> Sections { get; } = [];

    public JsonObject Original => new()
    {
        ["global"] = Group(Globals),
        ["titles"] = new JsonArray([.. Titles.Select(title => JsonValue.Create(title))]),
        ["sections"] = new JsonArray([.. Sections.Select(section => Group([new(section.Kind, section.Value), .. section.Keys]))]),
    };

    /// <summary>The same with each section under its heading.</summary>
    public JsonObject ByHeading
    {
        get
        {
            var tree = Group(Globals);
            var titles = 0;
            foreach (var title in Titles)
            {
                tree[$"T {++titles}"] = title;
            }

            foreach (var section in Sections)
            {
                var heading = $"{section.Kind} = {section.Value}";
                tree[tree.ContainsKey(heading) ? $"{heading} ({tree.Count})" : heading] = Group(section.Keys);
            }

            return tree;
        }
    }

    public static AutodocText Parse(IEnumerable<string> lines)
    {
        var text = new AutodocText();
        var keys = text.Globals;
        foreach (var raw in lines)
        {
            var line = raw.Trim();
            var equals = line.IndexOf('=', StringComparison.Ordinal);
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            if (equals < 0)
            {
                if (keys.Count > 0 && line[0] != '[')
                {
                    keys[^1] = new(keys[^1].Key, $"{keys[^1].Value}\n{line}");   // a value that goes on
                }

                continue;
            }

            var (key, value) = (line[..equals].Trim(), line[(equals + 1)..].Trim());
            if (key[..Math.Min(1, key.Length)] != "[")
            {
                keys.Add(new(key, value));
                continue;
            }

            (key, value) = (key[1..].Trim(), value.EndsWith(']') ? value[..^1].Trim() : value);
            if (key == "T")
            {
                text.Titles.Add(value);
                continue;
            }

            text.Sections.Add(new AutodocSection(key, value));
            keys = text.Sections[^1].Keys;
        }

        return text;
    }

    private static JsonObject Group(List<KeyValuePair<string, string>> keys)
    {
        var group = new JsonObject();
        foreach (var (key, value) in keys)
        {
            group[key] = value;
        }

        return group;
    }
}
