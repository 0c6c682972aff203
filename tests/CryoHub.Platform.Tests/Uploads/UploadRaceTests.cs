using System.Reflection;
using CryoHub.Imaging;
using CryoHub.Platform.Jobs;
using CryoHub.Platform.Messages;
using CryoHub.Platform.Storage;
using CryoHub.Platform.Storage.Files;
using CryoHub.Platform.Uploads;
using CryoHub.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CryoHub.Platform.Tests.Uploads;

public sealed class UploadRaceTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Fact]
    public async Task An_upload_ended_while_its_parts_are_joined_is_not_called_complete()
    {
        var folder = Directory.CreateTempSubdirectory("cryohub-race-");
        try
        {
            var clock = new ManualClock();
            var files = new FileObjectStore(Options.Create(new StorageOptions { Folder = folder.FullName }), clock);
            var jobs = new JobQueue(database, new LocalNews(), clock);
            var cleaner = new UploadCleaner(database, files, jobs, clock);
            var bench = await Bench.CreateAsync(database);
            var store = AfterJoining.Of(files, async () =>
            {
                await using var db = database.CreateDbContext();
                await cleaner.GiveUpAsync(bench.UserId, (await db.Uploads.SingleAsync(u => u.UserId == bench.UserId)).Id, CancellationToken.None);
            });
            var sender = new Sender(new UploadDesk(database, files, clock), new UploadCompletion(database, store, jobs, cleaner, clock), bench.UserId, bench.ProjectId);
            var refused = await Assert.ThrowsAsync<ProblemException>(() => sender.SendAsync("a.mrc", [1, 2, 3]));
            Assert.Equal(ProblemKind.Conflict, refused.Kind);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>A store at which something happens between the joining of parts and the rows that tell of it.</summary>
    public class AfterJoining : DispatchProxy
    {
        private IObjectStore store = null!;
        private Func<Task> happens = null!;
        private bool isJoined;

        public static IObjectStore Of(IObjectStore store, Func<Task> happens)
        {
            var proxy = Create<IObjectStore, AfterJoining>();
            ((AfterJoining)(object)proxy).store = store;
            ((AfterJoining)(object)proxy).happens = happens;
            return proxy;
        }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            var answer = targetMethod!.Invoke(store, args);
            isJoined |= targetMethod.Name == nameof(IObjectStore.CompleteAsync);
            return isJoined && answer is Task<StoredObject?> found ? ThenAsync(found) : answer;
        }

        private async Task<StoredObject?> ThenAsync(Task<StoredObject?> found)
        {
            var stored = await found;
            await happens();
            return stored;
        }
    }
}
