using System.Globalization;
using System.Text.Json.Nodes;
using CryoHub.Imaging;

namespace CryoHub.Formats.Jeol;

/// <summary>One keyword of Analysis Station's trees; it may have a value, keywords below it, or both.</summary>
/// <param name="Name">Keyword.</param>
/// <param name="Type">Type number of the value.</param>
/// <param name="Offset">Where the value lies in the file.</param>
/// <param name="Length">Its bytes.</param>
/// <param name="Value">The value; <c>null</c> where there is none or it is too long to be metadata.</param>
internal sealed record JeolNode(string Name, int Type, long Offset, int Length, JsonNode? Value)
{
    private readonly List<JeolNode> children = [];

    public IReadOnlyList<JeolNode> Children => children;

    public string? Text => Value is JsonValue leaf && leaf.ToString() is { Length: > 0 } text ? text : null;

    public double? Number => Text is { } text && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    public void Add(JeolNode child) => children.Add(child);

    /// <summary>The keyword at a path; the last where a keyword is repeated, as the later one is the one in force.</summary>
    public JeolNode? Find(params ReadOnlySpan<string> path)
    {
        JeolNode? node = this;
        foreach (var name in path)
        {
            node = node?.children.FindLast(child => child.Name == name);
        }

        return node;
    }

    /// <summary>A page of parameters: PARAMPAGE0, PARAMPAGE1 ... whose value is its title.</summary>
    public JeolNode? Page(string title) => children.Find(child => child.Name.StartsWith("PARAMPAGE", StringComparison.Ordinal) && child.Text == title);

    /// <summary>The tree as metadata.</summary>
    public JsonNode? Original()
    {
        if (children.Count == 0)
        {
            return Value?.DeepClone() ?? (Length > 0 ? JsonValue.Create($"{Length} bytes") : null);
        }

        var group = new JsonObject();
        if (Value is not null)
        {
            group["value"] = Value.DeepClone();
        }

        foreach (var child in children)
        {
            group[child.Name] = child.Original();
        }

        return group;
    }

    /// <exception cref="ProblemException">Unreadable: there is no such number.</exception>
    public double Needed(params ReadOnlySpan<string> path) =>
        Find(path)?.Number ?? throw ProblemException.Unreadable($"The file states no {string.Join('/', path!)}.");
}
