using System.Security.Cryptography;
using CryoHub.Imaging;
using CryoHub.Imaging.Sources;
using CryoHub.Platform.Datasets;
using CryoHub.Platform.Jobs;
using CryoHub.Platform.Labs;
using CryoHub.Platform.Messages;
using CryoHub.Platform.Storage;
using CryoHub.Platform.Storage.Files;
using CryoHub.Platform.Uploads;
using CryoHub.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CryoHub.Platform.Tests.Uploads;

public sealed class UploadTests : IClassFixture<TestDatabase>, IAsyncLifetime
{
    private const int Part = 8 << 20;

    private readonly TestDatabase database;
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("cryohub-uploads-");
    private readonly ManualClock clock = new();
    private readonly FileObjectStore store;
    private readonly UploadDesk desk;
    private readonly UploadCleaner cleaner;
    private readonly UploadCompletion completion;
    private Bench bench = null!;
    private Sender sender = null!;

    public UploadTests(TestDatabase database)
    {
        this.database = database;
        store = new FileObjectStore(Options.Create(new StorageOptions { Folder = folder.FullName }), clock);
        var jobs = new JobQueue(database, new LocalNews(), clock);
        desk = new UploadDesk(database, store, clock);
        cleaner = new UploadCleaner(database, store, jobs, clock);
        completion = new UploadCompletion(database, store, jobs, cleaner, clock);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        bench = await Bench.CreateAsync(database);
        sender = new Sender(desk, completion, bench.UserId, bench.ProjectId);
    }

    public ValueTask DisposeAsync()
    {
        folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task U01_an_upload_cut_at_37_percent_goes_on_where_it_stood_from_any_host()
    {
        var file = Random((3 * Part) - 5);
        var upload = await sender.StartAsync("a.mrc", file.Length);
        var first = await sender.SendPartAsync(upload, 1, file);
        var elsewhere = new UploadDesk(database, new FileObjectStore(Options.Create(new StorageOptions { Folder = folder.FullName }), clock), clock);
        var state = await elsewhere.FindAsync(bench.UserId, upload.Id, Ct);
        Assert.Equal([new StoredPart(1, Part, first.ETag)], state!.Parts);
        var again = await sender.StartAsync("a.mrc", file.Length);
        Assert.Equal(upload.Id, again.Id);
        var done = await sender.CompleteAsync(upload, file, [first, await sender.SendPartAsync(upload, 3, file), await sender.SendPartAsync(upload, 2, file)]);
        using var stored = await store.OpenAsync((await FileAsync(done!.DatasetId)).ObjectKey, Ct);
        Assert.Equal(SHA256.HashData(file), await stored!.Sha256Async(Ct));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(Part)]
    [InlineData(Part + 1)]
    public async Task U11_sizes_around_a_part(int size)
    {
        var file = Random(size);
        var done = await sender.SendAsync("a.mrc", file);
        var row = await FileAsync(done.DatasetId);
        Assert.Equal(size, row.Size);
        Assert.Equal(SHA256.HashData(file), row.Sha256);
        Assert.NotNull(done.JobId);
    }

    [Theory]
    [InlineData(0L, 1)]
    [InlineData(10_000L * Part, 10_000)]
    [InlineData((10_000L * Part) + 1, 8889)]
    [InlineData(5L << 40, 9987)]
    public void U12_no_file_needs_more_than_10000_parts(long size, int parts)
    {
        var plan = PartPlan.For(size);
        Assert.Equal(parts, plan.PartCount);
        Assert.True(plan.PartSize >= 5 << 20);
        Assert.Equal(size, ((plan.PartCount - 1) * plan.PartSize) + plan.SizeOf(plan.PartCount));
        Assert.InRange(plan.SizeOf(plan.PartCount), size == 0 ? 0 : 1, plan.PartSize);
    }

    [Fact]
    public async Task U03_two_tabs_completing_at_once_make_one_file_and_one_job()
    {
        var file = Random(2 * Part);
        var upload = await sender.StartAsync("a.mrc", file.Length);
        PartTag[] parts = [await sender.SendPartAsync(upload, 1, file), await sender.SendPartAsync(upload, 2, file)];
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            try
            {
                return await sender.CompleteAsync(upload, file, parts);
            }
            catch (ProblemException late) when (late.Kind == ProblemKind.Conflict)
            {
                return null;
            }
        }));
        Assert.Contains(answers, answer => answer is not null);
        var once = await sender.CompleteAsync(upload, file, parts);
        Assert.NotNull(once!.JobId);
        await using var db = database.CreateDbContext();
        Assert.Equal(1, await db.JobInputs.CountAsync(i => i.DatasetId == upload.DatasetId, Ct));
        Assert.Equal(1, await db.DatasetFiles.CountAsync(f => f.DatasetId == upload.DatasetId, Ct));
    }

    [Fact]
    public async Task U04_a_part_of_another_length_than_planned_is_refused()
    {
        var upload = await sender.StartAsync("a.mrc", Part + 10);
        var problem = await Assert.ThrowsAsync<ProblemException>(() => desk.SignPartAsync(bench.UserId, upload.Id, 2, 11, new string('0', 64), Ct));
        Assert.Equal("Part 2 of a.mrc has 10 bytes; 11 were announced.", problem.Message);
        await Assert.ThrowsAsync<ProblemException>(() => desk.SignPartAsync(bench.UserId, upload.Id, 3, 10, new string('0', 64), Ct));
    }

    [Fact]
    public async Task An_upload_with_a_part_missing_is_not_completed()
    {
        var file = Random(2 * Part);
        var upload = await sender.StartAsync("a.mrc", file.Length);
        var first = await sender.SendPartAsync(upload, 1, file);
        var problem = await Assert.ThrowsAsync<ProblemException>(() => sender.CompleteAsync(upload, file, [first]));
        Assert.Equal("Part 2 of 2 of a.mrc has not arrived.", problem.Message);
        Assert.Equal(DatasetStatus.Receiving, await StatusAsync(upload.DatasetId));
    }

    [Fact]
    public async Task U09_a_right_withdrawn_while_bytes_come_ends_the_upload_and_removes_its_parts()
    {
        var member = await bench.PersonAsync(LabRole.Member);
        var theirs = new Sender(desk, completion, member, bench.ProjectId);
        var file = Random(Part + 1);
        var upload = await theirs.StartAsync("a.mrc", file.Length);
        PartTag[] parts = [await theirs.SendPartAsync(upload, 1, file), await theirs.SendPartAsync(upload, 2, file)];
        await bench.LeaveLabAsync(member);
        var problem = await Assert.ThrowsAsync<ProblemException>(() => theirs.CompleteAsync(upload, file, parts));
        Assert.Equal(ProblemKind.Forbidden, problem.Kind);
        Assert.Empty(await store.ListUploadsAsync(Ct).ToListAsync(Ct));
        await using var db = database.CreateDbContext();
        Assert.False(await db.Datasets.AnyAsync(d => d.Id == upload.DatasetId, Ct));
        Assert.True(await db.Set<CryoHub.Platform.Audit.AuditEntry>().AnyAsync(a => a.TableName == "uploads" && a.Action == "delete" && a.RecordId == upload.Id.ToString(), Ct));
    }

    [Fact]
    public async Task U10_two_people_cannot_both_take_the_last_place()
    {
        var full = await Bench.CreateAsync(database, quota: 1000);
        var second = await full.PersonAsync(LabRole.Member);
        var answers = await Task.WhenAll(new[] { full.UserId, second }.Select(async person =>
        {
            try
            {
                return (object)await new Sender(desk, completion, person, full.ProjectId).StartAsync("a.mrc", 600);
            }
            catch (ProblemException problem)
            {
                return problem.Message;
            }
        }));
        Assert.Single(answers.OfType<UploadStarted>());
        Assert.Contains("1000 bytes, 600 are used: 600 more do not fit", answers.OfType<string>().Single());
    }

    [Fact]
    public async Task An_upload_given_up_gives_its_place_back()
    {
        var full = await Bench.CreateAsync(database, quota: 1000);
        var theirs = new Sender(desk, completion, full.UserId, full.ProjectId);
        var upload = await theirs.StartAsync("a.mrc", 900);
        Assert.True(await cleaner.GiveUpAsync(full.UserId, upload.Id, Ct));
        Assert.NotEqual(upload.Id, (await theirs.StartAsync("b.mrc", 900)).Id);
    }

    [Fact]
    public async Task A_stack_and_its_companions_become_one_dataset_when_the_last_has_come()
    {
        string[] names = ["day/ts1.mrc", "day/ts1.mrc.mdoc", "day/ts1.rawtlt", "day/other.mrc"];
        var stack = await sender.SendAsync(names[0], Random(100), names);
        var other = await sender.SendAsync(names[3], Random(100), names);
        var angles = await sender.SendAsync(names[2], Random(10), names);
        Assert.Null(stack.JobId);
        Assert.Null(angles.JobId);
        var mdoc = await sender.SendAsync(names[1], Random(20), names);
        Assert.NotNull(mdoc.JobId);
        Assert.NotNull(other.JobId);
        Assert.Equal(stack.DatasetId, mdoc.DatasetId);
        Assert.NotEqual(stack.DatasetId, other.DatasetId);
        await using var db = database.CreateDbContext();
        var files = await db.DatasetFiles.Where(f => f.DatasetId == stack.DatasetId).ToListAsync(Ct);
        Assert.Equal("day/ts1.mrc", files.Single(f => f.IsPrimary).Path);
        Assert.Equal(3, files.Count);
    }

    [Fact]
    public async Task A_companion_given_up_is_no_longer_waited_for()
    {
        string[] names = ["ts1.mrc", "ts1.mrc.mdoc"];
        var mdoc = await sender.StartAsync(names[1], 20, names);
        var stack = await sender.SendAsync(names[0], Random(100), names);
        Assert.Equal(DatasetStatus.Receiving, await StatusAsync(stack.DatasetId));
        await cleaner.GiveUpAsync(bench.UserId, mdoc.Id, Ct);
        Assert.Equal(DatasetStatus.Received, await StatusAsync(stack.DatasetId));
    }

    [Fact]
    public async Task U14_strange_names_are_kept_and_twins_do_not_overwrite_each_other()
    {
        string[] names = ["M\u00fcller.mrc", "Mu\u0308ller.mrc", "\u7535\u6c60.mrc", "\U0001F9EA.mrc", "CON", "-rf", "trailing.", new string('x', 251) + ".mrc", "..", "a\\b.mrc"];
        var datasets = new Dictionary<string, Guid>();
        for (var i = 0; i < names.Length; i++)
        {
            datasets[names[i]] = (await sender.SendAsync(names[i], [(byte)i], names)).DatasetId;
        }

        for (var i = 0; i < names.Length; i++)
        {
            var row = await FileAsync(datasets[names[i]]);
            Assert.Equal(names[i], row.Path);
            using var stored = await store.OpenAsync(row.ObjectKey, Ct);
            var one = new byte[1];
            await stored!.ReadAsync(0, one, Ct);
            Assert.Equal(i, one[0]);
        }
    }

    [Fact]
    public async Task U15_an_upload_abandoned_for_eight_days_is_removed_and_no_finished_object_is_touched()
    {
        var finished = await sender.SendAsync("done.mrc", Random(100));
        var file = Random(Part + 1);
        var abandoned = await sender.StartAsync("a.mrc", file.Length);
        await sender.SendPartAsync(abandoned, 1, file);
        var orphan = await store.BeginAsync("datasets/x/original/y", Ct);   // a crash between store and row
        clock.Advance(TimeSpan.FromDays(6));
        Assert.Equal(0, await cleaner.CleanAsync(Ct));
        clock.Advance(TimeSpan.FromDays(8) + (TimeProvider.System.GetUtcNow() - clock.GetUtcNow()));   // the store dates its uploads by the disk
        Assert.True(await cleaner.CleanAsync(Ct) >= 2);   // other tests leave uploads open in the same database
        Assert.Null(await store.ListPartsAsync(orphan, Ct));
        Assert.Null(await desk.FindAsync(bench.UserId, abandoned.Id, Ct));
        using var stored = await store.OpenAsync((await FileAsync(finished.DatasetId)).ObjectKey, Ct);
        Assert.Equal(100, stored!.Length);
    }

    [Fact]
    public async Task U19_an_object_whose_rows_were_never_written_is_registered_by_asking_again()
    {
        var file = Random(Part + 1);
        var upload = await sender.StartAsync("a.mrc", file.Length);
        PartTag[] parts = [await sender.SendPartAsync(upload, 1, file), await sender.SendPartAsync(upload, 2, file)];
        await using (var db = database.CreateDbContext())
        {
            var row = await db.Uploads.SingleAsync(u => u.Id == upload.Id, Ct);
            await store.CompleteAsync(new MultipartUpload(row.ObjectKey, row.StoreUploadId), parts, Ct);   // then the host died
        }

        Assert.NotNull((await sender.CompleteAsync(upload, file, parts))!.JobId);
    }

    [Fact]
    public async Task Another_persons_upload_does_not_exist()
    {
        var upload = await sender.StartAsync("a.mrc", 10);
        var other = await bench.PersonAsync(LabRole.Owner);
        Assert.Null(await desk.FindAsync(other, upload.Id, Ct));
        Assert.Null(await desk.SignPartAsync(other, upload.Id, 1, 10, new string('0', 64), Ct));
        Assert.False(await cleaner.GiveUpAsync(other, upload.Id, Ct));
    }

    private static byte[] Random(int size)
    {
        var bytes = new byte[size];
        new Random(size).NextBytes(bytes);
        return bytes;
    }

    private async Task<DatasetFile> FileAsync(Guid datasetId)
    {
        await using var db = database.CreateDbContext();
        return await db.DatasetFiles.SingleAsync(f => f.DatasetId == datasetId, Ct);
    }

    private async Task<DatasetStatus> StatusAsync(Guid datasetId)
    {
        await using var db = database.CreateDbContext();
        return await db.Datasets.Where(d => d.Id == datasetId).Select(d => d.Status).SingleAsync(Ct);
    }
}
