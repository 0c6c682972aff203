using System.Text.Json.Nodes;
using CryoHub.Analyses;
using CryoHub.Analyses.Parameters;
using CryoHub.Imaging;
using CryoHub.Platform.Jobs;

namespace CryoHub.Worker.Jobs;

/// <summary>What a job row says is to be done, and where its objects go.</summary>
internal sealed record PlannedAnalysis(IAnalysis Analysis, object Parameters)
{
    /// <exception cref="ProblemException">This software has no such analysis, or another version of it.</exception>
    public static PlannedAnalysis Of(ClaimedJob job, IReadOnlyList<IAnalysis> analyses)
    {
        var analysis = analyses.FirstOrDefault(known => known.Info.Key == job.AnalysisKey)
            ?? throw ProblemException.Invalid($"This version of the software has no analysis \"{job.AnalysisKey}\".");
        return analysis.Info.Version == job.AnalysisVersion
            ? new PlannedAnalysis(analysis, ParameterReader.FromJson(analysis.Info.Parameters, JsonNode.Parse(job.Parameters)?.AsObject()))
            : throw ProblemException.Invalid($"{analysis.Info.Title} is at version {analysis.Info.Version} here; the job was submitted for version {job.AnalysisVersion}. Submit it again.");
    }

    /// <summary>Where parts lie until they are joined; below the parent, as any attempt at a part writes the same bytes.</summary>
    public static string PartsOf(Guid jobId) => $"results/{jobId}/parts/";

    public static string PartOf(Guid jobId, int part) => $"{PartsOf(jobId)}{part:D5}";

    public AnalysisRun Run(JobSignals inputs, JobRun run, IResultSink results, JobOptions options) =>
        new(inputs.ByRole, Parameters, run.Progress, results, run.StopAndKeep) { Memory = (long)options.AnalysisMemoryMiB << 20 };
}
