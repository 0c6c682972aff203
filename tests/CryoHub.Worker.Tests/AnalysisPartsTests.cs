using System.Text.Json.Nodes;
using CryoHub.Platform.Jobs;
using CryoHub.Platform.Results;
using CryoHub.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CryoHub.Worker.Tests;

/// <summary>A tomogram whose filtered projections take 1.4 MiB, on a worker that allows 1 MiB.</summary>
public sealed class AnalysisPartsTests(WorkerBench worker) : IClassFixture<WorkerBench>
{
    private static readonly byte[] Series = TestMrc.Of(150, 300, 7, (x, y, view) => ((x * 7) + (y * 13) + (view * 31)) % 101);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_job_in_parts_gives_the_same_bytes_as_one_in_one_piece_and_leaves_no_parts_behind()
    {
        var whole = await RunAsync(1024);
        var cut = await RunAsync(1);
        var parts = await worker.AskAsync(db => db.Jobs.Where(j => j.ParentId == cut).Select(j => j.Status).ToListAsync(Ct));
        Assert.Equal([JobStatus.Succeeded, JobStatus.Succeeded], parts);
        Assert.Equal(await TomogramAsync(whole), await TomogramAsync(cut));
        Assert.Empty(await worker.Store.ListAsync($"results/{cut}/parts/", Ct).ToListAsync(Ct));
        var (one, other) = ((await worker.JobAsync(whole)).Result!, (await worker.JobAsync(cut)).Result!);
        Assert.Equal(one.Items.Select(item => (item.Name, item.Kind)), other.Items.Select(item => (item.Name, item.Kind)));
        Assert.Equal(one.Warnings, other.Warnings);
    }

    [Fact]
    public async Task A_part_whose_worker_dies_is_done_again_and_there_is_one_result()
    {
        var job = await SubmitAsync(1);
        var claims = worker.Services.GetRequiredService<JobClaims>();
        await worker.Services.GetRequiredService<JobRunner>().RunAsync((await claims.ClaimAsync(Guid.CreateVersion7(), JobClass.Heavy, Ct))!, Ct);
        Assert.Equal(JobStatus.Waiting, (await worker.JobAsync(job)).Status);
        var dead = (await claims.ClaimAsync(Guid.CreateVersion7(), JobClass.Heavy, Ct))!;   // this worker dies
        Assert.Equal(job, dead.ParentId);
        worker.Clock.Advance(TimeSpan.FromMinutes(2));
        await worker.DrainAsync();
        Assert.Equal(JobStatus.Succeeded, (await worker.JobAsync(job)).Status);
        Assert.Equal(1, await worker.AskAsync(db => db.Results.CountAsync(r => r.JobId == job)));
        Assert.Equal([2, 1], await worker.AskAsync(db => db.Jobs.Where(j => j.ParentId == job).OrderBy(j => j.Part).Select(j => j.Attempts).ToListAsync(Ct)));
    }

    [Fact]
    public async Task A_part_that_vanished_from_the_store_is_made_again_before_the_join()
    {
        var job = await SubmitAsync(1);
        var claims = worker.Services.GetRequiredService<JobClaims>();
        for (var turn = 0; turn < 3; turn++)   // cut, and both parts
        {
            await worker.Services.GetRequiredService<JobRunner>().RunAsync((await claims.ClaimAsync(Guid.CreateVersion7(), JobClass.Heavy, Ct))!, Ct);
        }

        Assert.Equal(JobStatus.Queued, (await worker.JobAsync(job)).Status);
        await worker.Store.DeleteAsync($"results/{job}/parts/00001", Ct);
        await worker.DrainAsync();
        var done = await worker.JobAsync(job);
        Assert.True(done.Status == JobStatus.Succeeded, done.Problem);
    }

    [Fact]
    public async Task What_a_part_cannot_use_is_the_jobs_reason()
    {
        var job = await SubmitAsync(1, TestMrc.Of(150, 300, 7, (x, y, view) => (x, y, view) == (3, 5, 2) ? float.NaN : x));
        await worker.DrainAsync();
        var failed = await worker.JobAsync(job);
        Assert.Equal((JobStatus.Failed, "Projection 2 (-20 deg) holds 1 of 45000 pixels without a value (NaN or infinite), the first at x 3, y 5."), (failed.Status, failed.Problem));
        Assert.Null(failed.Result);
    }

    private async Task<Guid> RunAsync(int memoryMiB)
    {
        var job = await SubmitAsync(memoryMiB);
        await worker.DrainAsync();
        var done = await worker.JobAsync(job);
        Assert.True(done.Status == JobStatus.Succeeded, done.Problem);
        return job;
    }

    private Task<Guid> SubmitAsync(int memoryMiB, byte[]? series = null)
    {
        worker.Services.GetRequiredService<IOptions<JobOptions>>().Value.AnalysisMemoryMiB = memoryMiB;
        var angles = new JsonArray([.. Enumerable.Range(0, 7).Select(view => (JsonNode)(-60 + (20.0 * view)))]);
        return worker.SubmitAsync("tomogram-wbp", "series.mrc", series ?? Series, new JsonObject { ["angles"] = angles, ["depth"] = 40 });
    }

    private async Task<byte[]> TomogramAsync(Guid job)
    {
        var file = (await worker.JobAsync(job)).Result!.Items.Single(item => item.Kind == ResultKind.File);
        using var stored = await worker.Store.OpenAsync(file.ObjectKey, Ct);
        var bytes = new byte[stored!.Length];
        await stored.ReadAsync(0, bytes, Ct);
        return bytes;
    }
}
