using CryoHub.Platform;
using CryoHub.Platform.Jobs;
using CryoHub.Platform.Storage;
using CryoHub.Platform.Trash;
using CryoHub.Platform.Uploads;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Worker.Jobs;

/// <summary>Removes for good what has lain in the trash for thirty days, and uploads nobody finished. Rows go first: what they leave in the store is found by reconciliation.</summary>
internal sealed class PurgeJob(IDbContextFactory<CryoHubDb> dbs, IObjectStore store, UploadCleaner uploads, TimeProvider clock) : IJobHandler
{
    public string Kind => JobKinds.Purge;

    public async Task RunAsync(JobRun run, CancellationToken ct)
    {
        var ended = await uploads.CleanAsync(ct);
        var before = clock.GetUtcNow() - TrashBin.Keeps;
        await using var db = await dbs.CreateDbContextAsync(ct);
        var projects = await db.Projects.Where(p => p.DeletedAt < before).Select(p => p.Id).ToListAsync(ct);
        var exported = clock.GetUtcNow() - Exports.Keeps;
        var results = await db.Results
            .Where(r => (r.DeletedAt < before && r.Datasets.All(d => d.DeletedAt < before)) || projects.Contains(r.ProjectId) || (r.Job.Kind == JobKinds.Export && r.CreatedAt < exported)).Select(r => new { r.Id, r.JobId }).ToListAsync(ct);
        var datasets = await db.Datasets.Where(d => d.DeletedAt < before || projects.Contains(d.ProjectId)).Select(d => d.Id).ToListAsync(ct);
        foreach (var result in results)
        {
            await db.Results.Where(r => r.Id == result.Id).ExecuteDeleteAsync(ct);
            await store.DeleteAsync($"results/{result.JobId}/", ct);
        }

        foreach (var dataset in datasets)
        {
            await db.Datasets.Where(d => d.Id == dataset).ExecuteDeleteAsync(ct);
            await store.DeleteAsync($"datasets/{dataset}/", ct);
        }

        var samples = await PurgeSamplesAsync(db, before, projects, ct);
        await db.Steps.Where(s => s.DeletedAt < before).ExecuteDeleteAsync(ct);
        await db.Sessions.Where(s => s.DeletedAt < before).ExecuteDeleteAsync(ct);
        await db.Projects.Where(p => projects.Contains(p.Id)).ExecuteDeleteAsync(ct);
        await run.SucceedAsync(
            $"{datasets.Count} data sets, {results.Count} results, {samples} samples and {projects.Count} projects removed for good; {ended} uploads ended.", _ => Task.CompletedTask, ct);
    }

    /// <summary>What was made from a removed sample stays and stands alone.</summary>
    private static async Task<int> PurgeSamplesAsync(CryoHubDb db, DateTimeOffset before, List<Guid> projects, CancellationToken ct)
    {
        var gone = db.Samples.Where(s => s.DeletedAt < before && !projects.Contains(s.ProjectId)).Select(s => s.Id);
        await db.Samples.Where(s => s.ParentId != null && gone.Contains(s.ParentId.Value)).ExecuteUpdateAsync(set => set.SetProperty(s => s.ParentId, (Guid?)null), ct);
        await db.Datasets.Where(d => d.SampleId != null && gone.Contains(d.SampleId.Value)).ExecuteUpdateAsync(set => set.SetProperty(d => d.SampleId, (Guid?)null), ct);
        return await db.Samples.Where(s => gone.Contains(s.Id)).ExecuteDeleteAsync(ct);
    }
}
