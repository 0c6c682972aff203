using System.Text.Json;
using CryoHub.Imaging;
using CryoHub.Platform.Access;
using CryoHub.Platform.Audit;
using CryoHub.Platform.Messages;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Jobs;

/// <summary>What people do with jobs: submit, cancel, stop and keep, retry. The row is committed first; the bell may be lost.</summary>
public sealed class JobQueue(IDbContextFactory<CryoHubDb> dbs, INews news, TimeProvider clock)
{
    /// <summary>A new job, or the one of this project that does or did exactly the same; <c>null</c> where the project is not the person's to see.</summary>
    /// <exception cref="ProblemException">Forbidden, or an input that cannot be used.</exception>
    public async Task<Submitted?> SubmitAsync(Guid userId, SubmitAnalysis work, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        if (!await db.Projects.MayAddToAsync(userId, work.ProjectId, ct))
        {
            return null;
        }

        var job = await PlanAsync(db, userId, work, ct);
        return await EnqueueAsync(db, job, ct);
    }

    /// <summary>Commits the job and rings, or finds the one of this project that does or did exactly the same.</summary>
    internal async Task<Submitted> EnqueueAsync(CryoHubDb db, Job job, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.LockAsync(job.Fingerprint, ct);
        if (await EqualJobAsync(db, job, ct) is { } known)
        {
            return new Submitted(known, IsNew: false);
        }

        db.Jobs.Add(job);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        await RingAsync(job, ct);
        return new Submitted(job.Id, IsNew: true);
    }

    /// <summary>The job of this project that does or did exactly the same, with its result where there is one; <c>null</c> where there is none, or the project is not the person's to see.</summary>
    /// <exception cref="ProblemException">An input that cannot be used.</exception>
    public async Task<EqualJob?> FindEqualAsync(Guid userId, SubmitAnalysis work, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        if (!await db.Projects.VisibleTo(userId).AnyAsync(p => p.Id == work.ProjectId, ct))
        {
            return null;
        }

        return await EqualJobAsync(db, await PlanAsync(db, userId, work, ct), ct) is { } id
            ? await db.Jobs.Where(j => j.Id == id).Select(j => new EqualJob(j.Id, j.Status, j.CreatedAt, j.Result != null ? j.Result.Id : null)).SingleAsync(ct)
            : null;
    }

    /// <summary>A queued job ends at once; a running one when its worker next reports, within a second.</summary>
    public Task<Change> CancelAsync(Guid userId, Guid jobId, CancellationToken ct) => WishAsync(
        userId,
        jobId,
        jobs => jobs.Where(j => j.Status == JobStatus.Queued || j.Status == JobStatus.Waiting || j.Status == JobStatus.Running).ExecuteUpdateAsync(
            set => set.SetProperty(j => j.CancelRequested, true)
                .SetProperty(j => j.Status, j => j.Status == JobStatus.Running ? JobStatus.Running : JobStatus.Cancelled)
                .SetProperty(j => j.EndedAt, j => j.Status == JobStatus.Running ? null : clock.GetUtcNow()),
            ct),
        ct);

    /// <summary>Ends an iteration early and keeps what it has.</summary>
    public Task<Change> StopAsync(Guid userId, Guid jobId, CancellationToken ct) => WishAsync(
        userId,
        jobId,
        jobs => jobs.Where(j => j.Status == JobStatus.Running).ExecuteUpdateAsync(set => set.SetProperty(j => j.StopRequested, true), ct),
        ct);

    /// <summary>Puts a failed or cancelled job back into the queue.</summary>
    public async Task<Change> RetryAsync(Guid userId, Guid jobId, CancellationToken ct)
    {
        var change = await WishAsync(
            userId,
            jobId,
            jobs => jobs.Where(j => j.Status == JobStatus.Failed || j.Status == JobStatus.Cancelled).ExecuteUpdateAsync(
                set => set.SetProperty(j => j.Status, JobStatus.Queued).SetProperty(j => j.CancelRequested, false).SetProperty(j => j.StopRequested, false)
                    .SetProperty(j => j.Crashes, 0).SetProperty(j => j.Problem, "").SetProperty(j => j.Fraction, 0).SetProperty(j => j.Step, "")
                    .SetProperty(j => j.StartedAt, (DateTimeOffset?)null).SetProperty(j => j.EndedAt, (DateTimeOffset?)null),
                ct),
            ct);
        if (change == Change.Done)
        {
            await news.PublishAsync(new JobQueued(jobId), ct);
        }

        return change;
    }

    private async Task<Job> PlanAsync(CryoHubDb db, Guid userId, SubmitAnalysis work, CancellationToken ct)
    {
        var id = Guid.CreateVersion7();
        var inputs = await JobInputs.ResolveAsync(db, userId, work, id, ct);
        var first = inputs[0].DatasetId;
        var job = new Job
        {
            Id = id,
            ProjectId = work.ProjectId,
            Kind = JobKinds.Analysis,
            Class = JobClass.Heavy,
            Title = $"{work.Title}: {await db.Datasets.Where(d => d.Id == first).Select(d => d.Name).SingleAsync(ct)}",
            AnalysisKey = work.Key,
            AnalysisVersion = work.Version,
            Parameters = JsonDocument.Parse(work.Parameters),
            Fingerprint = JobFingerprint.Of(work, inputs),
            SubmittedBy = userId,
            CreatedAt = clock.GetUtcNow(),
        };
        job.Inputs.AddRange(inputs);
        return job;
    }

    /// <summary>Tells workers and pages of a job that was just committed.</summary>
    internal async Task RingAsync(Job job, CancellationToken ct)
    {
        await news.PublishAsync(new JobQueued(job.Id), ct);
        await news.PublishAsync(new JobChanged(job.Id, job.ProjectId, job.Status, job.Fraction, job.Step), ct);
    }

    private async Task<Change> WishAsync(Guid userId, Guid jobId, Func<IQueryable<Job>, Task<int>> update, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        if (await update(db.Jobs.EditableBy(userId).Where(j => j.Id == jobId && j.ParentId == null)) == 0)
        {
            return await db.Jobs.Where(j => j.ParentId == null).WhyNotAsync(userId, jobId, ct);
        }

        var job = await db.Jobs.AsNoTracking().SingleAsync(j => j.Id == jobId, ct);
        await news.PublishAsync(new JobChanged(job.Id, job.ProjectId, job.Status, job.Fraction, job.Step), ct);
        return Change.Done;
    }

    /// <summary>Equal work under way or done, whose result has not been put into the trash. What failed or was cancelled is tried again.</summary>
    private static async Task<Guid?> EqualJobAsync(CryoHubDb db, Job job, CancellationToken ct) => await db.Jobs
        .Where(j => j.ProjectId == job.ProjectId && j.Fingerprint == job.Fingerprint && j.DeletedAt == null && !j.CancelRequested)
        .Where(j => j.Status == JobStatus.Queued || j.Status == JobStatus.Running || j.Status == JobStatus.Waiting
            || (j.Status == JobStatus.Succeeded && j.Result != null && j.Result.DeletedAt == null))
        .OrderByDescending(j => j.CreatedAt).Select(j => (Guid?)j.Id).FirstOrDefaultAsync(ct);
}
