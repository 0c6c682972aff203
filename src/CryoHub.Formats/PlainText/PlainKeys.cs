using System.Text.Json.Nodes;
using CryoHub.Formats.Text;

namespace CryoHub.Formats.PlainText;

/// <summary>Keys and values of a document; IMOD's command files, whose lines are a key, a blank and its value, are told by their dollar signs.</summary>
internal static class PlainKeys
{
    public static JsonObject Parse(List<string> lines) => lines.Find(line => line.Length > 0 && line[0] != '#') is ['$', ..] ? Commands(lines) : KeyValueText.Parse(lines);

    private static JsonObject Commands(List<string> lines)
    {
        var tree = new JsonObject();
        var group = tree;
        foreach (var line in lines.Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#'))
        {
            if (line[0] == '$')
            {
                group = [];
                tree[tree.ContainsKey(line) ? $"{line} ({tree.Count})" : line] = group;
                continue;
            }

            var blank = line.IndexOfAny([' ', '\t']);
            group[blank < 0 ? line : line[..blank]] = blank < 0 ? "" : line[blank..].Trim();
        }

        return tree;
    }
}
