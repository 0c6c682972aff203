using CryoHub.Imaging;
using CryoHub.Platform.Comments;
using CryoHub.Platform.Labs;
using CryoHub.Platform.Messages;
using CryoHub.Platform.Notices;
using CryoHub.TestKit;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Tests.Notices;

public sealed class NoticeTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private CommentDesk Comments => database.Get<CommentDesk>();

    private CommentThreads Threads => database.Get<CommentThreads>();

    private NoticeDesk Desk => database.Get<NoticeDesk>();

    [Fact]
    public async Task A_mention_is_kept_by_id_drawn_as_the_name_and_told_to_that_person_only()
    {
        var (bench, dataset, ada) = await SceneAsync();
        var id = (await Comments.StartAsync(bench.UserId, dataset, new($"Frost, {Mentions.Of(ada)}, or {Mentions.Of(ada)}?"), Ct))!.Value;

        var comment = (await Threads.FindAsync(ada, id, Ct))!;
        Assert.Contains(ada.ToString(), comment.Text, StringComparison.Ordinal);
        Assert.Equal([new PersonName(ada, "another")], comment.Mentions);

        var told = Assert.Single(await ListAsync(ada));
        Assert.Equal((NoticeKind.Mention, "someone", dataset, id, "Frost, @another, or @another?", false), (told.Kind, told.By, told.DatasetId, told.CommentId, told.Excerpt, told.IsRead));
        Assert.Empty(await ListAsync(bench.UserId));
    }

    [Fact]
    public async Task Who_wrote_in_a_thread_is_told_of_answers_once_and_of_its_end()
    {
        var (bench, dataset, ada) = await SceneAsync();
        var thread = (await Comments.StartAsync(bench.UserId, dataset, new("Void?"), Ct))!.Value;
        await Comments.AnswerAsync(ada, thread, "Yes.", Ct);
        await Comments.AnswerAsync(bench.UserId, thread, $"Sure, {Mentions.Of(ada)}?", Ct);   // mentioned and answered: one notice
        Assert.Equal(NoticeKind.Mention, Assert.Single(await ListAsync(ada)).Kind);
        Assert.Equal((NoticeKind.Answer, "another"), Only(await ListAsync(bench.UserId)));

        await Comments.ResolveAsync(ada, thread, resolved: true, Ct);
        Assert.Equal([NoticeKind.Resolved, NoticeKind.Answer], (await ListAsync(bench.UserId)).Select(n => n.Kind));
        await Comments.ResolveAsync(bench.UserId, thread, resolved: false, Ct);   // open again: it is no longer true
        Assert.Equal((NoticeKind.Answer, "another"), Only(await ListAsync(bench.UserId)));
        await Comments.ResolveAsync(ada, thread, resolved: true, Ct);
        Assert.Equal(2, (await ListAsync(bench.UserId)).Count);

        static (NoticeKind Kind, string By) Only(IReadOnlyList<NoticeRow> rows) => (Assert.Single(rows).Kind, rows[0].By);
    }

    [Fact]
    public async Task Who_may_not_see_the_data_set_is_neither_mentioned_nor_told_apart_from_nobody()
    {
        var (bench, dataset, ada) = await SceneAsync();
        var stranger = await bench.PersonAsync();
        var refusals = new List<string>();
        foreach (var person in new[] { stranger, Guid.CreateVersion7() })
        {
            var refused = await Assert.ThrowsAsync<ProblemException>(() => Comments.StartAsync(bench.UserId, dataset, new($"{Mentions.Of(ada)} {Mentions.Of(person)}"), Ct));
            Assert.Equal(ProblemKind.Invalid, refused.Kind);
            refusals.Add(refused.Message);
        }

        Assert.StartsWith("1 of the 2 mentioned may not see this data set.", refusals[0], StringComparison.Ordinal);
        Assert.Equal(refusals[0], refusals[1]);
        Assert.Empty((await Threads.ListAsync(bench.UserId, dataset, null, PageRequest.First, Ct))!.Items);
        Assert.Empty(await ListAsync(ada));
    }

    [Fact]
    public async Task Twenty_one_mentions_are_refused()
    {
        var (bench, dataset, _) = await SceneAsync();
        var many = string.Join(' ', Enumerable.Range(0, 21).Select(_ => Mentions.Of(Guid.CreateVersion7())));
        Assert.Contains("mentions 21 people; 20 is the limit", (await Assert.ThrowsAsync<ProblemException>(() => Comments.StartAsync(bench.UserId, dataset, new(many), Ct))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_notice_is_shown_only_while_its_reader_may_see_the_data_set()
    {
        var (bench, dataset, ada) = await SceneAsync();
        await Comments.StartAsync(bench.UserId, dataset, new(Mentions.Of(ada)), Ct);
        var notice = Assert.Single(await ListAsync(ada)).Id;
        Assert.False(await Desk.MarkReadAsync(bench.UserId, notice, Ct));   // it is somebody else's

        await bench.LeaveLabAsync(ada);
        Assert.Empty(await ListAsync(ada));
        Assert.Equal(0, (await Desk.UnreadAsync(ada, Ct)).Count);
        Assert.False(await Desk.MarkReadAsync(ada, notice, Ct));
    }

    [Fact]
    public async Task In_the_trash_a_data_set_tells_nobody_anything()
    {
        var (bench, dataset, ada) = await SceneAsync();
        await Comments.StartAsync(bench.UserId, dataset, new(Mentions.Of(ada)), Ct);
        await database.Scene.ReadAsync(db => db.Datasets.Where(d => d.Id == dataset).ExecuteUpdateAsync(set => set.SetProperty(d => d.DeletedAt, TimeProvider.System.GetUtcNow()), Ct));
        Assert.Empty(await ListAsync(ada));
    }

    [Fact]
    public async Task Reading_one_or_all_is_counted_and_is_news()
    {
        var (bench, dataset, ada) = await SceneAsync();
        var heard = 0;
        using var listening = database.Get<LocalNews>().Subscribe<NoticesChanged>(change =>
        {
            heard += change.UserId == ada ? 1 : 0;
            return Task.CompletedTask;
        });
        for (var i = 0; i < 3; i++)
        {
            await Comments.StartAsync(bench.UserId, dataset, new($"{i} {Mentions.Of(ada)}"), Ct);
        }

        var rows = await ListAsync(ada);
        Assert.Equal(["2 @another", "1 @another", "0 @another"], rows.Select(n => n.Excerpt));
        Assert.True(await Desk.MarkReadAsync(ada, rows[1].Id, Ct));
        Assert.True(await Desk.MarkReadAsync(ada, rows[1].Id, Ct));   // changes nothing
        Assert.Equal(2, (await Desk.UnreadAsync(ada, Ct)).Count);
        Assert.Equal([rows[0].Id, rows[2].Id], (await Desk.ListAsync(ada, unreadOnly: true, PageRequest.First, Ct)).Items.Select(n => n.Id));
        await Desk.MarkAllReadAsync(ada, Ct);
        Assert.Equal(0, (await Desk.UnreadAsync(ada, Ct)).Count);
        Assert.Equal(3 + 2, heard);
    }

    [Fact]
    public async Task New_words_tell_who_is_new_in_them_and_nobody_twice()
    {
        var (bench, dataset, ada) = await SceneAsync();
        var bob = await bench.PersonAsync(LabRole.Viewer);
        var id = (await Comments.StartAsync(bench.UserId, dataset, new(Mentions.Of(ada)), Ct))!.Value;
        await Desk.MarkAllReadAsync(ada, Ct);
        await RewordAsync($"Both: {Mentions.Of(ada)} {Mentions.Of(bob)}");
        Assert.True(Assert.Single(await ListAsync(ada)).IsRead);
        Assert.Single(await ListAsync(bob));

        await bench.LeaveLabAsync(bob);
        await RewordAsync($"Both, then: {Mentions.Of(ada)} {Mentions.Of(bob)}");   // an old mention does not keep a letter from being mended
        await RewordAsync("Nobody.");
        Assert.Empty(await ListAsync(ada));

        async Task RewordAsync(string text) =>
            Assert.Equal(Change.Done, await Comments.RewordAsync(bench.UserId, id, text, (await Threads.FindAsync(bench.UserId, id, Ct))!.Version, Ct));
    }

    [Fact]
    public async Task A_comment_taken_away_takes_its_notices_along()
    {
        var (bench, dataset, ada) = await SceneAsync();
        var id = (await Comments.StartAsync(bench.UserId, dataset, new(Mentions.Of(ada)), Ct))!.Value;
        await Comments.RemoveAsync(bench.UserId, id, Ct);
        Assert.Empty(await ListAsync(ada));
    }

    [Fact]
    public async Task Names_are_offered_of_those_who_see_the_data_set_to_those_who_may_write()
    {
        var (bench, dataset, ada) = await SceneAsync();
        var (viewer, stranger) = (await bench.PersonAsync(LabRole.Viewer), await bench.PersonAsync());
        var people = database.Get<CommentPeople>();
        Assert.Equal(new[] { ada, viewer }.Order(), (await people.FindAsync(bench.UserId, dataset, "NOTH", Ct))!.Select(p => p.Id).Order());
        Assert.Equal(bench.UserId, Assert.Single((await people.FindAsync(ada, dataset, "some", Ct))!).Id);
        Assert.Empty((await people.FindAsync(ada, dataset, "%", Ct))!);
        Assert.Null(await people.FindAsync(stranger, dataset, "", Ct));
        Assert.Equal(ProblemKind.Forbidden, (await Assert.ThrowsAsync<ProblemException>(() => people.FindAsync(viewer, dataset, "", Ct))).Kind);
        Assert.Equal(ProblemKind.Invalid, (await Assert.ThrowsAsync<ProblemException>(() => people.FindAsync(ada, dataset, new string('a', 201), Ct))).Kind);
    }

    private async Task<(Bench Bench, Guid Dataset, Guid Other)> SceneAsync()
    {
        var bench = await Bench.CreateAsync(database);
        return (bench, await bench.DatasetAsync(), await bench.PersonAsync(LabRole.Member));
    }

    private async Task<IReadOnlyList<NoticeRow>> ListAsync(Guid userId) => (await Desk.ListAsync(userId, unreadOnly: false, PageRequest.First, Ct)).Items;
}
