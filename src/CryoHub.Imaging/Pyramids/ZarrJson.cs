using System.Text.Json.Nodes;

namespace CryoHub.Imaging.Pyramids;

/// <summary>Reads a <c>zarr.json</c>.</summary>
internal static class ZarrJson
{
    public static async ValueTask<JsonObject> ReadAsync(IZarrSource source, string key, CancellationToken ct)
    {
        var bytes = await source.OpenAsync(key, ct) ?? throw ProblemException.Unreadable($"{key} is missing: there is no zarr group, or writing it was never finished.");
        var text = new byte[(int)bytes.Length];
        await bytes.ReadAsync(0, text, ct);
        return JsonNode.Parse(text)!.AsObject();
    }
}
