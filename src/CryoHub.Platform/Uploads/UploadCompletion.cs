using CryoHub.Imaging;
using CryoHub.Platform.Audit;
using CryoHub.Platform.Datasets;
using CryoHub.Platform.Jobs;
using CryoHub.Platform.Labs;
using CryoHub.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Uploads;

/// <summary>Closes an upload. The last file of a data set makes it <c>Received</c> and inserts its ingest job, in one transaction; asking again changes nothing.</summary>
public sealed class UploadCompletion(IDbContextFactory<CryoHubDb> dbs, IObjectStore store, JobQueue jobs, UploadCleaner cleaner, TimeProvider clock)
{
    /// <summary><c>null</c> for an upload that is not the person's.</summary>
    /// <exception cref="ProblemException">A part is absent; the upload is over; the right has ended meanwhile; the quota was lowered meanwhile.</exception>
    public async Task<UploadCompleted?> CompleteAsync(Guid userId, Guid uploadId, CompleteUpload whole, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        if (await db.Uploads.AsNoTracking().SingleOrDefaultAsync(u => u.Id == uploadId && u.UserId == userId, ct) is not { } upload)
        {
            return null;
        }

        if (upload.Status == UploadStatus.Completed)
        {
            return await DoneAsync(db, upload, ct);
        }

        UploadDesk.RequireOpen(upload);
        await CheckRightAsync(db, upload, ct);
        var sha256 = UploadNames.Hash(whole.Sha256);
        // An ETag header is quoted; senders give it back with or without the quotes.
        await JoinPartsAsync(upload, [.. (whole.Parts ?? []).Select(part => part with { ETag = part.ETag.Trim('"') })], ct);
        return await RegisterAsync(db, upload, sha256, ct);
    }

    /// <summary>A right that ended while bytes came ends the upload and removes its parts.</summary>
    private async Task CheckRightAsync(CryoHubDb db, Upload upload, CancellationToken ct)
    {
        try
        {
            await UploadDesk.RequireRightAsync(db, upload, ct);
        }
        catch (ProblemException)
        {
            await cleaner.AbortAsync(upload.Id, ct);
            throw;
        }
    }

    private async Task JoinPartsAsync(Upload upload, IReadOnlyList<PartTag> parts, CancellationToken ct)
    {
        // Two tabs may complete one upload: the second waits here, and finds the object whole.
        await using var gate = await dbs.CreateDbContextAsync(ct);
        await using var turn = await gate.Database.BeginTransactionAsync(ct);
        await gate.LockAsync(upload.Id.ToByteArray(), ct);
        if (await IsStoredAsync(upload, ct))
        {
            return;   // joined before, by a request that did not live to write its rows
        }

        var stored = await store.ListPartsAsync(upload.InStore, ct);
        if (stored is not null)
        {
            PartCheck.Require(upload, parts, stored);
        }

        await store.CompleteAsync(upload.InStore, parts, ct);
        if (!await IsStoredAsync(upload, ct))
        {
            throw new ProblemException(ProblemKind.Conflict, $"{upload.Path} was announced with {upload.Size} bytes; its parts together have another length.");
        }
    }

    private async Task<bool> IsStoredAsync(Upload upload, CancellationToken ct)
    {
        using var found = await store.OpenAsync(upload.ObjectKey, ct);
        return found?.Length == upload.Size;
    }

    private async Task<UploadCompleted?> RegisterAsync(CryoHubDb db, Upload upload, byte[] sha256, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var dataset = await DatasetReception.LockAsync(db, upload.DatasetId, ct);
        var won = await db.Uploads.Where(u => u.Id == upload.Id && u.Status == UploadStatus.Open).ExecuteUpdateAsync(set => set.SetProperty(u => u.Status, UploadStatus.Completed), ct);
        if (won == 0 || dataset is null)
        {
            var isDone = await db.Uploads.AnyAsync(u => u.Id == upload.Id && u.Status == UploadStatus.Completed, ct);
            return isDone
                ? await DoneAsync(db, upload, ct)   // another tab was faster
                : throw new ProblemException(ProblemKind.Conflict, $"The upload of {upload.Path} was ended while it was being completed; it is not taken.");
        }

        await Quotas.EnsureRoomAsync(db, dataset.ProjectId, 0, ct);
        db.DatasetFiles.Add(new DatasetFile
        {
            Id = upload.Id,
            DatasetId = dataset.Id,
            Path = upload.Path,
            ObjectKey = upload.ObjectKey,
            Size = upload.Size,
            Sha256 = sha256,
            IsPrimary = upload.IsPrimary,
        });
        await db.SaveChangesAsync(ct);
        var job = await DatasetReception.ReceiveIfWholeAsync(db, dataset, clock.GetUtcNow(), ct);
        await transaction.CommitAsync(ct);
        if (job is not null)
        {
            await jobs.RingAsync(job, ct);
        }

        return new UploadCompleted(dataset.Id, job?.Id);
    }

    private static async Task<UploadCompleted?> DoneAsync(CryoHubDb db, Upload upload, CancellationToken ct)
    {
        var jobId = await db.JobInputs.Where(i => i.DatasetId == upload.DatasetId && db.Jobs.Any(j => j.Id == i.JobId && j.Kind == JobKinds.Ingest))
            .OrderBy(i => i.JobId).Select(i => (Guid?)i.JobId).FirstOrDefaultAsync(ct);
        return new UploadCompleted(upload.DatasetId, jobId);
    }
}
