using System.Text.Json;
using CryoHub.Platform.Messages;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Jobs;

/// <summary>
/// A large job and its parts. The parent waits without holding a slot; each part is a job that lives only while its parent waits, so cancelling, failing or
/// deleting the parent ends them all. The last part puts the parent back into the queue. Locks are taken part first, then parent.
/// </summary>
public sealed class JobParts(IDbContextFactory<CryoHubDb> dbs, INews news, TimeProvider clock)
{
    /// <summary>Which parts of a job are done, and into how many it was cut; 0 where it was not.</summary>
    public async Task<(int Parts, IReadOnlyList<int> Done)> FindAsync(Guid jobId, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        var parts = await db.Jobs.Where(j => j.ParentId == jobId).OrderBy(j => j.Part).Select(j => new { j.Part, j.Parts, j.Status }).ToListAsync(ct);
        return (parts.FirstOrDefault()?.Parts ?? 0, [.. parts.Where(part => part.Status == JobStatus.Succeeded).Select(part => part.Part!.Value)]);
    }

    /// <summary>How long the workers were at the parts, together.</summary>
    public async Task<TimeSpan> WorkedAsync(Guid jobId, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        var spans = await db.Jobs.Where(j => j.ParentId == jobId && j.Status == JobStatus.Succeeded).Select(j => new { j.StartedAt, j.EndedAt }).ToListAsync(ct);
        return TimeSpan.FromTicks(spans.Sum(span => (span.EndedAt - span.StartedAt)?.Ticks ?? 0));
    }

    /// <summary>Queues the parts named in <paramref name="wanted"/> anew and lets the job wait for them.</summary>
    /// <exception cref="LeaseLostException">It was cancelled, or is another worker's.</exception>
    public async Task WaitForAsync(ClaimedJob job, int parts, IReadOnlyList<int> wanted, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.Jobs.Where(j => j.ParentId == job.Id && wanted.Contains(j.Part!.Value)).ExecuteDeleteAsync(ct);
        var mine = await JobClaims.Mine(db, job).Where(j => !j.CancelRequested).ExecuteUpdateAsync(
            set => set.SetProperty(j => j.Status, JobStatus.Waiting).SetProperty(j => j.LeaseUntil, (DateTimeOffset?)null).SetProperty(j => j.WorkerId, (Guid?)null)
                .SetProperty(j => j.Step, $"{parts - wanted.Count} of {parts} parts done"),
            ct);
        if (mine == 0)
        {
            throw new LeaseLostException(job.Id);
        }

        db.Jobs.AddRange(wanted.Select(part => PartOf(job, part, parts)));
        await db.SaveChangesAsync(ct);
        // The heartbeat finds the waiting job no longer its own and cancels ct: from here on nothing may listen to it.
        await transaction.CommitAsync(CancellationToken.None);
        await news.PublishAsync(new JobChanged(job.Id, job.ProjectId, JobStatus.Waiting, 0, ""), CancellationToken.None);
        foreach (var _ in wanted)
        {
            await news.PublishAsync(new JobQueued(job.Id), CancellationToken.None);   // each ring wakes one worker
        }
    }

    /// <summary>Writes the mean progress of all parts on the waiting parent.</summary>
    internal static async Task<JobChanged?> SumUpAsync(CryoHubDb db, ClaimedJob part, CancellationToken ct)
    {
        var summed = await db.Database.SqlQuery<PartsProgress>($"""
            update jobs set fraction = p.fraction, step = p.done || ' of ' || p.parts || ' parts done'
            from (select avg(case c.status when 'Succeeded' then 1 else c.fraction end) as fraction, count(*) filter (where c.status = 'Succeeded') as done, count(*) as parts
                from jobs c where c.parent_id = {part.ParentId}) p
            where id = {part.ParentId} and status = 'Waiting'
            returning jobs.fraction as "Fraction", step as "Step"
            """).ToListAsync(ct);
        return summed is [var parent] ? new JobChanged(part.ParentId!.Value, part.ProjectId, JobStatus.Waiting, parent.Fraction, parent.Step) : null;
    }

    /// <summary>In the transaction in which a part succeeds: the last one queues its parent.</summary>
    internal static async Task<JobChanged?> SucceededAsync(CryoHubDb db, ClaimedJob part, CancellationToken ct)
    {
        if (part.ParentId is not { } parentId)
        {
            return null;
        }

        // Two parts that end at the same moment: the second sees the first only after it has waited for this lock.
        await db.Database.ExecuteSqlAsync($"select 1 from jobs where id = {parentId} for no key update", ct);
        var queued = await db.Jobs.Where(j => j.Id == parentId && j.Status == JobStatus.Waiting && !db.Jobs.Any(c => c.ParentId == parentId && c.Status != JobStatus.Succeeded))
            .ExecuteUpdateAsync(set => set.SetProperty(j => j.Status, JobStatus.Queued).SetProperty(j => j.Step, ""), ct);
        return queued == 1 ? new JobChanged(parentId, part.ProjectId, JobStatus.Queued, 1, "") : await SumUpAsync(db, part, ct);
    }

    /// <summary>In the transaction in which a part fails: so does its parent, for the same reason.</summary>
    internal static async Task<JobChanged?> FailedAsync(CryoHubDb db, ClaimedJob part, string problem, DateTimeOffset now, CancellationToken ct)
    {
        var failed = part.ParentId is null ? 0 : await db.Jobs.Where(j => j.Id == part.ParentId && j.Status == JobStatus.Waiting).ExecuteUpdateAsync(
            set => set.SetProperty(j => j.Status, JobStatus.Failed).SetProperty(j => j.Problem, problem).SetProperty(j => j.EndedAt, now), ct);
        return failed == 1 ? new JobChanged(part.ParentId!.Value, part.ProjectId, JobStatus.Failed, 0, "") : null;
    }

    private Job PartOf(ClaimedJob job, int part, int parts) => new()
    {
        Id = Guid.CreateVersion7(),
        ParentId = job.Id,
        Part = part,
        Parts = parts,
        ProjectId = job.ProjectId,
        Kind = JobKinds.AnalysisPart,
        Class = JobClass.Heavy,
        Title = $"{job.Title}, part {part + 1} of {parts}",
        AnalysisKey = job.AnalysisKey,
        AnalysisVersion = job.AnalysisVersion,
        Parameters = JsonDocument.Parse(job.Parameters),
        SubmittedBy = job.SubmittedBy,
        CreatedAt = clock.GetUtcNow(),
    };

    private sealed record PartsProgress(double Fraction, string Step);
}
