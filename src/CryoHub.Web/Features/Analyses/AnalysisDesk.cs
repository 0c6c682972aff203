using System.Text.Json.Nodes;
using CryoHub.Analyses;
using CryoHub.Analyses.Parameters;
using CryoHub.Imaging;
using CryoHub.Platform.Jobs;

namespace CryoHub.Web.Features.Analyses;

/// <summary>Compares what a person asks for with the catalogue, for the API and the form alike, and hands it to the queue in canonical form.</summary>
public sealed class AnalysisDesk(JobQueue queue)
{
    /// <summary><c>null</c> where the project is not the person's to see.</summary>
    /// <exception cref="ProblemException">No such analysis, a wrong parameter, an input that is missing or does not fit.</exception>
    public Task<Submitted?> SubmitAsync(Guid userId, Guid projectId, string analysis, IReadOnlyList<JobInputRef> inputs, JsonObject? parameters, CancellationToken ct)
    {
        var info = Find(analysis);
        RequireInputs(info, inputs);
        var kinds = info.Inputs.ToDictionary(input => input.Role, input => (IReadOnlyList<string>)[.. input.Kinds.Select(kind => kind.Key())]);
        return queue.SubmitAsync(userId, new SubmitAnalysis(projectId, info.Key, info.Version, info.Title, Canonical(info, parameters), inputs, kinds), ct);
    }

    /// <exception cref="ProblemException">A needed input is missing, or one is given twice.</exception>
    public static void RequireInputs(AnalysisInfo info, IReadOnlyList<JobInputRef> inputs)
    {
        if (info.Inputs.FirstOrDefault(input => input.Required && inputs.All(given => given.Role != input.Role)) is { } absent)
        {
            throw ProblemException.Invalid($"{info.Title} needs the input \"{absent.Role}\" ({string.Join(" or ", absent.Kinds.Select(kind => kind.Key()))}).");
        }

        if (inputs.GroupBy(input => input.Role).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            throw ProblemException.Invalid($"Input \"{twice.Key}\" is given {twice.Count()} times.");
        }
    }

    /// <summary>All parameters with defaults filled in, in order of declaration.</summary>
    public static string Canonical(AnalysisInfo info, JsonObject? parameters) => ParameterReader.ToJson(ParameterReader.FromJson(info.Parameters, parameters)).ToJsonString();

    public static AnalysisInfo Find(string key) =>
        AnalysisCatalog.Find(key)?.Info ?? throw ProblemException.Invalid($"There is no analysis \"{key}\"; there are {string.Join(", ", AnalysisCatalog.Analyses.Select(known => known.Info.Key))}.");
}
