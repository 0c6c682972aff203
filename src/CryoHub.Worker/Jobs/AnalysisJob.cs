using System.Diagnostics;
using System.Text.Json.Nodes;
using CryoHub.Analyses;
using CryoHub.Analyses.Parameters;
using CryoHub.Imaging;
using CryoHub.Platform;
using CryoHub.Platform.Jobs;
using CryoHub.Platform.Results;
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
        var mine = PrefixOf(job, job.Attempt);
        for (var died = 1; died < job.Attempt; died++)   // never a later one: this attempt may itself have been thought dead, and the later one's result stand
        {
            await store.DeleteAsync(PrefixOf(job, died), ct);
        }

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
            await run.SucceedAsync($"{sink.Items.Count} results", db => PublishAsync(db, job, sink, clock.GetElapsedTime(started)), ct);
        }
        catch (Exception end) when (!isPublishing || end is LeaseLostException or ProblemException)   // after any other the rows may stand; what no row names, reconciliation finds
        {
            await store.DeleteAsync(mine, CancellationToken.None);
            throw;
        }
    }

    private static string PrefixOf(ClaimedJob job, int attempt) => $"results/{job.Id}/{attempt}/";

    private IAnalysis Find(ClaimedJob job)
    {
        var analysis = analyses.FirstOrDefault(known => known.Info.Key == job.AnalysisKey)
            ?? throw ProblemException.Invalid($"This version of the software has no analysis \"{job.AnalysisKey}\".");
        return analysis.Info.Version == job.AnalysisVersion
            ? analysis
            : throw ProblemException.Invalid($"{analysis.Info.Title} is at version {analysis.Info.Version} here; the job was submitted for version {job.AnalysisVersion}. Submit it again.");
    }

    private Task PublishAsync(CryoHubDb db, ClaimedJob job, StoreSink sink, TimeSpan took)
    {
        var result = new Result
        {
            Id = Guid.CreateVersion7(),
            JobId = job.Id,
            ProjectId = job.ProjectId!.Value,
            Title = job.Title,
            Warnings = [.. sink.Warnings],
            Seconds = took.TotalSeconds,
            PeakMemoryMiB = Process.GetCurrentProcess().PeakWorkingSet64 / 1048576.0,
            CreatedAt = clock.GetUtcNow(),
        };
        result.Items.AddRange(sink.Items);
        db.Results.Add(result);
        return Task.CompletedTask;
    }
}
