using CryoHub.Imaging;
using CryoHub.Platform.Access;
using CryoHub.Platform.Audit;
using CryoHub.Platform.Comments;
using CryoHub.Platform.Messages;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Notices;

/// <summary>A person's own notices, as long as the person may see what they are about.</summary>
public sealed class NoticeDesk(IDbContextFactory<CryoHubDb> dbs, INews news, TimeProvider time)
{
    private const int LongestExcerpt = 200;

    /// <summary>The newest first.</summary>
    public async Task<Page<NoticeRow>> ListAsync(Guid userId, bool unreadOnly, PageRequest page, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        return await RowsAsync(db, Visible(db, userId).Where(n => !unreadOnly || n.ReadAt == null), page, ct);
    }

    /// <summary>When the person wants letters; <c>null</c> for nobody.</summary>
    public async Task<NoticeMailChoice?> MailAsync(Guid userId, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        return await db.Users.Where(u => u.Id == userId).Select(u => new NoticeMailChoice(u.NoticeMail)).SingleOrDefaultAsync(ct);
    }

    public async Task ChooseMailAsync(Guid userId, NoticeMail mail, CancellationToken ct)
    {
        if (!Enum.IsDefined(mail))
        {
            throw ProblemException.Invalid("Letters come off, daily or at-once.");
        }

        await using var db = await dbs.ForAsync(userId, ct);
        await db.Users.Where(u => u.Id == userId).ExecuteUpdateAsync(set => set.SetProperty(u => u.NoticeMail, mail), ct);
    }

    /// <summary>Of notices that their reader may see.</summary>
    internal static async Task<Page<NoticeRow>> RowsAsync(CryoHubDb db, IQueryable<Notice> notices, PageRequest page, CancellationToken ct)
    {
        var found = await notices.OrderByDescending(n => n.At).ThenBy(n => n.Id)
            .ToPageAsync(n => new { n.Id, n.Kind, n.ByUserId, n.Comment.DatasetId, n.Comment.Dataset.Name, n.CommentId, n.Comment.Text, n.At, IsRead = n.ReadAt != null }, page, ct);
        var names = await CommentPeople.NamesAsync(db, found.Items.Select(n => n.ByUserId).Concat(found.Items.SelectMany(n => Mentions.Of(n.Text))), ct);
        return new(
            [.. found.Items.Select(n => new NoticeRow(
                n.Id, n.Kind, names.GetValueOrDefault(n.ByUserId, ""), n.DatasetId, n.Name, n.CommentId, Excerpt(Mentions.Plain(n.Text, names)), n.At, n.IsRead))],
            found.Total, found.Skip, found.Take);
    }

    public async Task<UnreadNotices> UnreadAsync(Guid userId, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        return new(await Visible(db, userId).CountAsync(n => n.ReadAt == null, ct));
    }

    /// <summary>False where the person has no such notice.</summary>
    public async Task<bool> MarkReadAsync(Guid userId, Guid id, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        if (!await Visible(db, userId).AnyAsync(n => n.Id == id, ct))
        {
            return false;
        }

        await MarkAsync(db, userId, Visible(db, userId).Where(n => n.Id == id), ct);
        return true;
    }

    public async Task MarkAllReadAsync(Guid userId, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        await MarkAsync(db, userId, Visible(db, userId), ct);
    }

    internal static IQueryable<Notice> Visible(CryoHubDb db, Guid userId) =>
        db.Notices.Where(n => n.UserId == userId && db.Datasets.VisibleTo(userId).Any(d => d.Id == n.Comment.DatasetId));

    private async Task MarkAsync(CryoHubDb db, Guid userId, IQueryable<Notice> notices, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        if (await notices.Where(n => n.ReadAt == null).ExecuteUpdateAsync(set => set.SetProperty(n => n.ReadAt, now), ct) > 0)
        {
            await news.PublishAsync(new NoticesChanged(userId), ct);
        }
    }

    private static string Excerpt(string text) => text.Length <= LongestExcerpt ? text : $"{text[..LongestExcerpt].TrimEnd()} …";
}
