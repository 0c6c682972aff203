using CryoHub.Platform.Access;
using CryoHub.Platform.Audit;
using CryoHub.Platform.Jobs;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Results;

/// <summary>Questions about results, with the rights of the person who asks.</summary>
public sealed class ResultCatalog(IDbContextFactory<CryoHubDb> dbs, TimeProvider clock)
{
    /// <summary>What analyses gave, newest first; exports are fetched through their jobs. <paramref name="datasetId"/> keeps those made from it.</summary>
    public async Task<Page<ResultRow>> ListAsync(Guid userId, Guid? projectId, Guid? datasetId, PageRequest page, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        return await db.Results.VisibleTo(userId).Where(r => r.Job.Kind == JobKinds.Analysis)
            .Where(r => projectId == null || r.ProjectId == projectId)
            .Where(r => datasetId == null || r.Job.Inputs.Any(i => i.DatasetId == datasetId))
            .OrderByDescending(r => r.CreatedAt).ThenByDescending(r => r.Id)
            .Select(r => new ResultRow(
                r.Id, r.JobId, r.ProjectId, r.Title, r.Job.AnalysisKey, r.CreatedAt, r.Seconds, r.Items.Count,
                r.Items.Where(i => i.ThumbnailKey != "").OrderBy(i => i.Index).Select(i => (int?)i.Index).FirstOrDefault(),
                db.Users.Where(u => u.Id == r.Job.SubmittedBy).Select(u => u.DisplayName).FirstOrDefault()))
            .ToPageAsync(page, ct);
    }

    public async Task<ResultDetails?> FindAsync(Guid userId, Guid resultId, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        var found = await db.Results.AsNoTracking().VisibleTo(userId).Where(r => r.Id == resultId)
            .Select(r => new { Result = r, r.Job, r.Items, Datasets = r.Datasets.Where(d => d.DeletedAt == null).Select(d => new { d.Id, d.ResultItem }).ToList(), By = db.Users.Where(u => u.Id == r.Job.SubmittedBy).Select(u => u.DisplayName).FirstOrDefault() })
            .SingleOrDefaultAsync(ct);
        if (found is null)
        {
            return null;
        }

        var (result, job) = (found.Result, found.Job);
        var inputs = await JobList.InputsAsync(db, userId, job.Id, ct);
        var datasets = found.Datasets.ToDictionary(d => d.ResultItem!.Value, d => d.Id);
        var items = found.Items.OrderBy(i => i.Index)
            .Select(i => new ResultItemRow(i.Index, i.Kind, i.Name, i.Content.RootElement, i.ObjectKey.Length > 0, i.ThumbnailKey.Length > 0, datasets.TryGetValue(i.Index, out var id) ? id : null)).ToList();
        var provenance = new Provenance(
            job.AnalysisKey, job.AnalysisVersion, job.SoftwareVersion, job.Parameters.RootElement, inputs, result.Seconds, result.PeakMemoryMiB, found.By, job.CreatedAt, job.EndedAt);
        return new ResultDetails(result.Id, job.Id, result.ProjectId, result.Title, result.CreatedAt, result.Version, result.Warnings, items, provenance);
    }

    /// <summary>Puts a result with its pictures and volumes into the trash; its job may then be run again.</summary>
    public async Task<Change> DeleteAsync(Guid userId, Guid resultId, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var deleted = await db.Results.EditableBy(userId).Where(r => r.Id == resultId).ExecuteUpdateAsync(set => set.SetProperty(r => r.DeletedAt, now), ct);
        await db.Datasets.EditableBy(userId).Where(d => d.ResultId == resultId).ExecuteUpdateAsync(set => set.SetProperty(d => d.DeletedAt, now), ct);
        await transaction.CommitAsync(ct);
        return deleted == 1 ? Change.Done : await db.Results.WhyNotAsync(userId, resultId, ct);
    }
}
