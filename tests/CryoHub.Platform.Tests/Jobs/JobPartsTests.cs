using CryoHub.Platform.Jobs;
using CryoHub.TestKit;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Tests.Jobs;

/// <summary>A parent and its parts, without the work.</summary>
public sealed class JobPartsTests(TestDatabase database) : IClassFixture<TestDatabase>, IAsyncLifetime
{
    private readonly QueueBench queue = new(database);
    private Bench bench = null!;
    private Guid job;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private JobParts Parts => new(database, queue.News, queue.Clock);

    public async ValueTask InitializeAsync()
    {
        await using var db = database.CreateDbContext();
        await db.Jobs.ExecuteUpdateAsync(set => set.SetProperty(j => j.Status, JobStatus.Cancelled), Ct);
        bench = await Bench.CreateAsync(database);
        job = await queue.SubmitAsync(bench, await bench.DatasetAsync());
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_waiting_job_is_nobodys_and_the_last_of_its_parts_queues_it()
    {
        var parts = await CutAsync(3);
        Assert.Equal([0, 1, 2], parts.Select(part => part.Part!.Value));
        Assert.All(parts, part => Assert.Equal((job, 3), (part.ParentId, part.Parts)));
        Assert.Null(await queue.ClaimAsync());
        await EndAsync(parts[2]);
        await queue.Claims.BeatAsync(parts[0], 0.5, "", Ct);
        var waiting = await queue.JobAsync(job);
        Assert.Equal((JobStatus.Waiting, 0.5, "1 of 3 parts done", null), (waiting.Status, waiting.Fraction, waiting.Step, waiting.WorkerId));   // (1 + 0.5 + 0) / 3
        await EndAsync(parts[0]);
        Assert.Null(await queue.ClaimAsync());
        await EndAsync(parts[1]);
        Assert.Equal(job, (await queue.ClaimAsync())!.Id);
        var (count, done) = await Parts.FindAsync(job, Ct);
        Assert.Equal(3, count);
        Assert.Equal([0, 1, 2], done);
    }

    [Fact]
    public async Task Parts_that_end_at_the_same_moment_queue_the_job_once()
    {
        for (var round = 0; round < 10; round++)
        {
            var parts = await CutAsync(6);
            await Task.WhenAll(parts.Select(EndAsync));
            var joined = await queue.ClaimAsync();
            Assert.Equal(job, joined!.Id);
            await queue.Claims.SucceedAsync(joined, "", _ => Task.CompletedTask, Ct);
            job = await queue.SubmitAsync(bench, await bench.DatasetAsync($"round {round}"));
        }
    }

    [Fact]
    public async Task Cancelling_the_job_ends_its_parts_whether_they_run_or_wait()
    {
        await CutAsync(3, claim: 1);
        var running = await RunningAsync();
        await queue.Queue.CancelAsync(bench.UserId, job, Ct);
        Assert.Equal(Beat.Cancelled, await queue.Claims.BeatAsync(running, 0.5, "", Ct));
        await queue.Claims.CancelledAsync(running, Ct);
        Assert.Null(await queue.ClaimAsync());
        Assert.Equal(JobStatus.Cancelled, (await queue.JobAsync(job)).Status);
        Assert.All(await StatusesAsync(), status => Assert.Equal(JobStatus.Cancelled, status));
    }

    [Fact]
    public async Task A_part_that_fails_fails_the_job_with_its_reason_and_the_next_try_keeps_what_is_done()
    {
        var parts = await CutAsync(3);
        await EndAsync(parts[1]);
        await queue.Claims.FailAsync(parts[0], "Projection 4 holds 3 pixels without a value.", Ct);
        var failed = await queue.JobAsync(job);
        Assert.Equal((JobStatus.Failed, "Projection 4 holds 3 pixels without a value."), (failed.Status, failed.Problem));
        Assert.Equal(Beat.Cancelled, await queue.Claims.BeatAsync(parts[2], 0.1, "", Ct));

        await queue.Queue.RetryAsync(bench.UserId, job, Ct);
        var again = (await queue.ClaimAsync())!;
        Assert.Equal(job, again.Id);
        var (count, done) = await Parts.FindAsync(job, Ct);
        Assert.Equal(3, count);
        Assert.Equal([1], done);
        await Parts.WaitForAsync(again, 3, [0, 2], Ct);
        await Assert.ThrowsAsync<LeaseLostException>(() => EndAsync(parts[2]));   // the old third part wakes up
        await EndAsync((await queue.ClaimAsync())!);
        await EndAsync((await queue.ClaimAsync())!);
        Assert.Equal(job, (await queue.ClaimAsync())!.Id);
    }

    [Fact]
    public async Task A_part_whose_worker_died_is_taken_again_and_the_dead_one_ends_nothing()
    {
        await CutAsync(1, claim: 0);
        var dead = (await queue.ClaimAsync())!;
        queue.Clock.Advance(TimeSpan.FromSeconds(31));
        var heir = (await queue.ClaimAsync())!;
        Assert.Equal((dead.Id, 2), (heir.Id, heir.Attempt));
        await Assert.ThrowsAsync<LeaseLostException>(() => EndAsync(dead));
        Assert.Equal(JobStatus.Waiting, (await queue.JobAsync(job)).Status);
        await EndAsync(heir);
        Assert.Equal(JobStatus.Queued, (await queue.JobAsync(job)).Status);
    }

    [Fact]
    public async Task What_the_job_may_no_longer_read_its_parts_may_not_either()
    {
        await CutAsync(2, claim: 0);
        await using (var db = database.CreateDbContext())
        {
            await db.Projects.Where(p => p.Id == bench.ProjectId).ExecuteUpdateAsync(set => set.SetProperty(p => p.DeletedAt, queue.Clock.GetUtcNow()), Ct);
        }

        Assert.Null(await queue.ClaimAsync());
        Assert.Equal((JobStatus.Failed, "The person who submitted this job may no longer change its project."), ((await queue.JobAsync(job)).Status, (await queue.JobAsync(job)).Problem));
        Assert.Null(await queue.ClaimAsync());
        Assert.DoesNotContain(JobStatus.Queued, await StatusesAsync());
    }

    [Fact]
    public async Task A_job_that_goes_takes_its_parts_with_it()
    {
        await CutAsync(2, claim: 0);
        await using var db = database.CreateDbContext();
        await db.Jobs.Where(j => j.Id == job).ExecuteDeleteAsync(Ct);
        Assert.Empty(await StatusesAsync());
    }

    [Fact]
    public async Task Parts_are_in_no_list_and_nobody_commands_them()
    {
        var part = (await CutAsync(2))[0];
        var list = new JobList(database);
        Assert.Equal([job], (await list.ListAsync(bench.UserId, bench.ProjectId, null, null, new PageRequest(0, 50), Ct)).Items.Select(row => row.Id));
        Assert.Null(await list.FindAsync(bench.UserId, part.Id, Ct));
        Assert.Equal(Change.Absent, await queue.Queue.CancelAsync(bench.UserId, part.Id, Ct));
        Assert.Equal(2, (await list.FindAsync(bench.UserId, job, Ct))!.Parts);
    }

    [Fact]
    public async Task A_job_that_was_cancelled_is_not_cut()
    {
        var claim = (await queue.ClaimAsync())!;
        await queue.Queue.CancelAsync(bench.UserId, job, Ct);
        await Assert.ThrowsAsync<LeaseLostException>(() => Parts.WaitForAsync(claim, 2, [0, 1], Ct));
        Assert.Empty(await StatusesAsync());
    }

    /// <summary>Claims the job, cuts it, and claims the first parts (all where <paramref name="claim"/> is empty).</summary>
    private async Task<List<ClaimedJob>> CutAsync(int parts, int? claim = null)
    {
        await Parts.WaitForAsync((await queue.ClaimAsync())!, parts, [.. Enumerable.Range(0, parts)], Ct);
        var claims = new List<ClaimedJob>();
        for (var part = 0; part < (claim ?? parts); part++)
        {
            claims.Add((await queue.ClaimAsync())!);
        }

        return claims;
    }

    private Task EndAsync(ClaimedJob part) => queue.Claims.SucceedAsync(part, "", _ => Task.CompletedTask, Ct);

    private async Task<ClaimedJob> RunningAsync()
    {
        await using var db = database.CreateDbContext();
        var part = await db.Jobs.SingleAsync(j => j.ParentId == job && j.Status == JobStatus.Running, Ct);
        return new ClaimedJob(part.Id, part.WorkerId!.Value, part.Attempts, part.Kind, part.ProjectId, part.SubmittedBy, part.Title, part.AnalysisKey, part.AnalysisVersion, "{}", job, part.Part, part.Parts);
    }

    private async Task<List<JobStatus>> StatusesAsync()
    {
        await using var db = database.CreateDbContext();
        return await db.Jobs.Where(j => j.ParentId == job).Select(j => j.Status).ToListAsync(Ct);
    }
}
