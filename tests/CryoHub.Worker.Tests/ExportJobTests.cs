using System.Buffers.Binary;
using CryoHub.Imaging;
using CryoHub.Platform.Jobs;
using CryoHub.Platform.Results;
using CryoHub.Platform.Storage;
using CryoHub.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CryoHub.Worker.Tests;

/// <summary>Data given back in other formats: the pixels of the file are the pixels that were sent.</summary>
public sealed class ExportJobTests(WorkerBench worker) : IClassFixture<WorkerBench>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private Exports Exports => worker.Services.GetRequiredService<Exports>();

    [Fact]
    public async Task An_export_holds_the_pixels_that_were_sent_and_is_named_after_the_data_set()
    {
        var (bench, dataset) = await SendAsync();
        var job = (await Exports.SubmitAsync(bench.UserId, dataset, 0, ".npy", Ct))!;
        await worker.DrainAsync();
        var done = await worker.JobAsync(job.JobId);
        Assert.True(done.Status == JobStatus.Succeeded, done.Problem);
        var item = Assert.Single(done.Result!.Items);
        Assert.Equal((ResultKind.File, "ramp.npy"), (item.Kind, item.Name));
        using var file = (await worker.Store.OpenAsync(item.ObjectKey, Ct))!;
        var bytes = new byte[file.Length];
        await file.ReadAsync(0, bytes, Ct);
        // NumPy's header is a multiple of 64 bytes; behind it lie 6 x 4 float32, rows of four.
        Assert.Equal(0, (bytes.Length - 96) % 64);
        Assert.Equal(Enumerable.Range(0, 24).Select(i => (float)((i % 4) + (10 * (i / 4)))), bytes[^96..].Chunk(4).Select(pixel => BinaryPrimitives.ReadSingleLittleEndian(pixel)));
    }

    [Fact]
    public async Task The_same_export_is_made_once_and_again_when_its_week_is_over()
    {
        var (bench, dataset) = await SendAsync();
        var first = (await Exports.SubmitAsync(bench.UserId, dataset, 0, ".npy", Ct))!;
        await worker.DrainAsync();
        Assert.Equal(new Submitted(first.JobId, IsNew: false), await Exports.SubmitAsync(bench.UserId, dataset, 0, ".npy", Ct));
        Assert.True((await Exports.SubmitAsync(bench.UserId, dataset, 0, ".csv", Ct))!.IsNew);

        worker.Clock.Advance(Exports.Keeps + TimeSpan.FromDays(1));
        await worker.Services.GetRequiredService<PeriodicJobs>().InsertAsync(Ct);
        await worker.DrainAsync();
        Assert.False(await worker.AskAsync(db => db.Results.AnyAsync(r => r.JobId == first.JobId)));
        Assert.Empty(await worker.Store.ListAsync($"results/{first.JobId}/", Ct).ToListAsync(Ct));
        Assert.True((await Exports.SubmitAsync(bench.UserId, dataset, 0, ".npy", Ct))!.IsNew);
        await worker.DrainAsync();
    }

    [Fact]
    public async Task A_stranger_exports_nothing_and_is_not_told_that_there_is_something()
    {
        var (_, dataset) = await SendAsync();
        var stranger = await Bench.CreateAsync(worker.Bench.Dbs);
        Assert.Null(await Exports.SubmitAsync(stranger.UserId, dataset, 0, ".npy", Ct));
        Assert.Null(await Exports.HeaderAsync(stranger.UserId, dataset, 0, Ct));
    }

    private async Task<(Bench Bench, Guid Dataset)> SendAsync()
    {
        var bench = await Bench.CreateAsync(worker.Bench.Dbs);
        var sent = await worker.Sender(bench).SendAsync("ramp.mrc", TestMrc.Of(4, 6, 1, (x, y, _) => x + (10 * y)));
        await worker.DrainAsync();
        return (bench, sent.DatasetId);
    }
}
