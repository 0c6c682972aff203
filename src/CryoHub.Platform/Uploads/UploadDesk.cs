using CryoHub.Imaging;
using CryoHub.Platform.Access;
using CryoHub.Platform.Audit;
using CryoHub.Platform.Datasets;
using CryoHub.Platform.Labs;
using CryoHub.Platform.Storage;
using CryoHub.Platform.Storage.Files;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Uploads;

/// <summary>Where files are announced, sent in parts and resumed. A person sees only their own uploads.</summary>
public sealed class UploadDesk(IDbContextFactory<CryoHubDb> dbs, IObjectStore store, TimeProvider clock)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    private const int MostSiblings = 10_000;

    /// <summary>Announces a file, or finds the same file of the same drop again; <c>null</c> where the project is not the person's to see.</summary>
    /// <exception cref="ProblemException">Forbidden, does not fit into the quota, or impossible.</exception>
    public async Task<UploadStarted?> StartAsync(Guid userId, StartUpload file, CancellationToken ct)
    {
        UploadNames.Check(file.Path);
        if (file.Siblings is { Count: > MostSiblings })
        {
            throw new ProblemException(ProblemKind.Invalid, $"{file.Siblings.Count} files are named as coming with {file.Path}; at most {MostSiblings} of its own folder are looked at.");
        }

        var plan = PartPlan.For(file.Size);
        await using var db = await dbs.ForAsync(userId, ct);
        if (!await UploadPlace.MayAddAsync(db, userId, file, ct))
        {
            return null;
        }

        if (await UploadPlace.OpenTwinAsync(db, userId, file, ct) is { } twin)
        {
            return twin;
        }

        // Begun before the row: a crash in between leaves parts without a row, which purging finds in the store's own list.
        var id = Guid.CreateVersion7();
        var group = Companions.Of(file.Path, file.Siblings ?? []);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await Quotas.EnsureRoomAsync(db, file.ProjectId, file.Size, ct);
        var datasetId = await UploadPlace.DatasetOfAsync(db, userId, file, group, clock.GetUtcNow(), ct);
        var begun = await store.BeginAsync($"datasets/{datasetId}/original/{id}", ct);
        db.Uploads.Add(new Upload
        {
            Id = id,
            UserId = userId,
            DatasetId = datasetId,
            DropId = file.DropId,
            Path = file.Path,
            GroupKey = group.Key,
            Members = [.. group.Members],
            IsPrimary = group.IsPrimary,
            Size = file.Size,
            PartSize = plan.PartSize,
            PartCount = plan.PartCount,
            ObjectKey = begun.Key,
            StoreUploadId = begun.StoreUploadId,
            CreatedAt = clock.GetUtcNow(),
            ExpiresAt = clock.GetUtcNow() + Lifetime,
        });
        await db.SaveChangesAsync(ct);
        await db.Datasets.Where(d => d.Id == datasetId).ExecuteUpdateAsync(set => set.SetProperty(d => d.SizeBytes, d => d.SizeBytes + file.Size), ct);
        await transaction.CommitAsync(ct);
        return new UploadStarted(id, plan.PartSize, plan.PartCount, datasetId);
    }

    /// <summary>What has arrived; <c>null</c> for an upload that is not the person's.</summary>
    public async Task<UploadState?> FindAsync(Guid userId, Guid uploadId, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        if (await db.Uploads.AsNoTracking().SingleOrDefaultAsync(u => u.Id == uploadId && u.UserId == userId, ct) is not { } upload)
        {
            return null;
        }

        var parts = upload.Status == UploadStatus.Open ? await store.ListPartsAsync(upload.InStore, ct) : null;
        return new UploadState(upload.Id, upload.Status, upload.Path, upload.Size, upload.PartSize, upload.PartCount, upload.DatasetId, parts ?? []);
    }

    /// <summary>The person's open uploads into a project.</summary>
    public async Task<Page<UploadRow>> ListAsync(Guid userId, Guid projectId, PageRequest page, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        return await db.Uploads.Where(u => u.UserId == userId && u.Status == UploadStatus.Open && u.Dataset.ProjectId == projectId)
            .Where(u => u.Dataset.Project.Access.Any(a => a.UserId == userId))
            .OrderBy(u => u.CreatedAt).ThenBy(u => u.Id)
            .Select(u => new UploadRow(u.Id, u.Dataset.ProjectId, u.DatasetId, u.DropId, u.Path, u.Size, u.PartSize, u.PartCount, u.CreatedAt, u.ExpiresAt))
            .ToPageAsync(page, ct);
    }

    /// <summary>An address for one part; <c>null</c> for an upload that is not the person's.</summary>
    /// <exception cref="ProblemException">The upload is over, the right has ended, or the part has another length than planned.</exception>
    public async Task<SignedPart?> SignPartAsync(Guid userId, Guid uploadId, int number, long size, string sha256, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        if (await db.Uploads.SingleOrDefaultAsync(u => u.Id == uploadId && u.UserId == userId, ct) is not { } upload)
        {
            return null;
        }

        RequireOpen(upload);
        await RequireRightAsync(db, upload, ct);
        var plan = upload.Plan;
        if (number < 1 || number > plan.PartCount || size != plan.SizeOf(number))
        {
            throw ProblemException.Invalid(
                number < 1 || number > plan.PartCount
                    ? $"There is no part {number}: {upload.Path} has parts 1 to {plan.PartCount}."
                    : $"Part {number} of {upload.Path} has {plan.SizeOf(number)} bytes; {size} were announced.");
        }

        if (upload.ExpiresAt < clock.GetUtcNow() + Lifetime - TimeSpan.FromHours(1))
        {
            upload.ExpiresAt = clock.GetUtcNow() + Lifetime;
            await db.SaveChangesAsync(ct);
        }

        return store.SignPart(upload.InStore, number, size, UploadNames.Hash(sha256));
    }

    /// <summary>Takes a part that was sent to an address of the file store, and answers its ETag; <c>null</c> where parts go elsewhere.</summary>
    /// <exception cref="ProblemException">Not signed, other bytes than signed, or the right has ended since.</exception>
    public async Task<string?> ReceivePartAsync(FilePart part, Stream body, CancellationToken ct)
    {
        if (store is not FileObjectStore files)
        {
            return null;
        }

        await using (var db = await dbs.CreateDbContextAsync(ct))
        {
            if (await db.Uploads.AsNoTracking().FirstOrDefaultAsync(u => u.StoreUploadId == part.UploadId, ct) is not { } upload)
            {
                return null;
            }

            RequireOpen(upload);
            await RequireRightAsync(db, upload, ct);
        }

        return await files.ReceivePartAsync(part, body, ct);
    }

    internal static void RequireOpen(Upload upload)
    {
        if (upload.Status != UploadStatus.Open)
        {
            throw new ProblemException(ProblemKind.Conflict, $"The upload of {upload.Path} is {upload.Status.ToString().ToLowerInvariant()}.");
        }
    }

    internal static async Task RequireRightAsync(CryoHubDb db, Upload upload, CancellationToken ct)
    {
        if (!await db.Datasets.EditableBy(upload.UserId).AnyAsync(d => d.Id == upload.DatasetId, ct))
        {
            throw new ProblemException(ProblemKind.Forbidden, $"Your right to add data to this project has ended; {upload.Path} is not taken.");
        }
    }
}
