using CryoHub.Imaging;
using CryoHub.Platform.Jobs;
using CryoHub.Platform.Labs;
using CryoHub.Platform.Messages;
using CryoHub.TestKit;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Tests.Jobs;

public sealed class JobQueueTests(TestDatabase database) : IClassFixture<TestDatabase>, IAsyncLifetime
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
    public async Task The_bell_rings_after_the_row_is_there()
    {
        Guid? rung = null;
        using var bell = queue.News.Subscribe<JobQueued>(async news =>
        {
            await using var db = database.CreateDbContext();
            rung = await db.Jobs.Where(j => j.Id == news.JobId).Select(j => (Guid?)j.Id).SingleOrDefaultAsync(Ct);
        });
        Assert.Equal(await queue.SubmitAsync(bench, await bench.DatasetAsync()), rung);
    }

    [Fact]
    public async Task Equal_work_is_one_job_even_when_two_people_submit_at_once()
    {
        var dataset = await bench.DatasetAsync();
        var other = await bench.PersonAsync(LabRole.Member);
        var submitted = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => queue.Queue.SubmitAsync(i % 2 == 0 ? bench.UserId : other, QueueBench.Work(bench, dataset), Ct)));
        Assert.Single(submitted.Select(s => s!.JobId).Distinct());
        Assert.Single(submitted, s => s!.IsNew);
    }

    [Fact]
    public async Task Other_parameters_or_other_pixels_are_other_work()
    {
        var (one, two) = (await bench.DatasetAsync("one"), await bench.DatasetAsync("two"));
        Guid[] jobs = [await queue.SubmitAsync(bench, one), await queue.SubmitAsync(bench, one, """{"size":2}"""), await queue.SubmitAsync(bench, two)];
        Assert.Equal(3, jobs.Distinct().Count());
    }

    [Fact]
    public async Task What_failed_is_tried_again_instead_of_reused()
    {
        var dataset = await bench.DatasetAsync();
        var first = await queue.SubmitAsync(bench, dataset);
        await queue.Claims.FailAsync((await queue.ClaimAsync())!, "No peaks.", Ct);
        Assert.NotEqual(first, await queue.SubmitAsync(bench, dataset));
    }

    [Fact]
    public async Task A_viewer_may_not_submit_and_a_stranger_sees_no_project()
    {
        var dataset = await bench.DatasetAsync();
        var viewer = await bench.PersonAsync(LabRole.Viewer);
        var problem = await Assert.ThrowsAsync<ProblemException>(() => queue.SubmitAsync(bench, dataset, by: viewer));
        Assert.Equal(ProblemKind.Forbidden, problem.Kind);
        Assert.Null(await queue.Queue.SubmitAsync(await bench.PersonAsync(), QueueBench.Work(bench, dataset), Ct));
    }

    [Fact]
    public async Task Another_labs_dataset_is_no_input()
    {
        var foreign = await (await Bench.CreateAsync(database)).DatasetAsync();
        var problem = await Assert.ThrowsAsync<ProblemException>(() => queue.SubmitAsync(bench, foreign));
        Assert.Equal(ProblemKind.Invalid, problem.Kind);
    }

    [Fact]
    public async Task A_signal_of_the_wrong_kind_is_refused_with_both_kinds_named()
    {
        var spectrum = await bench.DatasetAsync("eels", "spectrum-image");
        var problem = await Assert.ThrowsAsync<ProblemException>(() => queue.SubmitAsync(bench, spectrum));
        Assert.Contains("takes image", problem.Message);
        Assert.Contains("is spectrum-image", problem.Message);
    }

    [Fact]
    public async Task A_queued_job_is_cancelled_at_once_and_nobody_takes_it()
    {
        var job = await queue.SubmitAsync(bench, await bench.DatasetAsync());
        Assert.Equal(Change.Done, await queue.Queue.CancelAsync(bench.UserId, job, Ct));
        Assert.Equal(JobStatus.Cancelled, (await queue.JobAsync(job)).Status);
        Assert.Null(await queue.ClaimAsync());
        Assert.Equal(Change.Conflict, await queue.Queue.CancelAsync(bench.UserId, job, Ct));
    }

    [Fact]
    public async Task Only_those_who_may_edit_may_cancel()
    {
        var job = await queue.SubmitAsync(bench, await bench.DatasetAsync());
        Assert.Equal(Change.Forbidden, await queue.Queue.CancelAsync(await bench.PersonAsync(LabRole.Viewer), job, Ct));
        Assert.Equal(Change.Absent, await queue.Queue.CancelAsync(await bench.PersonAsync(), job, Ct));
    }

    [Fact]
    public async Task A_failed_job_can_be_put_back()
    {
        var job = await queue.SubmitAsync(bench, await bench.DatasetAsync());
        await queue.Claims.FailAsync((await queue.ClaimAsync())!, "No peaks.", Ct);
        Assert.Equal(Change.Done, await queue.Queue.RetryAsync(bench.UserId, job, Ct));
        Assert.Equal(job, (await queue.ClaimAsync())!.Id);
        Assert.Equal(Change.Conflict, await queue.Queue.RetryAsync(bench.UserId, job, Ct));
    }
}
