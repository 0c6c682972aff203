using CryoHub.Platform.Datasets;
using CryoHub.Platform.Jobs;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Uploads;

/// <summary>When a data set is whole. All of it happens under a lock on the data set's row, so the last of several files is the last for everybody.</summary>
internal static class DatasetReception
{
    public static async Task<Dataset?> LockAsync(CryoHubDb db, Guid datasetId, CancellationToken ct) =>
        await db.Datasets.FromSql($"select *, xmin from datasets where id = {datasetId} for update").SingleOrDefaultAsync(ct);

    /// <summary>Adds the ingest job where every file that any member named has come, and calls the data set received; <c>null</c> where one is still awaited.</summary>
    public static async Task<Job?> ReceiveIfWholeAsync(CryoHubDb db, Dataset dataset, DateTimeOffset now, CancellationToken ct)
    {
        var group = await db.Uploads.AsNoTracking().Where(u => u.DatasetId == dataset.Id).Select(u => new { u.Path, u.Status, u.Members, u.IsPrimary, u.UserId }).ToListAsync(ct);
        var come = group.Where(u => u.Status == UploadStatus.Completed).Select(u => u.Path).ToHashSet(StringComparer.Ordinal);
        var isWhole = dataset.Status == DatasetStatus.Receiving && group.Any(u => u.IsPrimary && come.Contains(u.Path)) && group.SelectMany(u => u.Members).All(come.Contains);
        if (!isWhole)
        {
            return null;
        }

        var id = Guid.CreateVersion7();
        var job = new Job
        {
            Id = id,
            ProjectId = dataset.ProjectId,
            Kind = JobKinds.Ingest,
            Class = JobClass.Light,
            Title = dataset.Name,
            SubmittedBy = group[0].UserId,
            CreatedAt = now,
            Inputs = { new JobInput { JobId = id, Role = "original", DatasetId = dataset.Id } },
        };
        dataset.Status = DatasetStatus.Received;
        db.Jobs.Add(job);
        await db.SaveChangesAsync(ct);
        return job;
    }

    /// <summary>A file will not come: nobody waits for it any longer.</summary>
    public static Task ForgetAsync(CryoHubDb db, Guid datasetId, string path, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"update uploads set members = array_remove(members, {path}) where dataset_id = {datasetId}", ct);
}
