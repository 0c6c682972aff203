using System.Text.Json.Nodes;
using CryoHub.Analyses;
using CryoHub.Analyses.Parameters;
using CryoHub.Imaging;
using CryoHub.Platform.Datasets;
using CryoHub.Platform.Jobs;
using CryoHub.Platform.Projects;
using CryoHub.Platform.Recipes;
using Microsoft.Extensions.Options;

namespace CryoHub.Web.Features.Analyses;

/// <summary>Compares what a person asks for with the catalogue, for the API and the form alike, and hands it to the queue in canonical form.</summary>
public sealed class AnalysisDesk(JobQueue queue, ProjectDirectory projects, DatasetCatalog datasets, RecipeBook recipes, IOptions<JobOptions> options)
{
    /// <summary><c>null</c> where the project is not the person's to see.</summary>
    /// <exception cref="ProblemException">No such analysis, a wrong parameter, an input that is missing or does not fit.</exception>
    public Task<Submitted?> SubmitAsync(Guid userId, Guid projectId, string analysis, IReadOnlyList<JobInputRef> inputs, JsonObject? parameters, CancellationToken ct) =>
        queue.SubmitAsync(userId, Work(Find(analysis), projectId, inputs, parameters), ct);

    /// <summary>What that job would take; <c>null</c> where the project is not the person's to see.</summary>
    /// <exception cref="ProblemException">The job would be refused.</exception>
    public async Task<RunEstimate?> EstimateAsync(Guid userId, Guid projectId, string analysis, IReadOnlyList<JobInputRef> inputs, JsonObject? parameters, CancellationToken ct)
    {
        if (await projects.FindAsync(userId, projectId, ct) is null)
        {
            return null;
        }

        var info = Find(analysis);
        var work = Work(info, projectId, inputs, parameters);
        var same = await queue.FindEqualAsync(userId, work, ct);
        var headers = new Dictionary<string, SignalHeader>();
        foreach (var input in inputs)
        {
            headers[input.Role] = await datasets.HeaderAsync(userId, input.DatasetId, input.Signal, ct)
                ?? throw ProblemException.Invalid($"Input \"{input.Role}\": there is no signal {input.Signal} of data set {input.DatasetId}.");
        }

        var question = new EstimateQuestion(headers, ParameterReader.FromJson(info.Parameters, parameters), (long)options.Value.AnalysisMemoryMiB << 20);
        var estimate = AnalysisCatalog.Find(analysis)!.Estimate(question);
        return new RunEstimate(estimate.Seconds, estimate.MemoryBytes, estimate.Parts, same);
    }

    /// <summary>Keeps parameters under a name; <c>null</c> where the project is not the person's to see.</summary>
    /// <exception cref="ProblemException">No such analysis, a wrong parameter, or a project that the person may not change.</exception>
    public Task<RecipeRow?> SaveRecipeAsync(Guid userId, Guid projectId, string analysis, string name, JsonObject? parameters, CancellationToken ct)
    {
        var info = Find(analysis);
        return recipes.SaveAsync(userId, projectId, new SaveRecipe(info.Key, info.Version, name, Canonical(info, parameters)), ct);
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

    private static SubmitAnalysis Work(AnalysisInfo info, Guid projectId, IReadOnlyList<JobInputRef> inputs, JsonObject? parameters)
    {
        RequireInputs(info, inputs);
        var kinds = info.Inputs.ToDictionary(input => input.Role, input => (IReadOnlyList<string>)[.. input.Kinds.Select(kind => kind.Key())]);
        return new SubmitAnalysis(projectId, info.Key, info.Version, info.Title, Canonical(info, parameters), inputs, kinds);
    }

    public static AnalysisInfo Find(string key) =>
        AnalysisCatalog.Find(key)?.Info ?? throw ProblemException.Invalid($"There is no analysis \"{key}\"; there are {string.Join(", ", AnalysisCatalog.Analyses.Select(known => known.Info.Key))}.");
}
