using System.Net.Mail;
using CryoHub.Imaging;
using CryoHub.Platform.Comments;
using CryoHub.Platform.Labs;
using CryoHub.Platform.Mail;
using CryoHub.Platform.Notices;
using CryoHub.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CryoHub.Platform.Tests.Notices;

public sealed class NoticePostTests : IClassFixture<TestDatabase>
{
    private readonly TestDatabase database;
    private readonly Letters letters = new();
    private readonly ManualClock clock = new();

    /// <summary>A morning after whatever the tests say, an hour after daily letters are written.</summary>
    public NoticePostTests(TestDatabase database)
    {
        this.database = database;
        var morning = new DateTimeOffset(TimeProvider.System.GetUtcNow().UtcDateTime.Date.AddDays(2).AddHours(7), TimeSpan.Zero);
        clock.Advance(morning - clock.GetUtcNow());
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private NoticeDesk Desk => database.Get<NoticeDesk>();

    private NoticePost Post => PostWith(letters);

    [Fact]
    public async Task A_daily_letter_holds_all_that_is_unread_and_comes_once_a_day()
    {
        var (bench, dataset, ada) = await SceneAsync();
        await MentionAsync(bench, dataset, ada, "Frost?");
        await MentionAsync(bench, dataset, ada, "Void?");
        Assert.Contains(ada, await Post.DueAsync(Ct));
        Assert.True(await Post.SendAsync(ada, Ct));
        var letter = Assert.Single(letters.Sent);
        Assert.Equal("2 notices of comments", letter.Subject);
        Assert.Equal(await database.Scene.ReadAsync(db => db.Users.Where(u => u.Id == ada).Select(u => u.Email).SingleAsync(Ct)), letter.To);
        Assert.Contains("someone mentioned you in a comment on", letter.Text, StringComparison.Ordinal);
        Assert.Contains("Frost? @another", letter.Text, StringComparison.Ordinal);
        Assert.Contains($"https://hub.test/datasets/{dataset}#comment-", letter.Text, StringComparison.Ordinal);

        await MentionAsync(bench, dataset, ada, "Ice?");
        clock.Advance(TimeSpan.FromMinutes((22 * 60) + 59));
        Assert.DoesNotContain(ada, await Post.DueAsync(Ct));
        Assert.False(await Post.SendAsync(ada, Ct));
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.True(await Post.SendAsync(ada, Ct));
        Assert.Equal("One notice of a comment", letters.Sent[1].Subject);
        Assert.DoesNotContain("Frost?", letters.Sent[1].Text, StringComparison.Ordinal);
        clock.Advance(TimeSpan.FromDays(2));
        Assert.DoesNotContain(ada, await Post.DueAsync(Ct));
    }

    [Fact]
    public async Task What_comes_after_the_morning_waits_for_the_next()
    {
        var (bench, dataset, ada) = await SceneAsync();
        clock.Advance(-TimeSpan.FromDays(3));
        await MentionAsync(bench, dataset, ada, "Frost?");
        Assert.False(await Post.SendAsync(ada, Ct));
        clock.Advance(TimeSpan.FromDays(3));
        Assert.True(await Post.SendAsync(ada, Ct));
    }

    [Fact]
    public async Task At_once_each_has_its_letter_and_off_means_none()
    {
        var (bench, dataset, ada) = await SceneAsync();
        await Desk.ChooseMailAsync(ada, NoticeMail.AtOnce, Ct);
        foreach (var words in new[] { "One", "Two" })
        {
            await MentionAsync(bench, dataset, ada, words);
            Assert.True(await Post.SendAsync(ada, Ct));
            Assert.False(await Post.SendAsync(ada, Ct));
        }

        await Desk.ChooseMailAsync(ada, NoticeMail.Off, Ct);
        await MentionAsync(bench, dataset, ada, "Three");
        Assert.DoesNotContain(ada, await Post.DueAsync(Ct));
        Assert.False(await Post.SendAsync(ada, Ct));
        Assert.Equal(2, letters.Sent.Count);
        Assert.Equal(NoticeMail.Off, (await Desk.MailAsync(ada, Ct))!.Mail);
        Assert.Equal(ProblemKind.Invalid, (await Assert.ThrowsAsync<ProblemException>(() => Desk.ChooseMailAsync(ada, (NoticeMail)7, Ct))).Kind);
    }

    [Fact]
    public async Task A_process_that_dies_while_it_hands_a_letter_over_leaves_nothing_that_is_sent_again()
    {
        var (bench, dataset, ada) = await SceneAsync();
        await MentionAsync(bench, dataset, ada, "Frost?");
        var dying = new Stuck();
        _ = PostWith(dying).SendAsync(ada, Ct);   // never goes on: its process is gone with the letter in its hands
        await dying.HasLetter;

        Assert.False(await Post.SendAsync(ada, Ct));
        clock.Advance(TimeSpan.FromDays(2));
        Assert.False(await Post.SendAsync(ada, Ct));
        Assert.Empty(letters.Sent);
        Assert.Equal(1, (await Desk.UnreadAsync(ada, Ct)).Count);   // the page still tells
    }

    [Fact]
    public async Task Two_hosts_at_the_same_moment_send_one_letter()
    {
        var (bench, dataset, ada) = await SceneAsync();
        await MentionAsync(bench, dataset, ada, "Frost?");
        var sent = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Post.SendAsync(ada, Ct)));
        Assert.Single(sent, wasSent => wasSent);
        Assert.Single(letters.Sent);
    }

    [Fact]
    public async Task What_the_mail_server_refused_is_sent_later()
    {
        var (bench, dataset, ada) = await SceneAsync();
        await MentionAsync(bench, dataset, ada, "Frost?");
        await Assert.ThrowsAsync<SmtpException>(() => PostWith(new Refusing()).SendAsync(ada, Ct));
        Assert.True(await Post.SendAsync(ada, Ct));
        Assert.Single(letters.Sent);
    }

    [Fact]
    public async Task What_was_read_or_may_not_be_seen_any_more_is_in_no_letter()
    {
        var (bench, dataset, ada) = await SceneAsync();
        await MentionAsync(bench, dataset, ada, "Read");
        await Desk.MarkAllReadAsync(ada, Ct);
        Assert.False(await Post.SendAsync(ada, Ct));
        await MentionAsync(bench, dataset, ada, "Secret");
        await bench.LeaveLabAsync(ada);
        Assert.False(await Post.SendAsync(ada, Ct));
        Assert.Empty(letters.Sent);
    }

    [Fact]
    public async Task A_long_letter_ends_with_how_many_more_there_are()
    {
        var (bench, dataset, ada) = await SceneAsync();
        for (var i = 0; i < NoticePost.MostInLetter + 2; i++)
        {
            await MentionAsync(bench, dataset, ada, $"Number {i}.");
        }

        Assert.True(await Post.SendAsync(ada, Ct));
        var letter = Assert.Single(letters.Sent);
        Assert.Equal("52 notices of comments", letter.Subject);
        Assert.Contains("And 2 more: https://hub.test/notices", letter.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Number 0.", letter.Text, StringComparison.Ordinal);
    }

    private NoticePost PostWith(IMailbox mailbox) => new(database, mailbox, Options.Create(new SiteOptions { PublicUrl = new Uri("https://hub.test") }), clock);

    private async Task MentionAsync(Bench bench, Guid dataset, Guid person, string words) =>
        Assert.NotNull(await database.Get<CommentDesk>().StartAsync(bench.UserId, dataset, new($"{words} {Mentions.Of(person)}"), Ct));

    private async Task<(Bench Bench, Guid Dataset, Guid Other)> SceneAsync()
    {
        var bench = await Bench.CreateAsync(database);
        return (bench, await bench.DatasetAsync(), await bench.PersonAsync(LabRole.Member));
    }

    private sealed class Letters : IMailbox
    {
        public List<Letter> Sent { get; } = [];

        public Task SendAsync(Letter letter, CancellationToken ct)
        {
            lock (Sent)
            {
                Sent.Add(letter);
            }

            return Task.CompletedTask;
        }
    }

    private sealed class Stuck : IMailbox
    {
        private readonly TaskCompletionSource hasLetter = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task HasLetter => hasLetter.Task;

        public Task SendAsync(Letter letter, CancellationToken ct)
        {
            hasLetter.SetResult();
            return new TaskCompletionSource().Task;
        }
    }

    private sealed class Refusing : IMailbox
    {
        public Task SendAsync(Letter letter, CancellationToken ct) => throw new SmtpException("Too busy.");
    }
}
