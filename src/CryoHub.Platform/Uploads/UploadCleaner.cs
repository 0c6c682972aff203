using CryoHub.Platform.Access;
using CryoHub.Platform.Datasets;
using CryoHub.Platform.Jobs;
using CryoHub.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Uploads;

/// <summary>Ends uploads that a person gave up, that were forgotten for a week, or whose right has ended: parts, rows and the space reserved for them go.</summary>
public sealed class UploadCleaner(IDbContextFactory<CryoHubDb> dbs, IObjectStore store, JobQueue jobs, TimeProvider clock)
{
    /// <summary>A person gives up an upload; <c>false</c> where it is not theirs or is completed.</summary>
    public async Task<bool> GiveUpAsync(Guid userId, Guid uploadId, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        return await db.Uploads.AnyAsync(u => u.Id == uploadId && u.UserId == userId && u.Status != UploadStatus.Completed, ct) && await AbortAsync(uploadId, ct);
    }

    /// <summary>Ends the uploads of a person whose right to their projects has ended.</summary>
    public async Task EndForAsync(Guid userId, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        await AbortAllAsync(
            db.Uploads.Where(u => u.UserId == userId && u.Status != UploadStatus.Completed)
                .Where(u => u.Status == UploadStatus.Aborted || !u.Dataset.Project.Access.Any(a => a.UserId == userId && a.Role >= ProjectRole.Editor)),
            ct);
    }

    /// <summary>Ends what has expired or was aborted elsewhere, parts in the store that no row knows, and the wait for files that were never sent. Returns how many.</summary>
    public async Task<int> CleanAsync(CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        var now = clock.GetUtcNow();
        var ended = await AbortAllAsync(db.Uploads.Where(u => u.Status == UploadStatus.Aborted || (u.Status == UploadStatus.Open && u.ExpiresAt < now)), ct);
        await StopWaitingAsync(db, now - UploadDesk.Lifetime, ct);
        return ended + await CleanStoreAsync(db, now - UploadDesk.Lifetime, ct);
    }

    internal async Task<bool> AbortAsync(Guid uploadId, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var datasetId = await db.Uploads.Where(u => u.Id == uploadId).Select(u => u.DatasetId).SingleOrDefaultAsync(ct);
        if (await DatasetReception.LockAsync(db, datasetId, ct) is not { } dataset
            || await db.Uploads.SingleOrDefaultAsync(u => u.Id == uploadId && u.Status != UploadStatus.Completed, ct) is not { } upload)
        {
            return false;
        }

        // The store first: repeating this after a crash is harmless, losing the row before the parts are gone is not.
        await store.AbortAsync(upload.InStore, ct);
        await store.DeleteOneAsync(upload.ObjectKey, ct);
        db.Uploads.Remove(upload);
        dataset.SizeBytes -= upload.Size;
        await db.SaveChangesAsync(ct);
        await DatasetReception.ForgetAsync(db, dataset.Id, upload.Path, ct);
        var job = await DatasetReception.ReceiveIfWholeAsync(db, dataset, clock.GetUtcNow(), ct);
        await db.Datasets
            .Where(d => d.Id == dataset.Id && d.Status == DatasetStatus.Receiving && d.Files.Count == 0 && !db.Uploads.Any(u => u.DatasetId == d.Id))
            .ExecuteDeleteAsync(ct);
        await transaction.CommitAsync(ct);
        if (job is not null)
        {
            await jobs.RingAsync(job, ct);
        }

        return true;
    }

    private async Task<int> AbortAllAsync(IQueryable<Upload> uploads, CancellationToken ct)
    {
        var ended = 0;
        foreach (var id in await uploads.Select(u => u.Id).ToListAsync(ct))
        {
            ended += await AbortAsync(id, ct) ? 1 : 0;
        }

        return ended;
    }

    /// <summary>A file named as a companion but never announced: the data set does without it after a week.</summary>
    private async Task StopWaitingAsync(CryoHubDb db, DateTimeOffset before, CancellationToken ct)
    {
        var waiting = await db.Datasets.Where(d => d.Status == DatasetStatus.Receiving && d.CreatedAt < before && !db.Uploads.Any(u => u.DatasetId == d.Id && u.Status == UploadStatus.Open))
            .Select(d => d.Id).ToListAsync(ct);
        foreach (var id in waiting)
        {
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            var dataset = await DatasetReception.LockAsync(db, id, ct);
            await db.Database.ExecuteSqlAsync($"update uploads set members = array[path] where dataset_id = {id}", ct);
            var job = dataset is null ? null : await DatasetReception.ReceiveIfWholeAsync(db, dataset, clock.GetUtcNow(), ct);
            await transaction.CommitAsync(ct);
            if (job is not null)
            {
                await jobs.RingAsync(job, ct);
            }
        }
    }

    private async Task<int> CleanStoreAsync(CryoHubDb db, DateTimeOffset before, CancellationToken ct)
    {
        var cleaned = 0;
        await foreach (var open in store.ListUploadsAsync(ct))
        {
            if (open.BegunAt < before && !await db.Uploads.AnyAsync(u => u.StoreUploadId == open.Upload.StoreUploadId && u.Status == UploadStatus.Open, ct))
            {
                await store.AbortAsync(open.Upload, ct);
                cleaned++;
            }
        }

        return cleaned;
    }
}
