using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CryoHub.Analyses.Parameters;
using CryoHub.Imaging;

namespace CryoHub.Analyses.VolumeSegment;

/// <summary>Steps and labels as a file: <c>{ "analysis": "volume-segment", "version": 1, "parameters": { "steps": [...], "labels": [...] } }</c>.</summary>
internal static class Recipe
{
    private const int MostBytes = 1 << 20;

    public static byte[] Write(AnalysisInfo info, VolumeSegmentParameters parameters)
    {
        var all = ParameterReader.ToJson(parameters);
        var recipe = new JsonObject
        {
            ["analysis"] = info.Key,
            ["version"] = info.Version,
            ["parameters"] = new JsonObject { ["steps"] = all["steps"]!.DeepClone(), ["labels"] = all["labels"]!.DeepClone() },
        };
        return Encoding.UTF8.GetBytes(recipe.ToJsonString(new JsonSerializerOptions { WriteIndented = true }));
    }

    /// <summary>The parameters with the recipe's steps and labels.</summary>
    public static async Task<VolumeSegmentParameters> ReadAsync(ISignal document, AnalysisInfo info, VolumeSegmentParameters parameters, CancellationToken ct)
    {
        var bytes = await DocumentBytes.ReadAsync(document, "A recipe", MostBytes, ct);
        var json = Parse(bytes, document.Header.Name);
        if ((json["analysis"] as JsonValue)?.ToString() != info.Key || json["parameters"] is not JsonObject given)
        {
            throw ProblemException.Invalid($"A recipe says \"analysis\": \"{info.Key}\" and \"parameters\"; \"{document.Header.Name}\" says {json["analysis"]?.ToJsonString() ?? "nothing of either"}.");
        }

        var read = (VolumeSegmentParameters)ParameterReader.FromJson(typeof(VolumeSegmentParameters), (JsonObject)given.DeepClone());
        return parameters with { Steps = read.Steps, Labels = read.Labels };
    }

    private static JsonObject Parse(byte[] bytes, string name)
    {
        try
        {
            return JsonNode.Parse(bytes) as JsonObject ?? throw ProblemException.Invalid($"The recipe \"{name}\" is no JSON object.");
        }
        catch (JsonException e)
        {
            throw ProblemException.Invalid($"The recipe \"{name}\" is no JSON: {e.Message}");
        }
    }
}
