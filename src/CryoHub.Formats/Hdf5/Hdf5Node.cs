using System.Text.Json.Nodes;

namespace CryoHub.Formats.Hdf5;

/// <summary>A dataset of numbers and its attributes.</summary>
internal sealed record Hdf5Node(Hdf5Dataset Dataset, JsonObject Attributes)
{
    /// <summary>An attribute that is one text; <c>null</c> where there is none.</summary>
    public string? Text(string name) => Attributes[name] is JsonValue value && value.TryGetValue(out string? text) ? text : null;
}
