using System.Text.Json.Nodes;
using CryoHub.Analyses;
using CryoHub.Analyses.Parameters;
using CryoHub.Imaging;
using CryoHub.Platform;
using CryoHub.Platform.Jobs;
using CryoHub.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Worker.Jobs;

/// <summary>Runs one analysis on ingested signals. Every attempt writes below its own prefix; one transaction makes the result visible, or nothing does.</summary>
internal sealed class AnalysisJob(IDbContextFactory<CryoHubDb> dbs, IObjectStore store, SignalDisk disk, IReadOnlyList<IAnalysis> analyses, TimeProvider clock) : IJobHandler
{
    public string Kind => JobKinds.Analysis;

    public async Task RunAsync(JobRun run, CancellationToken ct)
    {
        var job = run.Job;
        var analysis = Find(job);
        var parameters = ParameterReader.FromJson(analysis.Info.Parameters, JsonNode.Parse(job.Parameters)?.AsObject());
        var mine = await ResultPrefix.BeginAsync(store, job, ct);
        var sink = new StoreSink(store, disk, mine);
        var started = clock.GetTimestamp();
        var isPublishing = false;
        try
        {
            using (var inputs = await JobSignals.OpenAsync(dbs, disk, job.Id, ct))
            {
                await analysis.RunAsync(new AnalysisRun(inputs.ByRole, parameters, run.Progress, sink, run.StopAndKeep), ct);
            }

            isPublishing = true;
            await run.SucceedAsync($"{sink.Items.Count} results", db => sink.PublishAsync(db, job, clock.GetElapsedTime(started), clock.GetUtcNow()), ct);
        }
        catch (Exception end) when (!isPublishing || end is LeaseLostException or ProblemException)   // after any other the rows may stand; what no row names, reconciliation finds
        {
            await store.DeleteAsync(mine, CancellationToken.None);
            throw;
        }
    }

    private IAnalysis Find(ClaimedJob job)
    {
        var analysis = analyses.FirstOrDefault(known => known.Info.Key == job.AnalysisKey)
            ?? throw ProblemException.Invalid($"This version of the software has no analysis \"{job.AnalysisKey}\".");
        return analysis.Info.Version == job.AnalysisVersion
            ? analysis
            : throw ProblemException.Invalid($"{analysis.Info.Title} is at version {analysis.Info.Version} here; the job was submitted for version {job.AnalysisVersion}. Submit it again.");
    }
}
