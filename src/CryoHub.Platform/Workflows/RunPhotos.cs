using System.Security.Cryptography;
using CryoHub.Imaging;
using CryoHub.Platform.Access;
using CryoHub.Platform.Audit;
using CryoHub.Platform.Datasets;
using CryoHub.Platform.Jobs;
using CryoHub.Platform.Labs;
using CryoHub.Platform.Storage;
using CryoHub.Platform.Uploads;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace CryoHub.Platform.Workflows;

/// <summary>Photos taken at the bench. Each becomes a data set of the item that is worked on, under an id that the phone chose: sent again, it is the same one.</summary>
public sealed class RunPhotos(IDbContextFactory<CryoHubDb> dbs, RunLog runs, IObjectStore store, JobQueue jobs, TimeProvider time)
{
    public const int LargestBytes = 25_000_000;

    private static readonly byte[][] Beginnings = [[0xFF, 0xD8, 0xFF], [0x89, (byte)'P', (byte)'N', (byte)'G']];   // JPEG, PNG

    /// <summary>The data set's id; <c>null</c> where the run cannot be seen.</summary>
    /// <exception cref="ProblemException">Forbidden; no photo, or too large; does not fit into the quota; the id is another data set's.</exception>
    public async Task<Guid?> KeepAsync(Guid userId, Guid runId, Guid photoId, string? name, Stream body, CancellationToken ct)
    {
        if (await runs.FindAsync(userId, runId, ct) is not { } run)
        {
            return null;
        }

        await using var db = await dbs.ForAsync(userId, ct);
        if (!await db.Projects.MayAddToAsync(userId, run.ProjectId, ct))
        {
            return null;
        }

        if (await IsKeptAsync(db, userId, run.ProjectId, photoId, ct))
        {
            return photoId;
        }

        var path = string.IsNullOrWhiteSpace(name) ? "photo.jpg" : name.Trim();
        UploadNames.Check(path);
        using var photo = await ReadAsync(body, ct);
        var file = Guid.CreateVersion7();   // not the phone's choice, so nothing that is stored can be replaced
        var key = $"datasets/{photoId}/original/{file}";
        await store.PutAsync(key, photo, ct);
        try
        {
            var job = await AddAsync(db, userId, run, photoId, file, path, key, photo, ct);
            await jobs.RingAsync(job, ct);
        }
        catch (DbUpdateException refused) when (refused.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            await store.DeleteOneAsync(key, ct);   // the same photo came a moment ago
            await using var fresh = await dbs.ForAsync(userId, ct);
            await IsKeptAsync(fresh, userId, run.ProjectId, photoId, ct);
        }

        return photoId;
    }

    private static async Task<bool> IsKeptAsync(CryoHubDb db, Guid userId, Guid projectId, Guid photoId, CancellationToken ct) =>
        await db.Datasets.Where(d => d.Id == photoId).Select(d => new { d.ProjectId, d.CreatedBy }).SingleOrDefaultAsync(ct) is { } known
        && (known.ProjectId == projectId && known.CreatedBy == userId ? true : throw new ProblemException(ProblemKind.Conflict, "Another data set has this id."));

    private async Task<Job> AddAsync(CryoHubDb db, Guid userId, RunDetails run, Guid photoId, Guid file, string path, string key, MemoryStream photo, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await Quotas.EnsureRoomAsync(db, run.ProjectId, photo.Length, ct);
        var dataset = new Dataset
        {
            Id = photoId,
            ProjectId = run.ProjectId,
            SampleId = run.Current.Id,
            Name = UploadNames.DatasetName(path),
            Status = DatasetStatus.Received,
            SizeBytes = photo.Length,
            CreatedBy = userId,
            CreatedAt = now,
        };
        dataset.Files.Add(new DatasetFile { Id = file, DatasetId = photoId, Path = path, ObjectKey = key, Size = photo.Length, Sha256 = SHA256.HashData(photo.GetBuffer().AsSpan(0, (int)photo.Length)), IsPrimary = true });
        var id = Guid.CreateVersion7();
        var job = new Job
        {
            Id = id,
            ProjectId = run.ProjectId,
            Kind = JobKinds.Ingest,
            Class = JobClass.Light,
            Title = dataset.Name,
            SubmittedBy = userId,
            CreatedAt = now,
            Inputs = { new JobInput { JobId = id, Role = "original", DatasetId = photoId } },
        };
        db.AddRange(dataset, job);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return job;
    }

    private static async Task<MemoryStream> ReadAsync(Stream body, CancellationToken ct)
    {
        var photo = new MemoryStream();
        var buffer = new byte[1 << 16];
        int count;
        while ((count = await body.ReadAsync(buffer, ct)) > 0)
        {
            if (photo.Length + count > LargestBytes)
            {
                throw new ProblemException(ProblemKind.Invalid, $"The photo has more than {LargestBytes / 1_000_000} MB; take it with fewer pixels, or upload it on the project's page.");
            }

            photo.Write(buffer, 0, count);
        }

        photo.Position = 0;
        return Array.Exists(Beginnings, beginning => photo.GetBuffer().AsSpan(0, (int)photo.Length).StartsWith(beginning))
            ? photo
            : throw new ProblemException(ProblemKind.Invalid, "This is neither a JPEG nor a PNG picture.");
    }
}
