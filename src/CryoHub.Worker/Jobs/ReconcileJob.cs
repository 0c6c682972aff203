using CryoHub.Platform;
using CryoHub.Platform.Jobs;
using CryoHub.Platform.Storage;
using CryoHub.Platform.Uploads;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Worker.Jobs;

/// <summary>
/// Compares rows and objects in both directions: objects that no row names go, once they are older than anything that may still be written; rows whose object
/// is missing are reported. It always sees every row; asked for by a person (who sees a part) it only reports.
/// </summary>
internal sealed class ReconcileJob(IDbContextFactory<CryoHubDb> dbs, IObjectStore store, TimeProvider clock) : IJobHandler
{
    private static readonly TimeSpan Young = TimeSpan.FromDays(1);

    public string Kind => JobKinds.Reconcile;

    public async Task RunAsync(JobRun run, CancellationToken ct)
    {
        // Objects before rows: whatever was registered between the two lists is then known, never an orphan.
        var before = clock.GetUtcNow() - Young;
        var objects = await store.ListAsync("", ct).ToListAsync(ct);
        var known = await KnownAsync(ct);
        var orphans = objects.Where(found => found.ChangedAt < before && !known.Contains(found.Key)).Select(found => found.Key).ToList();
        var missing = known.Missing(objects.Select(found => found.Key));
        var mayDelete = run.Job.SubmittedBy is null;
        foreach (var orphan in mayDelete ? orphans : [])
        {
            await store.DeleteAsync(orphan, ct);
        }

        await MarkMissingAsync(missing, ct);
        var orphaned = $"{orphans.Count} objects without a row {(mayDelete ? "removed" : "found (report only)")}";
        await run.SucceedAsync($"{orphaned}, {missing.Count} rows without their object. {string.Join(' ', missing.Take(100))}".TrimEnd(), _ => Task.CompletedTask, ct);
    }

    private async Task<KnownObjects> KnownAsync(CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        var known = new KnownObjects();
        known.AddKeys(await db.DatasetFiles.Select(f => f.ObjectKey).ToListAsync(ct));
        known.AddGroups(await db.Signals.Select(s => s.ZarrPrefix).ToListAsync(ct));
        known.AddKeys(await db.Signals.Select(s => s.ThumbnailKey).ToListAsync(ct));
        known.AddResults(await db.ResultItems.Select(i => i.ObjectKey).ToListAsync(ct));
        known.AddKeys(await db.ResultItems.Select(i => i.ThumbnailKey).ToListAsync(ct));
        known.AddExpected(await db.Uploads.Where(u => u.Status == UploadStatus.Open).Select(u => u.ObjectKey).ToListAsync(ct));
        known.AddBusy(await db.JobInputs.Where(i => db.Jobs.Any(j => j.Id == i.JobId && (j.Status == JobStatus.Running || j.Status == JobStatus.Queued))).Select(i => new { i.JobId, i.DatasetId })
            .ToListAsync(ct) is var busy ? busy.SelectMany(b => new[] { $"results/{b.JobId}/", $"datasets/{b.DatasetId}/ingest/{b.JobId}-" }) : []);
        return known;
    }

    private async Task MarkMissingAsync(IReadOnlyList<string> missing, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        var now = clock.GetUtcNow();
        await db.DatasetFiles.Where(f => missing.Contains(f.ObjectKey)).ExecuteUpdateAsync(
            set => set.SetProperty(f => f.Damage, f => "The object of " + f.Size + " bytes is missing.").SetProperty(f => f.VerifiedAt, now), ct);
    }
}
