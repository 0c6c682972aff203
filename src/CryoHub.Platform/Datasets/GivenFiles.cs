using System.Security.Cryptography;
using CryoHub.Imaging;
using CryoHub.Platform.Access;
using CryoHub.Platform.Audit;
using CryoHub.Platform.Jobs;
using CryoHub.Platform.Labs;
using CryoHub.Platform.Storage;
using CryoHub.Platform.Uploads;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace CryoHub.Platform.Datasets;

/// <summary>Data sets of one file that comes in one piece: a photo of the bench, labels that were painted. The id is the sender's, so what is sent twice is kept once.</summary>
public sealed class GivenFiles(IDbContextFactory<CryoHubDb> dbs, IObjectStore store, JobQueue jobs, TimeProvider time)
{
    /// <summary>The id; <c>null</c> where the project cannot be seen.</summary>
    /// <param name="content">Is read twice.</param>
    /// <exception cref="ProblemException">Forbidden; does not fit into the quota; the id is another data set's.</exception>
    public async Task<Guid?> KeepAsync(Guid userId, Guid projectId, Guid? sampleId, Guid datasetId, string path, Stream content, CancellationToken ct)
    {
        UploadNames.Check(path);
        await using var db = await dbs.ForAsync(userId, ct);
        if (!await db.Projects.MayAddToAsync(userId, projectId, ct))
        {
            return null;
        }

        if (await IsKeptAsync(db, userId, projectId, datasetId, ct))
        {
            return datasetId;
        }

        var hash = await SHA256.HashDataAsync(content, ct);
        content.Position = 0;
        var file = Guid.CreateVersion7();   // not the sender's choice, so nothing that is stored can be replaced
        var key = $"datasets/{datasetId}/original/{file}";
        await store.PutAsync(key, content, ct);
        try
        {
            var dataset = new Dataset
            {
                Id = datasetId,
                ProjectId = projectId,
                SampleId = sampleId,
                Name = UploadNames.DatasetName(path),
                Status = DatasetStatus.Received,
                SizeBytes = content.Length,
                CreatedBy = userId,
                CreatedAt = time.GetUtcNow(),
                Files = { new DatasetFile { Id = file, DatasetId = datasetId, Path = path, ObjectKey = key, Size = content.Length, Sha256 = hash, IsPrimary = true } },
            };
            await jobs.RingAsync(await AddAsync(db, dataset, ct), ct);
        }
        catch (DbUpdateException refused) when (refused.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            await store.DeleteOneAsync(key, ct);   // the same file came a moment ago
            await using var fresh = await dbs.ForAsync(userId, ct);
            await IsKeptAsync(fresh, userId, projectId, datasetId, ct);
        }

        return datasetId;
    }

    private static async Task<bool> IsKeptAsync(CryoHubDb db, Guid userId, Guid projectId, Guid datasetId, CancellationToken ct) =>
        await db.Datasets.Where(d => d.Id == datasetId).Select(d => new { d.ProjectId, d.CreatedBy }).SingleOrDefaultAsync(ct) is { } known
        && (known.ProjectId == projectId && known.CreatedBy == userId ? true : throw new ProblemException(ProblemKind.Conflict, "Another data set has this id."));

    private static async Task<Job> AddAsync(CryoHubDb db, Dataset dataset, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await Quotas.EnsureRoomAsync(db, dataset.ProjectId, dataset.SizeBytes, ct);
        var id = Guid.CreateVersion7();
        var job = new Job
        {
            Id = id,
            ProjectId = dataset.ProjectId,
            Kind = JobKinds.Ingest,
            Class = JobClass.Light,
            Title = dataset.Name,
            SubmittedBy = dataset.CreatedBy,
            CreatedAt = dataset.CreatedAt,
            Inputs = { new JobInput { JobId = id, Role = "original", DatasetId = dataset.Id } },
        };
        db.AddRange(dataset, job);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return job;
    }
}
