using CryoHub.Imaging;
using CryoHub.Platform.Jobs;
using CryoHub.Platform.Labs;
using CryoHub.Platform.Results;
using CryoHub.TestKit;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Tests.Jobs;

public sealed class JobClaimsTests(TestDatabase database) : IClassFixture<TestDatabase>, IAsyncLifetime
{
    private readonly QueueBench queue = new(database);
    private Bench bench = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        bench = await Bench.CreateAsync(database);
        await using var db = database.CreateDbContext();
        await db.Jobs.Where(j => j.Status == JobStatus.Queued || j.Status == JobStatus.Running).ExecuteUpdateAsync(set => set.SetProperty(j => j.Status, JobStatus.Cancelled), Ct);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Twenty_workers_at_once_never_take_the_same_job()
    {
        var dataset = await bench.DatasetAsync();
        var jobs = new List<Guid>();
        for (var i = 0; i < 12; i++)
        {
            jobs.Add(await queue.SubmitAsync(bench, dataset, $$"""{"n":{{i}}}"""));
        }

        var claims = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => queue.ClaimAsync()));
        Assert.Equal(jobs.Order(), claims.Where(claim => claim is not null).Select(claim => claim!.Id).Order());
    }

    [Fact]
    public async Task One_job_of_a_lab_comes_before_the_many_of_another()
    {
        var dataset = await bench.DatasetAsync();
        for (var i = 0; i < 50; i++)
        {
            await queue.SubmitAsync(bench, dataset, $$"""{"n":{{i}}}""");
        }

        var small = await Bench.CreateAsync(database);
        queue.Clock.Advance(TimeSpan.FromMinutes(1));
        var single = await queue.SubmitAsync(small, await small.DatasetAsync());
        var first = await queue.ClaimAsync();
        await queue.Claims.FailAsync(first!, "", Ct);
        var second = await queue.ClaimAsync();
        Assert.Contains(single, new[] { first!.Id, second!.Id });
    }

    [Fact]
    public async Task A_light_slot_does_not_take_heavy_work()
    {
        await queue.SubmitAsync(bench, await bench.DatasetAsync());
        Assert.Null(await queue.ClaimAsync(JobClass.Light));
    }

    [Fact]
    public async Task A_job_is_taken_again_when_its_lease_ran_out_and_not_before()
    {
        var job = await queue.SubmitAsync(bench, await bench.DatasetAsync());
        var dead = await queue.ClaimAsync();
        queue.Clock.Advance(TimeSpan.FromSeconds(29));
        Assert.Equal(Beat.GoOn, await queue.Claims.BeatAsync(dead!, 0.5, "half", Ct));
        queue.Clock.Advance(TimeSpan.FromSeconds(29));
        Assert.Null(await queue.ClaimAsync());
        queue.Clock.Advance(TimeSpan.FromSeconds(2));
        var heir = await queue.ClaimAsync();
        Assert.Equal((job, 2), (heir!.Id, heir.Attempt));
        Assert.Equal(0, (await queue.JobAsync(job)).Crashes);   // the death of a host never counts
    }

    [Fact]
    public async Task A_worker_that_was_thought_dead_publishes_nothing()
    {
        var job = await queue.SubmitAsync(bench, await bench.DatasetAsync());
        var dead = await queue.ClaimAsync();
        queue.Clock.Advance(TimeSpan.FromSeconds(31));
        var heir = await queue.ClaimAsync();
        Assert.Equal(Beat.Lost, await queue.Claims.BeatAsync(dead!, 0.9, "late", Ct));
        await Assert.ThrowsAsync<LeaseLostException>(() => queue.Claims.SucceedAsync(dead!, "", db => PublishAsync(db, dead!), Ct));
        await queue.Claims.SucceedAsync(heir!, "", db => PublishAsync(db, heir!), Ct);
        await Assert.ThrowsAsync<LeaseLostException>(() => queue.Claims.SucceedAsync(heir!, "", db => PublishAsync(db, heir!), Ct));
        await using var db = database.CreateDbContext();
        Assert.Equal(1, await db.Results.CountAsync(r => r.JobId == job, Ct));
    }

    [Fact]
    public async Task The_heartbeat_carries_progress_and_brings_back_the_persons_wishes()
    {
        var job = await queue.SubmitAsync(bench, await bench.DatasetAsync());
        var claim = await queue.ClaimAsync();
        Assert.Equal(Beat.GoOn, await queue.Claims.BeatAsync(claim!, 0.25, "slab 2 of 8", Ct));
        Assert.Equal((0.25, "slab 2 of 8"), ((await queue.JobAsync(job)).Fraction, (await queue.JobAsync(job)).Step));
        await queue.Queue.StopAsync(bench.UserId, job, Ct);
        Assert.Equal(Beat.StopAndKeep, await queue.Claims.BeatAsync(claim!, 0.3, "", Ct));
        await queue.Queue.CancelAsync(bench.UserId, job, Ct);
        Assert.Equal(Beat.Cancelled, await queue.Claims.BeatAsync(claim!, 0.4, "", Ct));
        await Assert.ThrowsAsync<LeaseLostException>(() => queue.Claims.SucceedAsync(claim!, "", db => PublishAsync(db, claim!), Ct));
    }

    [Fact]
    public async Task A_wish_to_cancel_outlives_the_worker()
    {
        var job = await queue.SubmitAsync(bench, await bench.DatasetAsync());
        await queue.ClaimAsync();
        await queue.Queue.CancelAsync(bench.UserId, job, Ct);
        queue.Clock.Advance(TimeSpan.FromSeconds(31));
        Assert.Null(await queue.ClaimAsync());
        Assert.Equal(JobStatus.Cancelled, (await queue.JobAsync(job)).Status);
    }

    [Fact]
    public async Task The_third_death_of_its_process_is_final_and_a_graceful_stop_never_counts()
    {
        var job = await queue.SubmitAsync(bench, await bench.DatasetAsync());
        for (var i = 0; i < 5; i++)
        {
            await queue.Claims.ReleaseAsync((await queue.ClaimAsync())!, Ct);
        }

        for (var i = 0; i < 3; i++)
        {
            await queue.Claims.CrashedAsync((await queue.ClaimAsync())!, "Segmentation fault.", Ct);
        }

        var ended = await queue.JobAsync(job);
        Assert.Equal((JobStatus.Failed, 3, "Its process died 3 times. Segmentation fault."), (ended.Status, ended.Crashes, ended.Problem));
        Assert.Null(await queue.ClaimAsync());
    }

    [Fact]
    public async Task A_job_whose_input_went_to_the_trash_while_it_waited_fails_with_the_reason_and_reads_nothing()
    {
        var dataset = await bench.DatasetAsync();
        var job = await queue.SubmitAsync(bench, dataset);
        await using (var db = database.CreateDbContext())
        {
            await db.Datasets.Where(d => d.Id == dataset).ExecuteUpdateAsync(set => set.SetProperty(d => d.DeletedAt, queue.Clock.GetUtcNow()), Ct);
        }

        Assert.Null(await queue.ClaimAsync());
        var ended = await queue.JobAsync(job);
        Assert.Equal(JobStatus.Failed, ended.Status);
        Assert.Contains("trash", ended.Problem);
    }

    [Fact]
    public async Task A_job_whose_input_was_replaced_while_it_waited_fails()
    {
        var dataset = await bench.DatasetAsync();
        var job = await queue.SubmitAsync(bench, dataset);
        await using (var db = database.CreateDbContext())
        {
            await db.DatasetFiles.Where(f => f.DatasetId == dataset).ExecuteUpdateAsync(set => set.SetProperty(f => f.Sha256, new byte[32]), Ct);
        }

        Assert.Null(await queue.ClaimAsync());
        Assert.Contains("others than at submission", (await queue.JobAsync(job)).Problem);
    }

    [Fact]
    public async Task The_submitters_right_is_asked_again_at_claim_and_at_publishing()
    {
        var member = await bench.PersonAsync(LabRole.Member);
        var dataset = await bench.DatasetAsync();
        var waiting = await queue.SubmitAsync(bench, dataset, """{"n":1}""", member);
        var running = await queue.SubmitAsync(bench, dataset, """{"n":2}""", member);
        var claim = await queue.ClaimAsync();
        await bench.LeaveLabAsync(member);
        Assert.Null(await queue.ClaimAsync());
        var problem = await Assert.ThrowsAsync<ProblemException>(() => queue.Claims.SucceedAsync(claim!, "", db => PublishAsync(db, claim!), Ct));
        Assert.Equal(ProblemKind.Forbidden, problem.Kind);
        Assert.Equal(JobStatus.Failed, (await queue.JobAsync(new[] { waiting, running }.Single(id => id != claim!.Id))).Status);
        await using var db = database.CreateDbContext();
        Assert.False(await db.Results.AnyAsync(r => r.JobId == claim!.Id, Ct));
    }

    private Task PublishAsync(CryoHubDb db, ClaimedJob claim)
    {
        db.Results.Add(new Result { Id = Guid.CreateVersion7(), JobId = claim.Id, ProjectId = bench.ProjectId, Title = "Peaks", CreatedAt = queue.Clock.GetUtcNow() });
        return Task.CompletedTask;
    }
}
