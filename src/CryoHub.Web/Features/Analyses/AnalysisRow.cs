using System.Text.Json.Nodes;
using CryoHub.Analyses;
using CryoHub.Analyses.Parameters;
using CryoHub.Imaging;

namespace CryoHub.Web.Features.Analyses;

/// <summary>An analysis with its inputs and the JSON schema of its parameters.</summary>
public sealed record AnalysisRow(string Key, int Version, string Title, string Summary, IReadOnlyList<AnalysisRow.Input> Inputs, JsonObject Parameters, IReadOnlyList<string> Literature)
{
    public static AnalysisRow Of(AnalysisInfo info) => new(
        info.Key, info.Version, info.Title, info.Summary, [.. info.Inputs.Select(input => new Input(input.Role, [.. input.Kinds.Select(kind => kind.Key())], input.Required))],
        ParameterSchema.Of(info.Parameters), info.Literature);

    public sealed record Input(string Role, IReadOnlyList<string> Kinds, bool Required);
}
