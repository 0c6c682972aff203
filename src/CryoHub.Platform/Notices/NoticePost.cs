using System.Net.Mail;
using CryoHub.Platform.Mail;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CryoHub.Platform.Notices;

/// <summary>
/// Mails unread notices: to some once a day in one letter, to others as they come. A notice is marked as mailed before its letter is handed over, so whatever dies in between, nothing is sent
/// twice; what a mail server refuses is tried again.
/// </summary>
public sealed class NoticePost(IDbContextFactory<CryoHubDb> dbs, IMailbox mailbox, IOptions<SiteOptions> site, TimeProvider time)
{
    /// <summary>In one letter; it says how many more there are.</summary>
    public const int MostInLetter = 50;

    /// <summary>After midnight, UTC: when daily letters are written, of all that came before.</summary>
    private static readonly TimeSpan Morning = TimeSpan.FromHours(6);

    /// <summary>Who has something that was not mailed yet and is due.</summary>
    public async Task<IReadOnlyList<Guid>> DueAsync(CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        return await Due(db).OrderBy(u => u.Id).Select(u => u.Id).ToListAsync(ct);
    }

    /// <summary>Sends the person's letter, if one is due; whether it was sent.</summary>
    public async Task<bool> SendAsync(Guid userId, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        if (await ClaimAsync(db, userId, ct) is not { } claimed)
        {
            return false;
        }

        try
        {
            await mailbox.SendAsync(claimed.Letter, ct);
            return true;
        }
        catch (Exception refused) when (refused is SmtpException or IOException)
        {
            await db.Notices.Where(n => claimed.Notices.Contains(n.Id)).ExecuteUpdateAsync(set => set.SetProperty(n => n.MailedAt, (DateTimeOffset?)null), ct);
            throw;
        }
    }

    private IQueryable<Users.User> Due(CryoHubDb db)
    {
        var morning = new DateTimeOffset((time.GetUtcNow() - Morning).UtcDateTime.Date + Morning, TimeSpan.Zero);
        return db.Users.Where(u => db.Notices.Any(n => n.UserId == u.Id && n.ReadAt == null && n.MailedAt == null && (u.NoticeMail == NoticeMail.AtOnce
            || (u.NoticeMail == NoticeMail.Daily && n.At < morning && !db.Notices.Any(sent => sent.UserId == u.Id && sent.MailedAt >= morning)))));
    }

    private async Task<Claimed?> ClaimAsync(CryoHubDb db, Guid userId, CancellationToken ct)
    {
        await using var whole = await db.Database.BeginTransactionAsync(ct);
        await db.Database.ExecuteSqlAsync($"select 1 from users where id = {userId} for update", ct);   // hosts that find the same person due wait for each other here
        var address = await Due(db).Where(u => u.Id == userId).Select(u => u.Email).SingleOrDefaultAsync(ct);
        var notices = NoticeDesk.Visible(db, userId).Where(n => n.ReadAt == null && n.MailedAt == null);
        var ids = await notices.Select(n => n.Id).ToListAsync(ct);
        if (address is null || ids.Count == 0)
        {
            return null;
        }

        var shown = await NoticeDesk.RowsAsync(db, db.Notices.Where(n => ids.Contains(n.Id)), new PageRequest(0, MostInLetter), ct);
        var now = time.GetUtcNow();
        await db.Notices.Where(n => ids.Contains(n.Id)).ExecuteUpdateAsync(set => set.SetProperty(n => n.MailedAt, now), ct);
        await whole.CommitAsync(ct);
        return new(ids, Write(address, shown));
    }

    private Letter Write(string address, Page<NoticeRow> notices)
    {
        var told = notices.Items.Select(n => $"{n.By} {NoticeWords.Did(n.Kind)} “{n.DatasetName}”:\n{n.Excerpt}\n{new Uri(site.Value.PublicUrl, NoticeWords.Address(n))}\n\n");
        var more = notices.Total > notices.Items.Count ? $"And {notices.Total - notices.Items.Count} more: {new Uri(site.Value.PublicUrl, "notices")}\n\n" : "";
        return new(
            address, notices.Total == 1 ? "One notice of a comment" : $"{notices.Total} notices of comments",
            $"{string.Concat(told)}{more}When you get these letters: {new Uri(site.Value.PublicUrl, "account")}");
    }

    private sealed record Claimed(List<Guid> Notices, Letter Letter);
}
