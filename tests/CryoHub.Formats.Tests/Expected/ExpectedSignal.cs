using System.Text.Json;
using System.Text.Json.Nodes;

namespace CryoHub.Formats.Tests.Expected;

/// <summary>One signal as an independent reader saw it.</summary>
public sealed record ExpectedSignal(long[] Shape, string DataType, IReadOnlyList<ExpectedAxis> Axes, IReadOnlyList<ExpectedSample> Samples, JsonObject Metadata, JsonObject? Statistics)
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    public static ExpectedSignal From(JsonNode json) => new(
        json["shape"].Deserialize<long[]>() ?? [],
        NameOf(json["dtype"]),
        json["axes"].Deserialize<ExpectedAxis[]>(Web) ?? [],
        [.. (json["samples"] as JsonArray ?? []).Where(sample => sample?["value"] is not null).Select(sample => sample.Deserialize<ExpectedSample>(Web)!)],
        json["metadata"] as JsonObject ?? [],
        json["stats"] as JsonObject);

    /// <summary>Colour records are written as one entry a field.</summary>
    private static string NameOf(JsonNode? dtype) => dtype switch
    {
        JsonObject fields when fields.All(field => (string?)field.Value == "uint16") => fields.Count == 4 ? "rgba16" : "rgb16",
        JsonObject fields => fields.Count == 4 ? "rgba8" : "rgb8",
        _ => (string?)dtype ?? "",
    };
}
