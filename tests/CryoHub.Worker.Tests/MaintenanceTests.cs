using CryoHub.Platform.Jobs;
using CryoHub.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CryoHub.Worker.Tests;

/// <summary>Harm done behind the system's back, and what the daily jobs say about it. The clock starts after files were written: it jumps a month and more.</summary>
public sealed class MaintenanceTests(WorkerBench worker) : IClassFixture<WorkerBench>
{
    private static readonly byte[] Stack = TestMrc.Of(16, 16, 1, (x, y, _) => x * y);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_workers_insert_the_days_work_once()
    {
        worker.Clock.Advance(TimeSpan.FromDays(1));
        var periodic = worker.Services.GetRequiredService<PeriodicJobs>();
        var inserted = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => periodic.InsertAsync(Ct)));
        Assert.Equal(4, inserted.Sum());
        await worker.DrainAsync();
    }

    [Fact]
    public async Task U16_and_U17_a_flipped_byte_and_a_missing_object_are_found_and_named()
    {
        var (flipped, missing, sound) = (await SendAsync("flipped.mrc"), await SendAsync("missing.mrc"), await SendAsync("sound.mrc"));
        await worker.DrainAsync();
        var path = worker.PathOf((await worker.DatasetAsync(flipped)).Files.Single().ObjectKey);
        var bytes = await File.ReadAllBytesAsync(path, Ct);
        bytes[1500] ^= 4;
        await File.WriteAllBytesAsync(path, bytes, Ct);
        File.Delete(worker.PathOf((await worker.DatasetAsync(missing)).Files.Single().ObjectKey));
        await RunDailyAsync();
        var damaged = (await worker.DatasetAsync(flipped)).Files.Single();
        Assert.StartsWith("The stored bytes have SHA-256", damaged.Damage);
        Assert.Equal(worker.Clock.GetUtcNow(), damaged.VerifiedAt!.Value, TimeSpan.FromMicroseconds(1));   // PostgreSQL keeps microseconds
        Assert.Equal($"The object of {Stack.Length} bytes is missing.", (await worker.DatasetAsync(missing)).Files.Single().Damage);
        Assert.Equal("", (await worker.DatasetAsync(sound)).Files.Single().Damage);
        var report = await worker.AskAsync(db => db.Jobs.Where(j => j.Kind == JobKinds.Fixity).OrderByDescending(j => j.CreatedAt).Select(j => j.Summary).FirstAsync());
        Assert.Contains($"flipped.mrc of data set {flipped}", report);
    }

    [Fact]
    public async Task The_heads_of_the_audit_log_are_signed_daily_and_no_clean_up_removes_them()
    {
        await RunDailyAsync();
        var heads = await KeysAsync("audit/heads/");
        Assert.NotEmpty(heads);
        await RunDailyAsync();
        await RunDailyAsync();
        Assert.Superset(heads.ToHashSet(), (await KeysAsync("audit/heads/")).ToHashSet());
        Assert.Single(await KeysAsync("audit/signing-key.pem"));
        var report = await worker.AskAsync(db => db.Jobs.Where(j => j.Kind == JobKinds.AuditHeads).OrderByDescending(j => j.CreatedAt).Select(j => j.Summary).FirstAsync());
        Assert.Contains(", 0 faults; ", report);
    }

    [Fact]
    public async Task Verify_at_the_command_line_says_how_every_chain_stands()
    {
        await RunDailyAsync();
        await using var said = new StringWriter();
        Assert.Equal(0, await AuditCheck.RunAsync(worker.Services.GetRequiredService<IConfiguration>(), said, Ct));
        Assert.Contains($"whole  lab {worker.Bench.LabId}: ", said.ToString());
        Assert.Contains(" 0 faults", said.ToString());
    }

    [Fact]
    public async Task U19_objects_without_a_row_go_and_what_rows_name_stays()
    {
        var kept = await SendAsync("kept.mrc");
        await worker.DrainAsync();
        await worker.Store.PutAsync("results/00000000-0000-0000-0000-000000000000/1/0", new MemoryStream([1]), Ct);
        var before = await KeysAsync($"datasets/{kept}/");
        await RunDailyAsync();
        Assert.Empty(await KeysAsync("results/00000000-0000-0000-0000-000000000000/"));
        Assert.Equal(before, await KeysAsync($"datasets/{kept}/"));
    }

    [Fact]
    public async Task An_object_without_a_row_takes_no_neighbour_with_it_whose_name_begins_alike()
    {
        var dataset = await SendAsync("neighbours.mrc");
        await worker.DrainAsync();
        var kept = (await worker.DatasetAsync(dataset)).Files.Single().ObjectKey;
        var orphan = kept[..^1];
        await worker.Store.PutAsync(orphan, new MemoryStream([1]), Ct);
        await RunDailyAsync();
        Assert.Equal([kept], await KeysAsync(orphan));
    }

    /// <summary>Rows from before and objects from after the moment of a backup, and the reverse.</summary>
    [Fact]
    public async Task U22_after_a_restore_every_mismatch_is_listed_and_nothing_of_the_last_day_is_removed()
    {
        var (lostRow, lostObject) = (await SendAsync("newer-object.mrc"), await SendAsync("newer-row.mrc"));
        await worker.DrainAsync();
        var (kept, gone) = ((await worker.DatasetAsync(lostRow)).Files.Single().ObjectKey, (await worker.DatasetAsync(lostObject)).Files.Single().ObjectKey);
        await worker.AskAsync(db => db.Datasets.Where(d => d.Id == lostRow).ExecuteDeleteAsync(Ct));
        File.Delete(worker.PathOf(gone));
        MoveToNow();
        File.SetLastWriteTimeUtc(worker.PathOf(kept), worker.Clock.GetUtcNow().UtcDateTime);   // of this moment by the job's clock, wherever other tests have moved it
        var job = new Job { Id = Guid.CreateVersion7(), Kind = JobKinds.Reconcile, CreatedAt = worker.Clock.GetUtcNow() };
        await worker.AskAsync(async db =>
        {
            db.Jobs.Add(job);
            return await db.SaveChangesAsync(Ct);
        });
        await worker.DrainAsync();
        var done = await worker.JobAsync(job.Id);
        Assert.True(done.Status == JobStatus.Succeeded, $"{done.Status} {done.Problem}");
        var report = done.Summary;
        Assert.Contains(kept, report);
        Assert.Contains(gone, report);
        Assert.Equal([kept], await KeysAsync(kept));
    }

    [Fact]
    public async Task U20_a_reconciliation_asked_for_by_a_person_only_reports()
    {
        await worker.Store.PutAsync("results/11111111-0000-0000-0000-000000000000/1/0", new MemoryStream([1]), Ct);
        MoveToNow();
        worker.Clock.Advance(TimeSpan.FromDays(2));
        var job = new Job { Id = Guid.CreateVersion7(), Kind = JobKinds.Reconcile, SubmittedBy = worker.Bench.UserId, CreatedAt = worker.Clock.GetUtcNow() };
        await worker.AskAsync(async db =>
        {
            db.Jobs.Add(job);
            return await db.SaveChangesAsync(Ct);
        });
        await worker.DrainAsync();
        Assert.Contains("report only", (await worker.JobAsync(job.Id)).Summary);
        Assert.Single(await KeysAsync("results/11111111-0000-0000-0000-000000000000/"));
    }

    [Fact]
    public async Task What_lay_in_the_trash_for_thirty_days_is_gone_with_its_objects_and_not_a_day_earlier()
    {
        var dataset = await SendAsync("trash.mrc");
        await worker.DrainAsync();
        var thrown = worker.Clock.GetUtcNow();
        await worker.AskAsync(db => db.Datasets.Where(d => d.Id == dataset).ExecuteUpdateAsync(set => set.SetProperty(d => d.DeletedAt, thrown), Ct));
        worker.Clock.Advance(TimeSpan.FromDays(29));
        await worker.Services.GetRequiredService<PeriodicJobs>().InsertAsync(Ct);
        await worker.DrainAsync();
        Assert.NotEmpty(await KeysAsync($"datasets/{dataset}/"));
        worker.Clock.Advance(TimeSpan.FromDays(2));
        await worker.Services.GetRequiredService<PeriodicJobs>().InsertAsync(Ct);
        await worker.DrainAsync();
        Assert.Empty(await KeysAsync($"datasets/{dataset}/"));
        Assert.False(await worker.AskAsync(db => db.Datasets.AnyAsync(d => d.Id == dataset, Ct)));
    }

    private async Task<Guid> SendAsync(string name) => (await worker.Sender().SendAsync(name, Stack)).DatasetId;

    private async Task RunDailyAsync()
    {
        MoveToNow();
        worker.Clock.Advance(TimeSpan.FromDays(8));
        await worker.Services.GetRequiredService<PeriodicJobs>().InsertAsync(Ct);
        await worker.DrainAsync();
    }

    /// <summary>Files carry the time of the disk: the manual clock must not lie before it.</summary>
    private void MoveToNow()
    {
        if (TimeProvider.System.GetUtcNow() - worker.Clock.GetUtcNow() is { Ticks: > 0 } behind)
        {
            worker.Clock.Advance(behind);
        }
    }

    private async Task<List<string>> KeysAsync(string prefix) => await worker.Store.ListAsync(prefix, Ct).Select(found => found.Key).ToListAsync(Ct);
}
