using CryoHub.Imaging;
using CryoHub.Platform.Datasets;
using CryoHub.Platform.Labs;
using CryoHub.TestKit;

namespace CryoHub.Platform.Tests.Labs;

public sealed class QuotaTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_two_who_want_the_last_place_at_once_one_gets_it()
    {
        var owner = await database.Scene.PersonAsync("owner");
        var project = await database.Scene.ProjectAsync(await database.Scene.LabAsync((owner, LabRole.Owner)), quotaBytes: 100);
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Record.ExceptionAsync(() => TakeAsync(project, 60)).AsTask()));
        Assert.Single(outcomes, outcome => outcome is null);
        Assert.All(outcomes.OfType<ProblemException>(), refused => Assert.Contains("20 too many", refused.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Exactly_full_is_allowed_and_the_trash_counts()
    {
        var owner = await database.Scene.PersonAsync("owner");
        var project = await database.Scene.ProjectAsync(await database.Scene.LabAsync((owner, LabRole.Owner)), quotaBytes: 100);
        await database.Scene.DatasetAsync(project, also: d => (d.SizeBytes, d.DeletedAt) = (40, TimeProvider.System.GetUtcNow()));
        await TakeAsync(project, 60);
        await Assert.ThrowsAsync<ProblemException>(() => TakeAsync(project, 1));
    }

    [Fact]
    public async Task Without_a_limit_nobody_waits_for_anybody()
    {
        var owner = await database.Scene.PersonAsync("owner");
        var project = await database.Scene.ProjectAsync(await database.Scene.LabAsync((owner, LabRole.Owner)));
        await using var db = database.CreateDbContext();
        await using var open = await db.Database.BeginTransactionAsync(Ct);
        await Quotas.EnsureRoomAsync(db, project, 60, Ct);
        await TakeAsync(project, 60).WaitAsync(TimeSpan.FromSeconds(30), Ct);   // the first has not ended yet
    }

    private async Task TakeAsync(Guid project, long bytes)
    {
        await using var db = database.CreateDbContext();
        await using var transaction = await db.Database.BeginTransactionAsync(Ct);
        await Quotas.EnsureRoomAsync(db, project, bytes, Ct);
        db.Add(new Dataset { Id = Guid.CreateVersion7(), ProjectId = project, Name = "d", SizeBytes = bytes });
        await db.SaveChangesAsync(Ct);
        await transaction.CommitAsync(Ct);
    }
}
