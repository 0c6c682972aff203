using CryoHub.Imaging;
using CryoHub.Platform.Messages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CryoHub.Platform.Jobs;

/// <summary>What workers do with jobs. Every statement names job, worker and attempt, so a worker that was thought dead changes nothing when it wakes.</summary>
public sealed class JobClaims(IDbContextFactory<CryoHubDb> dbs, INews news, IOptions<JobOptions> options, TimeProvider clock)
{
    /// <summary>The version of the software, written on each job it runs.</summary>
    public static string SoftwareVersion { get; } =
        System.Reflection.CustomAttributeExtensions.GetCustomAttribute<System.Reflection.AssemblyInformationalVersionAttribute>(typeof(JobClaims).Assembly)!.InformationalVersion;

    /// <summary>The next job of that class, or <c>null</c>. What may no longer run fails here, with the reason, and the next is taken.</summary>
    public async Task<ClaimedJob?> ClaimAsync(Guid workerId, JobClass jobClass, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        await NextJob.EndAbandonedAsync(db, clock.GetUtcNow(), ct);
        while (await NextJob.TakeAsync(db, workerId, jobClass, clock.GetUtcNow(), clock.GetUtcNow() + options.Value.Lease, ct) is { } claim)
        {
            if (await JobInputs.RefusalAsync(db, claim.Id, ct) is not { } refusal)
            {
                await TellAsync(claim, JobStatus.Running, 0, "", ct);
                return claim;
            }

            await FailAsync(claim, refusal, ct);
        }

        return null;
    }

    /// <summary>Progress, lease and the look whether a person wishes an end, in one conditional update.</summary>
    public async Task<Beat> BeatAsync(ClaimedJob claim, double fraction, string step, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        var until = clock.GetUtcNow() + options.Value.Lease;
        var beat = await db.Database.SqlQuery<bool>($"""
            update jobs set fraction = {fraction}, step = {step}, lease_until = {until}
            where id = {claim.Id} and worker_id = {claim.WorkerId} and attempts = {claim.Attempt} and status = 'Running' and not cancel_requested
                and (parent_id is null or exists (select 1 from jobs w where w.id = jobs.parent_id and w.status = 'Waiting'))
            returning stop_requested as "Value"
            """).ToListAsync(ct);
        if (beat is [var stop])
        {
            await (claim.ParentId is null ? TellAsync(claim, JobStatus.Running, fraction, step, ct) : TellParentAsync(await JobParts.SumUpAsync(db, claim, ct), ct));
            return stop ? Beat.StopAndKeep : Beat.GoOn;
        }

        return await Mine(db, claim).AnyAsync(ct) ? Beat.Cancelled : Beat.Lost;
    }

    /// <summary>Ends a job well: its rows and its status in one transaction, or nothing of it.</summary>
    /// <param name="claim">The job.</param>
    /// <param name="summary">What it did, in a sentence.</param>
    /// <param name="publish">Adds the rows.</param>
    /// <param name="ct">Stops waiting.</param>
    /// <exception cref="LeaseLostException">It was cancelled, or is another worker's.</exception>
    /// <exception cref="ProblemException">The submitter's rights have ended meanwhile.</exception>
    public async Task SucceedAsync(ClaimedJob claim, string summary, Func<CryoHubDb, Task> publish, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        db.Actor = claim.SubmittedBy;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var now = clock.GetUtcNow();
        var mine = await Mine(db, claim).Where(j => !j.CancelRequested).ExecuteUpdateAsync(
            set => set.SetProperty(j => j.Status, JobStatus.Succeeded).SetProperty(j => j.Fraction, 1).SetProperty(j => j.Step, "").SetProperty(j => j.Summary, summary)
                .SetProperty(j => j.LeaseUntil, (DateTimeOffset?)null).SetProperty(j => j.EndedAt, now),
            ct);
        if (mine == 0)
        {
            throw new LeaseLostException(claim.Id);
        }

        if (await JobInputs.RefusalAsync(db, claim.Id, ct) is { } refusal)
        {
            throw new ProblemException(ProblemKind.Forbidden, refusal);
        }

        await publish(db);
        await db.SaveChangesAsync(ct);
        var parent = await JobParts.SucceededAsync(db, claim, ct);
        // The heartbeat finds the ended job no longer its own and cancels ct: from here on nothing may listen to it.
        await transaction.CommitAsync(CancellationToken.None);
        await TellAsync(claim, JobStatus.Succeeded, 1, "", CancellationToken.None);
        await TellParentAsync(parent, CancellationToken.None);
    }

    /// <summary>Ends a job for good, with a sentence for the person who submitted it.</summary>
    /// <param name="claim">The job; nothing happens where it is no longer this worker's.</param>
    /// <param name="problem">The sentence.</param>
    /// <param name="ct">Stops waiting.</param>
    /// <param name="record">What else changes in the same transaction.</param>
    public Task FailAsync(ClaimedJob claim, string problem, CancellationToken ct, Func<CryoHubDb, Task>? record = null) => EndAsync(claim, JobStatus.Failed, problem, record, ct);

    public Task CancelledAsync(ClaimedJob claim, CancellationToken ct) => EndAsync(claim, JobStatus.Cancelled, "", null, ct);

    /// <summary>The job's own child process died: back into the queue, or failed for good at the third time, with what <paramref name="record"/> adds.</summary>
    public async Task CrashedAsync(ClaimedJob claim, string lastWords, CancellationToken ct, Func<CryoHubDb, Task>? record = null)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        await Mine(db, claim).ExecuteUpdateAsync(set => set.SetProperty(j => j.Crashes, j => j.Crashes + 1), ct);
        var crashes = await db.Jobs.Where(j => j.Id == claim.Id).Select(j => j.Crashes).SingleAsync(ct);
        if (crashes >= options.Value.MaxCrashes)
        {
            await FailAsync(claim, $"Its process died {crashes} times. {lastWords}".TrimEnd(), ct, record);
        }
        else
        {
            await ReleaseAsync(claim, ct);
        }
    }

    /// <summary>Gives a job back unharmed: the worker stops.</summary>
    public async Task ReleaseAsync(ClaimedJob claim, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        var released = await Mine(db, claim).ExecuteUpdateAsync(
            set => set.SetProperty(j => j.Status, JobStatus.Queued).SetProperty(j => j.LeaseUntil, (DateTimeOffset?)null).SetProperty(j => j.Fraction, 0).SetProperty(j => j.Step, ""), ct);
        if (released == 1)
        {
            await news.PublishAsync(new JobQueued(claim.Id), ct);
            await TellAsync(claim, JobStatus.Queued, 0, "", ct);
        }
    }

    /// <summary>Frees every lease at once: for the embedded host, which knows that nobody else works on its database.</summary>
    public async Task ReleaseAllAsync(CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        var past = clock.GetUtcNow() - TimeSpan.FromSeconds(1);
        await db.Jobs.Where(j => j.Status == JobStatus.Running).ExecuteUpdateAsync(set => set.SetProperty(j => j.LeaseUntil, past), ct);
    }

    private async Task EndAsync(ClaimedJob claim, JobStatus status, string problem, Func<CryoHubDb, Task>? record, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var now = clock.GetUtcNow();
        var ended = await Mine(db, claim).ExecuteUpdateAsync(
            set => set.SetProperty(j => j.Status, status).SetProperty(j => j.Problem, problem).SetProperty(j => j.EndedAt, now).SetProperty(j => j.LeaseUntil, (DateTimeOffset?)null), ct);
        if (ended == 1)
        {
            await (record?.Invoke(db) ?? Task.CompletedTask);
            await db.SaveChangesAsync(ct);
            var parent = status == JobStatus.Failed ? await JobParts.FailedAsync(db, claim, problem, now, ct) : null;
            await transaction.CommitAsync(ct);
            await TellAsync(claim, status, 0, "", ct);
            await TellParentAsync(parent, ct);
        }
    }

    internal static IQueryable<Job> Mine(CryoHubDb db, ClaimedJob claim) =>
        db.Jobs.Where(j => j.Id == claim.Id && j.WorkerId == claim.WorkerId && j.Attempts == claim.Attempt && j.Status == JobStatus.Running);

    /// <summary>Nobody watches parts: what they do is told as their parent's progress.</summary>
    private Task TellAsync(ClaimedJob claim, JobStatus status, double fraction, string step, CancellationToken ct) =>
        claim.ParentId is null ? news.PublishAsync(new JobChanged(claim.Id, claim.ProjectId, status, fraction, step), ct) : Task.CompletedTask;

    private async Task TellParentAsync(JobChanged? parent, CancellationToken ct)
    {
        if (parent is not null)
        {
            await news.PublishAsync(parent, ct);
            await (parent.Status == JobStatus.Queued ? news.PublishAsync(new JobQueued(parent.JobId), ct) : Task.CompletedTask);
        }
    }
}
