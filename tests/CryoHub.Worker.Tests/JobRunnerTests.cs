using CryoHub.Imaging;
using CryoHub.Platform;
using CryoHub.Platform.Jobs;
using CryoHub.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace CryoHub.Worker.Tests;

public sealed class JobRunnerTests(WorkerBench worker) : IClassFixture<WorkerBench>
{
    private static readonly JobOptions Quick = new() { Heartbeat = TimeSpan.FromMilliseconds(50) };

    [Fact]
    public async Task A_cancelled_job_ends_within_three_seconds()
    {
        var job = await QueuedAsync();
        var started = new TaskCompletionSource();
        var running = RunAsync(async (_, ct) =>
        {
            started.SetResult();
            await Task.Delay(Timeout.Infinite, ct);
        }, TestContext.Current.CancellationToken);
        await started.Task;
        await worker.Services.GetRequiredService<JobQueue>().CancelAsync(worker.Bench.UserId, job, CancellationToken.None);
        await running.WaitAsync(TimeSpan.FromSeconds(3), TestContext.Current.CancellationToken);
        Assert.Equal(JobStatus.Cancelled, (await worker.JobAsync(job)).Status);
    }

    [Fact]
    public async Task Stop_and_keep_reaches_the_work_and_what_it_has_is_kept()
    {
        var job = await QueuedAsync();
        var started = new TaskCompletionSource();
        var running = RunAsync(async (run, ct) =>
        {
            started.SetResult();
            await Task.Delay(Timeout.Infinite, run.StopAndKeep).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await run.SucceedAsync("kept", _ => Task.CompletedTask, ct);
        }, TestContext.Current.CancellationToken);
        await started.Task;
        await worker.Services.GetRequiredService<JobQueue>().StopAsync(worker.Bench.UserId, job, CancellationToken.None);
        await running.WaitAsync(TimeSpan.FromSeconds(3), TestContext.Current.CancellationToken);
        Assert.Equal((JobStatus.Succeeded, "kept"), ((await worker.JobAsync(job)).Status, (await worker.JobAsync(job)).Summary));
    }

    [Fact]
    public async Task A_reason_goes_to_the_row_and_a_bug_is_named_without_its_insides()
    {
        var reason = await QueuedAsync();
        await RunAsync((_, _) => throw ProblemException.Invalid("The window ends at 600 eV; the spectrum at 550 eV."), TestContext.Current.CancellationToken);
        Assert.Equal("The window ends at 600 eV; the spectrum at 550 eV.", (await worker.JobAsync(reason)).Problem);
        var bug = await QueuedAsync();
        await RunAsync((_, _) => throw new NullReferenceException("secret"), TestContext.Current.CancellationToken);
        Assert.Equal(JobStatus.Failed, (await worker.JobAsync(bug)).Status);
        Assert.DoesNotContain("secret", (await worker.JobAsync(bug)).Problem);
    }

    /// <summary><c>/dev/full</c> answers every write as a full disk does.</summary>
    [Fact]
    public async Task J12_a_full_disk_is_named_and_a_worker_without_room_takes_no_jobs()
    {
        var job = await QueuedAsync();
        await RunAsync(
            async (_, ct) =>
            {
                await using var full = new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, 0);
                await full.WriteAsync(new byte[10], ct);
            },
            TestContext.Current.CancellationToken);
        Assert.Equal("The worker's disk is full: no room was left for temporary files. Run it again when there is.", (await worker.JobAsync(job)).Problem);
        Assert.True(DiskRoom.IsEnough(Path.GetTempPath(), 0));
        Assert.False(DiskRoom.IsEnough(Path.GetTempPath(), long.MaxValue));
    }

    [Fact]
    public async Task A_worker_that_stops_gives_its_job_back()
    {
        var job = await QueuedAsync();
        using var stopping = new CancellationTokenSource();
        var started = new TaskCompletionSource();
        var running = RunAsync(
            async (_, ct) =>
            {
                started.SetResult();
                await Task.Delay(Timeout.Infinite, ct);
            },
            stopping.Token);
        await started.Task;
        await stopping.CancelAsync();
        await running;
        Assert.Equal((JobStatus.Queued, 0), ((await worker.JobAsync(job)).Status, (await worker.JobAsync(job)).Crashes));
        await worker.Services.GetRequiredService<JobQueue>().CancelAsync(worker.Bench.UserId, job, CancellationToken.None);
    }

    private async Task<Guid> QueuedAsync() => await worker.AskAsync(async db =>
    {
        var job = new Job { Id = Guid.CreateVersion7(), ProjectId = worker.Bench.ProjectId, Kind = "fake", Class = JobClass.Heavy, CreatedAt = worker.Clock.GetUtcNow(), SubmittedBy = worker.Bench.UserId };
        db.Jobs.Add(job);
        await db.SaveChangesAsync();
        return job.Id;
    });

    private async Task RunAsync(Func<JobRun, CancellationToken, Task> work, CancellationToken stopping)
    {
        var claims = worker.Services.GetRequiredService<JobClaims>();
        var job = await claims.ClaimAsync(Guid.CreateVersion7(), JobClass.Heavy, CancellationToken.None);
        await new JobRunner(claims, [new Fake(work)], Options.Create(Quick), TimeProvider.System, NullLogger<JobRunner>.Instance).RunAsync(job!, stopping);
    }

    private sealed class Fake(Func<JobRun, CancellationToken, Task> work) : IJobHandler
    {
        public string Kind => "fake";

        public Task RunAsync(JobRun run, CancellationToken ct) => work(run, ct);
    }
}
