using System.Text.Json;
using System.Text.Json.Nodes;

namespace CryoHub.Formats.Tests.Expected;

/// <summary>One signal as an independent reader saw it.</summary>
public sealed record ExpectedSignal(long[] Shape, string DataType, IReadOnlyList<ExpectedAxis> Axes, IReadOnlyList<ExpectedSample> Samples, JsonObject Metadata, JsonObject? Statistics, JsonObject Json)
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web) { Converters = { new FractionConverter() } };

    /// <summary>Columns of a table, trace or point cloud; empty for pixels.</summary>
    public IReadOnlyList<JsonObject> Columns => [.. (Json["columns"] as JsonArray ?? []).OfType<JsonObject>()];

    public static ExpectedSignal From(JsonNode json)
    {
        var plain = Plain(json);
        return plain.Axes is [.., { Name: "S", Size: (3 or 4) and var colours }] && plain.DataType == "uint8" ? plain.WithColours(colours) : plain;
    }

    /// <summary>tifffile shows colours as a last axis, S.</summary>
    private ExpectedSignal WithColours(long colours) => this with
    {
        Shape = Shape[..^1],
        DataType = colours == 4 ? "rgba8" : "rgb8",
        Axes = [.. Axes.Take(Axes.Count - 1)],
        Samples = [.. Samples.Select(sample => new ExpectedSample(sample.Index[..^1], sample.Value, (int)sample.Index[^1]))],
    };

    private static ExpectedSignal Plain(JsonNode json) => new(
        json["shape"].Deserialize<long[]>() ?? [],
        NameOf(json["dtype"]),
        AxesOf(json),
        [.. (json["samples"] as JsonArray ?? []).Where(sample => sample?["value"] is not null).Select(sample => Impedance(sample.Deserialize<ExpectedSample>(Web)!))],
        json["metadata"] as JsonObject ?? [],
        json["stats"] as JsonObject,
        json.AsObject());

    /// <summary>Slowest first; one reader lists x before y, and writes steps as fractions.</summary>
    private static IReadOnlyList<ExpectedAxis> AxesOf(JsonNode json)
    {
        var axes = json["axes"].Deserialize<ExpectedAxis[]>(Web) ?? [];
        var shape = json["shape"].Deserialize<long[]>() ?? [];
        return axes is [{ Name: "x" }, { Name: "y" }] && shape is [var rows, var columns] && axes[0].Size == columns && axes[1].Size == rows ? [axes[1], axes[0]] : axes;
    }

    /// <summary>A sample of an impedance spectrum names its parts, and its frequency.</summary>
    private static ExpectedSample Impedance(ExpectedSample sample) =>
        sample.Value is JsonObject parts && parts["Zre"] is { } real ? sample with { Value = new JsonObject { ["re"] = real.DeepClone(), ["im"] = sample.Value["Zim"]!.DeepClone() }, Coordinate = (double?)sample.Value["freq"] } : sample;

    /// <summary>Colour records are written as one entry a field.</summary>
    private static string NameOf(JsonNode? dtype) => dtype switch
    {
        JsonObject fields when fields.All(field => (string?)field.Value == "uint16") => fields.Count == 4 ? "rgba16" : "rgb16",
        JsonObject fields => fields.Count == 4 ? "rgba8" : "rgb8",
        JsonArray => "structure",
        JsonValue when (string?)dtype == "float" => "float64",   // a number of Python is a double
        _ => NumPy((string?)dtype ?? ""),
    };

    /// <summary>NumPy's short names carry the byte order, which is not part of the type here.</summary>
    private static string NumPy(string name) => name is ['<' or '>' or '|', 'f' or 'i' or 'u' or 'c', .. var bytes] && int.TryParse(bytes, out var size)
        ? $"{name[1] switch { 'f' => "float", 'c' => "complex", 'i' => "int", _ => "uint" }}{8 * size}"
        : name;
}
