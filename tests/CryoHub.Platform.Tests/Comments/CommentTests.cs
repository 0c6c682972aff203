using CryoHub.Imaging;
using CryoHub.Platform.Comments;
using CryoHub.Platform.Labs;
using CryoHub.Platform.Messages;
using CryoHub.TestKit;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Tests.Comments;

public sealed class CommentTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private CommentDesk Desk => database.Get<CommentDesk>();

    private CommentThreads Threads => database.Get<CommentThreads>();

    [Fact]
    public async Task A_thread_shows_its_place_its_answers_in_order_and_who_settled_it()
    {
        var (bench, dataset, other) = await SceneAsync();
        var place = new CommentPlace(0, 3.5, 0);
        var thread = (await Desk.StartAsync(bench.UserId, dataset, new("  Is this frost? ", place), Ct))!.Value;
        var answer = (await Desk.AnswerAsync(other, thread, "It is.", Ct))!.Value;
        await Desk.AnswerAsync(bench.UserId, answer, "Then it goes.", Ct);   // an answer to an answer belongs to the thread
        Assert.Equal(Change.Done, await Desk.ResolveAsync(other, thread, resolved: true, Ct));

        var row = Assert.Single(await ListAsync(bench.UserId, dataset));
        Assert.Equal(("Is this frost?", place, true), (row.First.Text, row.Place, row.First.IsMine));
        Assert.Equal([("It is.", "another"), ("Then it goes.", "someone")], row.Answers.Select(a => (a.Text, a.Author)));
        Assert.Equal("another", row.ResolvedBy);
        Assert.Empty(await ListAsync(bench.UserId, dataset, resolved: false));

        Assert.Equal(Change.Done, await Desk.ResolveAsync(bench.UserId, thread, resolved: false, Ct));
        Assert.Null(Assert.Single(await ListAsync(bench.UserId, dataset, resolved: false)).ResolvedAt);
    }

    [Fact]
    public async Task Open_threads_come_before_settled_ones_and_pages_hold_all_once()
    {
        var (bench, dataset, _) = await SceneAsync();
        var said = new List<Guid>();
        for (var i = 0; i < 5; i++)
        {
            said.Add((await Desk.StartAsync(bench.UserId, dataset, new($"Comment {i}"), Ct))!.Value);
        }

        await Desk.ResolveAsync(bench.UserId, said[4], resolved: true, Ct);
        var first = (await Threads.ListAsync(bench.UserId, dataset, null, new(0, 3), Ct))!;
        var second = (await Threads.ListAsync(bench.UserId, dataset, null, new(3, 3), Ct))!;
        Assert.Equal((5, 5), (first.Total, second.Total));
        var shown = first.Items.Concat(second.Items).Select(t => t.First.Id).ToList();
        Assert.Equal(said.Order(), shown.Order());
        Assert.Equal(said[4], shown[^1]);
    }

    [Fact]
    public async Task Only_its_writer_changes_a_comment_and_never_over_a_newer_wording()
    {
        var (bench, dataset, other) = await SceneAsync();
        var id = (await Desk.StartAsync(other, dataset, new("Void?"), Ct))!.Value;
        var seen = (await Threads.FindAsync(other, id, Ct))!;
        Assert.Equal(Change.Forbidden, await Desk.RewordAsync(bench.UserId, id, "Mine", seen.Version, Ct));
        Assert.Equal(Change.Forbidden, await Desk.RemoveAsync(bench.UserId, id, Ct));
        Assert.Equal(Change.Done, await Desk.RewordAsync(other, id, "Void!", seen.Version, Ct));
        Assert.Equal(Change.Conflict, await Desk.RewordAsync(other, id, "Void.", seen.Version, Ct));
        var now = (await Threads.FindAsync(other, id, Ct))!;
        Assert.Equal("Void!", now.Text);
        Assert.NotNull(now.EditedAt);
    }

    [Fact]
    public async Task A_comment_taken_away_leaves_its_answers_and_no_words()
    {
        var (bench, dataset, other) = await SceneAsync();
        var thread = (await Desk.StartAsync(bench.UserId, dataset, new("Nonsense"), Ct))!.Value;
        var answer = (await Desk.AnswerAsync(other, thread, "Why?", Ct))!.Value;
        Assert.Equal(Change.Done, await Desk.RemoveAsync(bench.UserId, thread, Ct));
        var row = Assert.Single(await ListAsync(other, dataset));
        Assert.Equal((true, "", 1), (row.First.IsRemoved, row.First.Text, row.Answers.Count));
        Assert.Null(await Threads.FindAsync(bench.UserId, thread, Ct));
        Assert.Equal(Change.Absent, await Desk.RemoveAsync(bench.UserId, thread, Ct));

        Assert.Equal(Change.Done, await Desk.RemoveAsync(other, answer, Ct));
        Assert.Empty(await ListAsync(other, dataset));
    }

    [Fact]
    public async Task A_viewer_reads_only_and_a_stranger_sees_nothing()
    {
        var (bench, dataset, _) = await SceneAsync();
        var (viewer, stranger) = (await bench.PersonAsync(LabRole.Viewer), await bench.PersonAsync());
        var thread = (await Desk.StartAsync(bench.UserId, dataset, new("Here"), Ct))!.Value;
        Assert.False(Assert.Single(await ListAsync(viewer, dataset)).First.IsMine);
        Assert.False(await Threads.MayWriteAsync(viewer, dataset, Ct));
        Assert.Equal(ProblemKind.Forbidden, (await Assert.ThrowsAsync<ProblemException>(() => Desk.StartAsync(viewer, dataset, new("Hello"), Ct))).Kind);
        Assert.Equal(ProblemKind.Forbidden, (await Assert.ThrowsAsync<ProblemException>(() => Desk.AnswerAsync(viewer, thread, "Hello", Ct))).Kind);
        Assert.Equal(Change.Forbidden, await Desk.ResolveAsync(viewer, thread, resolved: true, Ct));

        Assert.Null(await Threads.ListAsync(stranger, dataset, null, PageRequest.First, Ct));
        Assert.Null(await Threads.FindAsync(stranger, thread, Ct));
        Assert.Null(await Desk.StartAsync(stranger, dataset, new("Hello"), Ct));
        Assert.Null(await Desk.AnswerAsync(stranger, thread, "Hello", Ct));
        Assert.Equal(Change.Absent, await Desk.ResolveAsync(stranger, thread, resolved: true, Ct));
    }

    [Fact]
    public async Task Whose_right_is_gone_cannot_change_even_their_own()
    {
        var (bench, dataset, other) = await SceneAsync();
        var id = (await Desk.StartAsync(other, dataset, new("Here"), Ct))!.Value;
        await bench.LeaveLabAsync(other);
        Assert.Equal(Change.Absent, await Desk.RemoveAsync(other, id, Ct));
        Assert.Equal("Here", (await Threads.FindAsync(bench.UserId, id, Ct))!.Text);
    }

    [Theory]
    [InlineData(-0.5, 0, 0)]
    [InlineData(0, 1e9, 0)]
    [InlineData(double.NaN, 0, 0)]
    [InlineData(0, 0, 1)]
    [InlineData(0, 0, -1)]
    public async Task A_place_outside_the_picture_is_refused_with_the_pictures_size(double x, double y, int frame)
    {
        var (bench, dataset, _) = await SceneAsync();
        var refused = await Assert.ThrowsAsync<ProblemException>(() => Desk.StartAsync(bench.UserId, dataset, new("Here", new(0, x, y, frame)), Ct));
        Assert.Matches("the picture has \\d+ x \\d+ pixels and 1 frame", refused.Message);
        Assert.Null(await Desk.StartAsync(bench.UserId, dataset, new("Here", new(7, 0, 0)), Ct));
    }

    [Fact]
    public async Task Words_are_needed_and_not_too_many()
    {
        var (bench, dataset, _) = await SceneAsync();
        await RefusedAsync("needs some words", " ");
        await RefusedAsync("4001 characters; 4000 is the limit", new string('a', 4001));

        async Task RefusedAsync(string words, string text) =>
            Assert.Contains(words, (await Assert.ThrowsAsync<ProblemException>(() => Desk.StartAsync(bench.UserId, dataset, new(text), Ct))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_act_is_news_and_leaves_a_row_of_history()
    {
        var (bench, dataset, _) = await SceneAsync();
        var heard = 0;
        using var listening = database.Get<LocalNews>().Subscribe<CommentsChanged>(change =>
        {
            heard += change.DatasetId == dataset ? 1 : 0;
            return Task.CompletedTask;
        });
        var id = (await Desk.StartAsync(bench.UserId, dataset, new("Here"), Ct))!.Value;
        await Desk.ResolveAsync(bench.UserId, id, resolved: true, Ct);
        await Desk.ResolveAsync(bench.UserId, id, resolved: true, Ct);   // changes nothing
        await Desk.RewordAsync(bench.UserId, id, "There", (await Threads.FindAsync(bench.UserId, id, Ct))!.Version, Ct);
        await Desk.RemoveAsync(bench.UserId, id, Ct);
        Assert.Equal(4, heard);
        Assert.Equal(4, await database.Scene.ReadAsync(db => db.Audit.CountAsync(a => a.TableName == "comments" && a.ProjectId == bench.ProjectId, Ct)));
    }

    private async Task<(Bench Bench, Guid Dataset, Guid Other)> SceneAsync()
    {
        var bench = await Bench.CreateAsync(database);
        return (bench, await bench.DatasetAsync(), await bench.PersonAsync(LabRole.Member));
    }

    private async Task<IReadOnlyList<ThreadRow>> ListAsync(Guid userId, Guid dataset, bool? resolved = null) =>
        (await Threads.ListAsync(userId, dataset, resolved, PageRequest.First, Ct))!.Items;
}
