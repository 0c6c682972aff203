using CryoHub.Platform;
using CryoHub.Platform.Jobs;
using CryoHub.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Worker.Jobs;

/// <summary>
/// Compares rows and objects in both directions: objects that no row names go, once they are older than anything that may still be written; rows whose object
/// is missing are reported. It always sees every row; asked for by a person (who sees a part) it only reports.
/// </summary>
internal sealed class ReconcileJob(IDbContextFactory<CryoHubDb> dbs, IObjectStore store, TimeProvider clock) : IJobHandler
{
    private const int Page = 1000;
    private const int Named = 100;

    /// <summary>An object younger than this may be newer than the rows that were read.</summary>
    private static readonly TimeSpan Young = TimeSpan.FromDays(1);

    public string Kind => JobKinds.Reconcile;

    public async Task RunAsync(JobRun run, CancellationToken ct)
    {
        var before = clock.GetUtcNow() - Young;
        var mayDelete = run.Job.SubmittedBy is null;
        var (orphans, young, missing, first) = (0, 0, 0, new List<string>());
        await using var db = await dbs.CreateDbContextAsync(ct);
        await foreach (var page in Reconciliation.CompareAsync(NamedObjects.InOrder(db), store.ListAsync("", ct), ct).Chunk(Page).WithCancellation(ct))
        {
            var unnamed = page.Where(found => found.MissingFrom is null).ToLookup(found => found.ChangedAt < before, found => found.Key);
            foreach (var orphan in mayDelete ? unnamed[true] : [])
            {
                await store.DeleteOneAsync(orphan, ct);
            }

            var gone = await StillMissingAsync([.. page.Where(found => found.MissingFrom is not null)], ct);
            (orphans, young, missing) = (orphans + unnamed[true].Count(), young + unnamed[false].Count(), missing + gone.Count);
            first.AddRange(gone.Concat(unnamed[false]).Concat(mayDelete ? [] : unnamed[true]).Take(Named - first.Count));
        }

        var orphaned = $"{orphans} objects without a row {(mayDelete ? "removed" : "found (report only)")}";
        await run.SucceedAsync($"{orphaned}, {missing} rows without their object.{(young > 0 ? $" {young} objects of the last day without a row stay." : "")} {string.Join(' ', first)}".TrimEnd(), _ => Task.CompletedTask, ct);
    }

    /// <summary>Looks again, as rows and objects were read one after the other, and writes on files' rows what has happened to them.</summary>
    private async Task<List<string>> StillMissingAsync(IReadOnlyList<StoreFinding> suspects, CancellationToken ct)
    {
        if (suspects.Count == 0)
        {
            return [];
        }

        await using var db = await dbs.CreateDbContextAsync(ct);
        var named = await NamedObjects.AmongAsync(db, [.. suspects.Select(suspect => suspect.MissingFrom!)], ct);
        var missing = new List<string>();
        foreach (var suspect in suspects.Where(suspect => named.Contains(suspect.MissingFrom!)))
        {
            using var found = await store.OpenAsync(suspect.Key, ct);
            if (found is null)
            {
                missing.Add(suspect.Key);
            }
        }

        var now = clock.GetUtcNow();
        await db.DatasetFiles.Where(f => missing.Contains(f.ObjectKey)).ExecuteUpdateAsync(
            set => set.SetProperty(f => f.Damage, f => "The object of " + f.Size + " bytes is missing.").SetProperty(f => f.VerifiedAt, now), ct);
        return missing;
    }
}
