using System.Text.Json;
using System.Text.Json.Serialization;
using CryoHub.Imaging.Labels;

namespace CryoHub.Platform.Painting;

/// <summary>A stroke as its row holds it, and back.</summary>
internal static class PaintJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        IgnoreReadOnlyProperties = true,
    };

    public static JsonDocument Write(Stroke stroke) => JsonSerializer.SerializeToDocument(stroke, Options);

    public static Stroke Read(JsonDocument content) => content.Deserialize<Stroke>(Options)!;
}
