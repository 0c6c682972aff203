using CryoHub.Analyses;
using CryoHub.Imaging;
using CryoHub.Platform;
using CryoHub.Platform.Jobs;
using CryoHub.Platform.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CryoHub.Worker.Jobs;

/// <summary>
/// Runs one analysis on ingested signals: in one piece, or, where that takes too much memory, as parts which it waits for and then joins. Every attempt writes
/// below its own prefix; one transaction makes the result visible, or nothing does.
/// </summary>
internal sealed class AnalysisJob(
    IDbContextFactory<CryoHubDb> dbs, IObjectStore store, SignalDisk disk, JobParts parts, IReadOnlyList<IAnalysis> analyses, IOptions<JobOptions> options, TimeProvider clock) : IJobHandler
{
    public string Kind => JobKinds.Analysis;

    public async Task RunAsync(JobRun run, CancellationToken ct)
    {
        var job = run.Job;
        var planned = PlannedAnalysis.Of(job, analyses);
        var mine = await ResultPrefix.BeginAsync(store, job, ct);
        var sink = new StoreSink(store, disk, mine);
        var started = clock.GetTimestamp();
        var isPublishing = false;
        try
        {
            using (var inputs = await JobSignals.OpenAsync(dbs, disk, job.Id, ct))
            {
                if (!await IsDoneAsync(job, planned.Analysis, planned.Run(inputs, run, sink, options.Value), ct))
                {
                    return;
                }
            }

            isPublishing = true;
            var took = clock.GetElapsedTime(started) + await parts.WorkedAsync(job.Id, ct);
            await run.SucceedAsync($"{sink.Items.Count} results", db => sink.PublishAsync(db, job, took, clock.GetUtcNow()), ct);
        }
        catch (Exception end) when (!isPublishing || end is LeaseLostException or ProblemException)   // after any other the rows may stand; what no row names, reconciliation finds
        {
            await store.DeleteAsync(mine, CancellationToken.None);
            throw;
        }

        await store.DeleteAsync(PlannedAnalysis.PartsOf(job.Id), CancellationToken.None);   // the heartbeat ends ct with the job
    }

    /// <summary>False where the job now waits for its parts.</summary>
    private async Task<bool> IsDoneAsync(ClaimedJob job, IAnalysis analysis, AnalysisRun run, CancellationToken ct)
    {
        var (count, done) = analysis is IPartedAnalysis ? await parts.FindAsync(job.Id, ct) : (1, []);
        if (count == 0)
        {
            count = await ((IPartedAnalysis)analysis).CountPartsAsync(run, ct);
        }

        if (count == 1)
        {
            await analysis.RunAsync(run, ct);
            return true;
        }

        using var stored = await StoredParts.OpenAsync(store, job.Id, done, ct);
        if (stored.MissingOf(count) is { Count: > 0 } missing)
        {
            await parts.WaitForAsync(job, count, missing, ct);
            return false;
        }

        await ((IPartedAnalysis)analysis).JoinAsync(run, stored.Objects, ct);
        return true;
    }
}
