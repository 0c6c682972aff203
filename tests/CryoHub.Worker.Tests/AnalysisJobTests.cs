using CryoHub.Imaging.Sources;
using CryoHub.Platform;
using CryoHub.Platform.Jobs;
using CryoHub.Platform.Messages;
using CryoHub.Platform.Results;
using CryoHub.Platform.Storage;
using CryoHub.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CryoHub.Worker.Tests;

public sealed class AnalysisJobTests(WorkerBench worker) : IClassFixture<WorkerBench>
{
    private const int Size = 128;
    private const double PeriodNm = 8;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_spacing_of_fringes_is_found_and_published_with_its_objects()
    {
        var job = await SubmitAsync();
        await worker.DrainAsync();
        var done = await worker.JobAsync(job);
        Assert.True(done.Status == JobStatus.Succeeded, done.Problem);
        var result = done.Result!;
        Assert.Contains(result.Items, item => item.Kind is ResultKind.Table or ResultKind.Number && item.Content.RootElement.GetRawText().Contains('8'));
        foreach (var image in result.Items.Where(item => item.Kind == ResultKind.Image))
        {
            using var root = await worker.Store.OpenAsync(image.ObjectKey + "/zarr.json", Ct);
            Assert.NotNull(root);
        }

        Assert.True(result.Seconds >= 0 && result.PeakMemoryMiB > 1);
    }

    [Fact]
    public async Task A_killed_attempt_leaves_nothing_and_the_next_makes_one_result()
    {
        var job = await SubmitAsync();
        var claims = worker.Services.GetRequiredService<JobClaims>();
        Assert.Equal(job, (await claims.ClaimAsync(Guid.CreateVersion7(), JobClass.Heavy, Ct))!.Id);   // this worker dies
        await worker.Store.PutAsync($"results/{job}/1/0.zarr/zarr.json", new MemoryStream([1]), Ct);
        worker.Clock.Advance(TimeSpan.FromMinutes(2));
        await worker.DrainAsync();
        Assert.Equal(1, await worker.AskAsync(db => db.Results.CountAsync(r => r.JobId == job)));
        Assert.All(await worker.Store.ListAsync($"results/{job}/", Ct).ToListAsync(Ct), found => Assert.StartsWith($"results/{job}/2/", found.Key));
    }

    [Fact]
    public async Task A_result_that_is_committed_keeps_its_objects_whatever_fails_afterwards()
    {
        var job = await SubmitAsync();
        using var listener = worker.Services.GetRequiredService<LocalNews>().Subscribe<JobChanged>(
            news => news is { Status: JobStatus.Succeeded } && news.JobId == job ? throw new IOException("The broker is away.") : Task.CompletedTask);
        await worker.DrainAsync();
        var result = (await worker.JobAsync(job)).Result!;
        foreach (var item in result.Items.Where(item => item.Kind == ResultKind.Image))
        {
            using var root = await worker.Store.OpenAsync(item.ObjectKey + "/zarr.json", Ct);
            Assert.NotNull(root);
        }
    }

    [Fact]
    public async Task An_attempt_that_was_thought_dead_takes_nothing_from_the_one_after_it()
    {
        var job = await SubmitAsync();
        var claims = worker.Services.GetRequiredService<JobClaims>();
        var sleeper = (await claims.ClaimAsync(Guid.CreateVersion7(), JobClass.Heavy, Ct))!;
        worker.Clock.Advance(TimeSpan.FromMinutes(2));
        await worker.DrainAsync();
        await worker.Services.GetRequiredService<JobRunner>().RunAsync(sleeper, Ct);
        Assert.NotEmpty(await worker.Store.ListAsync($"results/{job}/2/", Ct).ToListAsync(Ct));
    }

    [Fact]
    public async Task A_picture_of_a_result_is_a_data_set_that_the_next_analysis_reads()
    {
        var job = await SubmitAsync();
        await worker.DrainAsync();
        var picture = await worker.AskAsync(db => db.Datasets.Include(d => d.Signals).Include(d => d.Result).OrderBy(d => d.ResultItem).FirstAsync(d => d.Result!.JobId == job));
        Assert.Equal(("image", "float32"), (picture.Kind, picture.Signals.Single().PixelType));
        var next = await worker.SubmitAsync("fft-peaks", picture.Id, []);
        await worker.DrainAsync();
        var done = await worker.JobAsync(next);
        Assert.True(done.Status == JobStatus.Succeeded, done.Problem);
    }

    [Fact]
    public async Task Pictures_of_two_results_are_never_taken_for_the_same_input()
    {
        var job = await SubmitAsync();
        var other = await SubmitAsync();
        await worker.DrainAsync();
        var pictures = await worker.AskAsync(db => db.Datasets.Where(d => d.ResultItem != null && (d.Result!.JobId == job || d.Result.JobId == other)).Select(d => d.Id).ToListAsync(Ct));
        var hashes = new HashSet<string>();
        foreach (var picture in pictures)
        {
            var next = await worker.SubmitAsync("fft-peaks", picture, []);
            hashes.Add(Convert.ToHexString((await worker.JobAsync(next)).Inputs.Single().Sha256));
        }

        Assert.Equal(pictures.Count, hashes.Count);
        await worker.DrainAsync();
    }

    [Fact]
    public async Task A_result_takes_its_pictures_with_it_into_the_trash()
    {
        var job = await SubmitAsync();
        await worker.DrainAsync();
        var result = (await worker.JobAsync(job)).Result!;
        var person = (await worker.JobAsync(job)).SubmittedBy!.Value;
        Assert.Equal(Change.Done, await worker.Services.GetRequiredService<ResultCatalog>().DeleteAsync(person, result.Id, Ct));
        Assert.All(await worker.AskAsync(db => db.Datasets.Where(d => d.ResultId == result.Id).ToListAsync(Ct)), picture => Assert.NotNull(picture.DeletedAt));
    }

    [Fact]
    public async Task J09_the_same_work_again_gives_the_same_bytes()
    {
        var (one, other) = (await SubmitAsync(), await SubmitAsync());   // each in a project of its own: the second is no reuse of the first
        await worker.DrainAsync();
        var bytes = await ObjectsAsync(one);
        Assert.NotEmpty(bytes);
        Assert.Equal(bytes, await ObjectsAsync(other));
    }

    private async Task<List<(string Key, string Sha256)>> ObjectsAsync(Guid job)
    {
        var objects = new List<(string, string)>();
        var home = $"results/{job}/1/";
        await foreach (var found in worker.Store.ListAsync(home, Ct))
        {
            using var stored = await worker.Store.OpenAsync(found.Key, Ct);
            objects.Add((found.Key[home.Length..], Convert.ToHexStringLower(await stored!.Sha256Async(Ct))));
        }

        return objects;
    }

    private async Task<Guid> SubmitAsync()
    {
        var fringes = TestMrc.Of(Size, Size, 1, (x, _, _) => (float)(100 + (50 * Math.Cos(2 * Math.PI * x / PeriodNm))));
        return await worker.SubmitAsync("fft-peaks", "fringes.mrc", fringes, []);
    }
}
