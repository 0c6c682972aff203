using CryoHub.Platform.Datasets;
using CryoHub.Platform.Jobs;
using CryoHub.Platform.Messages;
using CryoHub.Platform.Storage;
using CryoHub.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace CryoHub.Worker.Tests;

public sealed class IngestTests(WorkerBench worker) : IClassFixture<WorkerBench>
{
    private static readonly byte[] Stack = TestMrc.Of(32, 24, 3, (x, y, z) => x + (100 * y) + (10_000 * z));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_received_stack_becomes_a_signal_with_its_pixels_axes_and_picture()
    {
        var sent = await worker.Sender().SendAsync("stack.mrc", Stack);
        await worker.DrainAsync();
        var dataset = await worker.DatasetAsync(sent.DatasetId);
        Assert.True(dataset.Status == DatasetStatus.Ready, dataset.Problem);
        Assert.Equal("mrc", dataset.Format);
        var signal = Assert.Single(dataset.Signals);
        Assert.Equal([3, 24, 32], signal.Shape);
        Assert.Equal("float32", signal.PixelType);
        var header = SignalJson.Header(signal);
        Assert.Equal(1, header.Axes[2].Step, 6);
        Assert.Equal("nm", header.Axes[2].Unit);
        Assert.Equal(22_331, signal.Statistics.RootElement.GetProperty("max").GetDouble());   // 31 + 100 * 23 + 10 000 * 2
        using var thumbnail = await worker.Store.OpenAsync(signal.ThumbnailKey, Ct);
        Assert.True(thumbnail!.Length > 50);

        using var group = worker.Services.GetRequiredService<SignalDisk>().Read(signal.ZarrPrefix);
        var stored = await Imaging.Pyramids.ZarrSignal.OpenAsync(group, header, Ct);
        var frame = new byte[24 * 32 * 4];
        await stored.ReadFrameAsync(2, frame, Ct);
        Assert.Equal(Stack[(1024 + (2 * frame.Length))..], frame);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3000)]   // what cannot be read either is quarantined all the same: the bytes are not the sender's
    public async Task U07_another_hash_than_the_senders_is_quarantined_and_both_hashes_are_told(int missing)
    {
        var sender = worker.Sender();
        var bytes = Stack[..^missing];
        var upload = await sender.StartAsync("foreign.mrc", bytes.Length);
        var part = await sender.SendPartAsync(upload, 1, bytes);
        var changed = (byte[])bytes.Clone();
        changed[2000] ^= 1;   // U06: the file changed between hashing and sending
        var done = await sender.CompleteAsync(upload, changed, [part]);
        await worker.DrainAsync();
        var dataset = await worker.DatasetAsync(done!.DatasetId);
        Assert.Equal(DatasetStatus.Quarantined, dataset.Status);
        Assert.Contains("foreign.mrc: the sender's SHA-256 is", dataset.Problem);
        Assert.Empty(dataset.Signals);
        Assert.Equal(JobStatus.Failed, (await worker.JobAsync(done.JobId!.Value)).Status);
        Assert.Empty(await worker.Store.ListAsync($"datasets/{done.DatasetId}/ingest/", Ct).ToListAsync(Ct));
    }

    [Theory]
    [InlineData("empty.mrc", 0)]
    [InlineData("cut.mrc", 5000)]
    [InlineData("header.mrc", 1024)]
    [InlineData("noise.mrc", -4000)]
    public async Task A_file_that_cannot_be_read_says_why_and_is_kept(string name, int length)
    {
        var file = length >= 0 ? Stack[..length] : Noise(-length);
        var sent = await worker.Sender().SendAsync(name, file);
        await worker.DrainAsync();
        var dataset = await worker.DatasetAsync(sent.DatasetId);
        Assert.Equal(DatasetStatus.Unreadable, dataset.Status);
        Assert.Matches("[0-9]", dataset.Problem);
        Assert.Empty(dataset.Signals);
        using var original = await worker.Store.OpenAsync(dataset.Files.Single().ObjectKey, Ct);
        Assert.Equal(file.Length, original!.Length);
        Assert.Empty(await worker.Store.ListAsync($"datasets/{sent.DatasetId}/ingest/", Ct).ToListAsync(Ct));
    }

    [Fact]
    public async Task An_ingest_that_died_half_way_is_done_again_and_leaves_one_set_of_objects()
    {
        var sent = await worker.Sender().SendAsync("again.mrc", Stack);
        var claims = worker.Services.GetRequiredService<JobClaims>();
        Assert.NotNull(await claims.ClaimAsync(Guid.CreateVersion7(), JobClass.Light, Ct));   // this worker dies
        await worker.Store.PutAsync($"datasets/{sent.DatasetId}/ingest/{sent.JobId}-1/0.zarr/zarr.json", new MemoryStream([1, 2, 3]), Ct);
        worker.Clock.Advance(TimeSpan.FromMinutes(2));
        await worker.DrainAsync();
        var dataset = await worker.DatasetAsync(sent.DatasetId);
        Assert.Equal(DatasetStatus.Ready, dataset.Status);
        var prefix = dataset.Signals.Single().ZarrPrefix[..^"0.zarr".Length];
        Assert.All(await worker.Store.ListAsync($"datasets/{sent.DatasetId}/ingest/", Ct).ToListAsync(Ct), found => Assert.StartsWith(prefix, found.Key));
    }

    [Fact]
    public async Task What_died_before_is_removed_although_the_heartbeat_gives_the_finished_job_up_at_once()
    {
        var sent = await worker.Sender().SendAsync("swift.mrc", Stack);
        var home = $"datasets/{sent.DatasetId}/ingest/";
        await worker.Store.PutAsync($"{home}{sent.JobId}-0/0.zarr/zarr.json", new MemoryStream([1, 2, 3]), Ct);
        using var beat = new CancellationTokenSource();
        using var listener = worker.Services.GetRequiredService<LocalNews>().Subscribe<JobChanged>(
            news => news is { Status: JobStatus.Succeeded } && news.JobId == sent.JobId ? beat.CancelAsync() : Task.CompletedTask);
        var claims = worker.Services.GetRequiredService<JobClaims>();
        var job = (await claims.ClaimAsync(Guid.CreateVersion7(), JobClass.Light, Ct))!;
        Assert.Equal(sent.JobId, job.Id);
        var ingest = worker.Services.GetServices<IJobHandler>().Single(handler => handler.Kind == JobKinds.Ingest);
        await ingest.RunAsync(new JobRun(job, claims, new Progress<Analyses.Step>(), CancellationToken.None), beat.Token);
        Assert.True(beat.IsCancellationRequested);
        Assert.All(await worker.Store.ListAsync(home, Ct).ToListAsync(Ct), found => Assert.StartsWith($"{home}{sent.JobId}-1/", found.Key));
    }

    [Fact]
    public async Task A_tilt_series_finds_its_angles_in_the_companion()
    {
        string[] names = ["ts.st", "ts.rawtlt"];
        var sender = worker.Sender();
        await sender.SendAsync("ts.rawtlt", "-60.0\n0.0\n60.5\n"u8.ToArray(), names);
        var sent = await sender.SendAsync("ts.st", Stack, names);
        await worker.DrainAsync();
        var dataset = await worker.DatasetAsync(sent.DatasetId);
        Assert.Equal("tilt-series", dataset.Kind);
        Assert.Equal([-60.0, 0.0, 60.5], SignalJson.Header(dataset.Signals.Single()).Axes[0].Values);
    }

    private static byte[] Noise(int length)
    {
        var bytes = new byte[length];
        new Random(1).NextBytes(bytes);
        return bytes;
    }
}
