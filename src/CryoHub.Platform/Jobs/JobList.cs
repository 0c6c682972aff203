using System.Linq.Expressions;
using CryoHub.Platform.Access;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Jobs;

/// <summary>Questions about jobs, with the rights of the person who asks.</summary>
public sealed class JobList(IDbContextFactory<CryoHubDb> dbs)
{
    private static readonly JobStatus[] Ended = [JobStatus.Succeeded, JobStatus.Failed, JobStatus.Cancelled];

    /// <summary>Newest first. <paramref name="datasetId"/> keeps those that read it.</summary>
    public async Task<Page<JobRow>> ListAsync(Guid userId, Guid? projectId, JobStatus? status, Guid? datasetId, PageRequest page, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        return await Whole(db, userId)
            .Where(j => (projectId == null || j.ProjectId == projectId) && (status == null || j.Status == status))
            .Where(j => datasetId == null || j.Inputs.Any(i => i.DatasetId == datasetId))
            .OrderByDescending(j => j.CreatedAt).ThenByDescending(j => j.Id)
            .Select(Row(db)).ToPageAsync(page, ct);
    }

    /// <summary>How many of the jobs a person sees are neither ended nor thrown away.</summary>
    public async Task<int> CountActiveAsync(Guid userId, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        return await Whole(db, userId).CountAsync(j => !Ended.Contains(j.Status), ct);
    }

    public async Task<JobDetails?> FindAsync(Guid userId, Guid jobId, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        if (await Whole(db, userId).Where(j => j.Id == jobId).Select(Row(db)).SingleOrDefaultAsync(ct) is not { } row)
        {
            return null;
        }

        var job = await db.Jobs.AsNoTracking().Where(j => j.Id == jobId)
            .Select(j => new { j.AnalysisVersion, j.Parameters, j.Attempts, j.Crashes, j.SoftwareVersion, Parts = db.Jobs.Where(c => c.ParentId == jobId).Select(c => c.Parts).FirstOrDefault() ?? 1 }).SingleAsync(ct);
        return new JobDetails(row, job.AnalysisVersion, job.Parameters.RootElement, await InputsAsync(db, userId, jobId, ct), job.Attempts, job.Crashes, job.SoftwareVersion, job.Parts);
    }

    /// <summary>A job may read what its reader does not see: then only the hash is told.</summary>
    internal static async Task<List<JobInputRow>> InputsAsync(CryoHubDb db, Guid userId, Guid jobId, CancellationToken ct)
    {
        var inputs = await db.JobInputs.AsNoTracking().Where(i => i.JobId == jobId).OrderBy(i => i.Role)
            .Select(i => new { i.Role, i.DatasetId, i.SignalIndex, i.Sha256, Name = db.Datasets.VisibleTo(userId).Where(d => d.Id == i.DatasetId).Select(d => d.Name).FirstOrDefault() })
            .ToListAsync(ct);
        return [.. inputs.Select(i => new JobInputRow(i.Role, i.Name is null ? null : i.DatasetId, i.SignalIndex, i.Name, Convert.ToHexStringLower(i.Sha256)))];
    }

    /// <summary>Parts are shown as their parent's progress only.</summary>
    private static IQueryable<Job> Whole(CryoHubDb db, Guid userId) => db.Jobs.VisibleTo(userId).Where(j => j.ParentId == null);

    private static Expression<Func<Job, JobRow>> Row(CryoHubDb db) => j => new JobRow(
        j.Id, j.ProjectId!.Value, j.Kind, j.Title, j.AnalysisKey, j.Status, j.Fraction, j.Step, j.Problem, j.Summary, j.CancelRequested, j.StopRequested,
        db.Users.Where(u => u.Id == j.SubmittedBy).Select(u => u.DisplayName).FirstOrDefault(), j.CreatedAt, j.StartedAt, j.EndedAt,
        j.Result != null && j.Result.DeletedAt == null ? j.Result.Id : null);
}
