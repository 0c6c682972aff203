using CryoHub.Imaging;
using CryoHub.Platform;
using CryoHub.Platform.Datasets;
using CryoHub.Platform.Jobs;
using CryoHub.Platform.Storage;
using CryoHub.Worker.ReadChild;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Worker.Jobs;

/// <summary>
/// From received files to signals one can look at: the sandboxed reader and pyramids, and beside them the hashes. Each attempt writes below a prefix of its own and
/// nothing is visible before the last transaction, so it may be killed anywhere and run again, and bytes that are not the sender's are found before anybody sees them.
/// </summary>
internal sealed class IngestJob(IDbContextFactory<CryoHubDb> dbs, IObjectStore store, SignalDisk disk, ReadChildren children, TimeProvider clock) : IJobHandler
{
    public string Kind => JobKinds.Ingest;

    public async Task RunAsync(JobRun run, CancellationToken ct)
    {
        var datasetId = await DatasetAsync(run.Job.Id, ct);
        var home = $"datasets/{datasetId}/ingest/";
        var mine = $"{home}{run.Job.Id}-{run.Job.Attempt}/";
        try
        {
            using var originals = await Originals.OpenAsync(store, await FilesAsync(datasetId, ct), ct);
            using var foreignFound = CancellationTokenSource.CreateLinkedTokenSource(ct);
            var reading = ReadAsync(run, datasetId, originals, mine, foreignFound.Token);
            if (await FindForeignAsync(originals, reading, foreignFound, ct) is { } foreign)
            {
                await store.DeleteAsync(mine, CancellationToken.None);
                await run.FailAsync(foreign, db => SayAsync(db, datasetId, DatasetStatus.Quarantined, foreign), ct);
                return;
            }

            var (format, signals) = await reading;
            await run.SucceedAsync(
                $"{format}: {signals.Count} {(signals.Count == 1 ? "signal" : "signals")}", db => IngestedSignals.PublishAsync(db, datasetId, format, signals, clock.GetUtcNow(), ct), ct);
        }
        catch (ProblemException died) when (died.InnerException is EndOfStreamException)
        {
            await store.DeleteAsync(mine, CancellationToken.None);
            await run.CrashedAsync(died.Message, db => SayAsync(db, datasetId, DatasetStatus.Unreadable, died.Message), CancellationToken.None);
            return;
        }
        catch (ProblemException problem)
        {
            await store.DeleteAsync(mine, CancellationToken.None);
            // The data set keeps a line of each reader, the job the first of them.
            await run.FailAsync(problem.Message.Split('\n')[0], db => SayAsync(db, datasetId, DatasetStatus.Unreadable, problem.Message), CancellationToken.None);
            return;
        }

        // The heartbeat finds the ended job no longer its own and cancels ct: what is left to do must not listen to it.
        await DeleteOthersAsync(home, mine, CancellationToken.None);
    }

    /// <summary>What <see cref="Originals.FindForeignAsync"/> says. Where it says something, or cannot, the reading is over when this returns.</summary>
    private static async Task<string?> FindForeignAsync(Originals originals, Task reading, CancellationTokenSource stop, CancellationToken ct)
    {
        string? foreign = "";
        try
        {
            return foreign = await originals.FindForeignAsync(ct);
        }
        finally
        {
            if (foreign is not null)
            {
                await stop.CancelAsync();
                await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task<(string Format, List<Signal> Signals)> ReadAsync(JobRun run, Guid datasetId, Originals originals, string prefix, CancellationToken ct)
    {
        var writer = new SignalWriter(store, disk, prefix);
        var signals = new List<Signal>();
        var format = "";
        var primaries = originals.Primaries.ToList();
        for (var i = 0; i < primaries.Count; i++)
        {
            await using var file = await children.OpenAsync(primaries[i], run.Job, ct);
            format = file.Format;
            for (var s = 0; s < file.Signals.Count; s++)
            {
                var share = 1.0 / primaries.Count / file.Signals.Count;
                var from = ((double)i / primaries.Count) + (share * s);
                var progress = new PartProgress(run.Progress, from, from + share, $"writing {file.Signals[s].Header.Name}");
                signals.Add(await writer.WriteAsync(datasetId, signals.Count, file.Signals[s], progress, ct));
            }
        }

        return signals.Count > 0 ? (format, signals) : throw ProblemException.Unreadable($"{primaries.FirstOrDefault()?.Name} holds no signal.");
    }

    private async Task<Guid> DatasetAsync(Guid jobId, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        return await db.JobInputs.Where(i => i.JobId == jobId).Select(i => i.DatasetId).SingleAsync(ct);
    }

    private async Task<List<DatasetFile>> FilesAsync(Guid datasetId, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        return await db.DatasetFiles.AsNoTracking().Where(f => f.DatasetId == datasetId).OrderBy(f => f.Path).ToListAsync(ct);
    }

    private static Task SayAsync(CryoHubDb db, Guid datasetId, DatasetStatus status, string problem) =>
        db.Datasets.Where(d => d.Id == datasetId).ExecuteUpdateAsync(set => set.SetProperty(d => d.Status, status).SetProperty(d => d.Problem, problem));

    /// <summary>What earlier attempts left behind, and what an earlier ingest had published.</summary>
    private async Task DeleteOthersAsync(string home, string mine, CancellationToken ct)
    {
        var others = await store.ListAsync(home, ct).Select(found => found.Key[..(found.Key.IndexOf('/', home.Length) + 1)]).Distinct().Where(prefix => prefix != mine).ToListAsync(ct);
        foreach (var prefix in others)
        {
            await store.DeleteAsync(prefix, ct);
        }
    }
}
