using System.Text.Json.Nodes;

namespace CryoHub.Imaging;

/// <summary>Everything the file says, under the file's own names: groups are objects, lists are arrays, leaves are text, numbers or booleans.</summary>
/// <remarks>Numbers that JSON cannot hold (NaN, infinities) are kept as text.</remarks>
public sealed class MetadataTree(JsonObject root)
{
    public static MetadataTree Empty => new([]);

    public JsonObject Root { get; } = root;

    /// <summary>The node at a path of names, or <c>null</c>.</summary>
    public JsonNode? Find(params ReadOnlySpan<string> path)
    {
        JsonNode? node = Root;
        foreach (var name in path)
        {
            node = node is JsonObject group && group.TryGetPropertyValue(name, out var next) ? next : null;
        }

        return node;
    }

    /// <summary>A JSON leaf for <paramref name="value"/>; NaN and infinities become text.</summary>
    public static JsonNode Leaf(double value) =>
        double.IsFinite(value) ? JsonValue.Create(value) : JsonValue.Create(value.ToString(System.Globalization.CultureInfo.InvariantCulture));
}
