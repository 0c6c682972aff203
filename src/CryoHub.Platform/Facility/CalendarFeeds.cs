using CryoHub.Imaging;
using CryoHub.Platform.Audit;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Facility;

/// <summary>Secret addresses of calendars. Each read asks for the person's rights of that moment; a revoked address is dead at once.</summary>
public sealed class CalendarFeeds(IDbContextFactory<CryoHubDb> dbs, TimeProvider time)
{
    private const int MostOfAPerson = 20;

    public async Task<IReadOnlyList<FeedRow>> ListAsync(Guid userId, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        return await db.CalendarFeeds.Where(f => f.UserId == userId && f.RevokedAt == null).OrderByDescending(f => f.CreatedAt)
            .Select(f => new FeedRow(f.Id, f.LabId, f.Lab!.Name, f.CreatedAt)).ToListAsync(ct);
    }

    /// <summary>The address' code; <c>null</c> where the lab has nothing to see.</summary>
    public async Task<NewFeed?> CreateAsync(Guid userId, Guid? labId, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        if (labId is { } lab && !await db.Memberships.AnyAsync(m => m.LabId == lab && m.UserId == userId, ct) && !await db.Instruments.VisibleTo(userId).AnyAsync(i => i.LabId == lab, ct))
        {
            return null;
        }

        if (await db.CalendarFeeds.CountAsync(f => f.UserId == userId && f.RevokedAt == null, ct) >= MostOfAPerson)
        {
            throw new ProblemException(ProblemKind.Conflict, $"You have {MostOfAPerson} addresses; revoke one first.");
        }

        var code = SecretCode.New();
        var feed = new CalendarFeed { Id = Guid.CreateVersion7(), UserId = userId, LabId = labId, CodeHash = SecretCode.Hash(code), CreatedAt = time.GetUtcNow() };
        db.Add(feed);
        await db.SaveChangesAsync(ct);
        return new NewFeed(feed.Id, code);
    }

    public async Task<bool> RevokeAsync(Guid userId, Guid feedId, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        await using var db = await dbs.ForAsync(userId, ct);
        return await db.CalendarFeeds.Where(f => f.Id == feedId && f.UserId == userId && f.RevokedAt == null).ExecuteUpdateAsync(set => set.SetProperty(f => f.RevokedAt, now), ct) == 1;
    }

    /// <summary>Bookings from a month ago to a year ahead; <c>null</c> where the code opens nothing (unknown, revoked, its person locked out).</summary>
    public async Task<FeedContent?> ReadAsync(string code, CancellationToken ct)
    {
        var (now, hash) = (time.GetUtcNow(), SecretCode.Hash(code));
        await using var db = await dbs.CreateDbContextAsync(ct);
        var feed = await db.CalendarFeeds.Where(f => f.CodeHash == hash && f.RevokedAt == null && (f.User.LockoutEnd == null || f.User.LockoutEnd < now.AddYears(1)))
            .Select(f => new { f.UserId, f.LabId, LabName = f.Lab!.Name }).SingleOrDefaultAsync(ct);
        if (feed is null)
        {
            return null;
        }

        var (first, last) = (now.AddDays(-30), now.AddDays(365));
        var seen = db.Instruments.VisibleTo(feed.UserId);
        var bookings = db.Bookings.Holding().Where(b => b.EndsAt > first && b.StartsAt < last)
            .Where(b => feed.LabId == null ? b.UserId == feed.UserId : b.Instrument.LabId == feed.LabId && seen.Any(i => i.Id == b.InstrumentId));
        return new FeedContent(feed.LabId is null ? "CryoHub, my bookings" : $"CryoHub, {feed.LabName}", await BookingCalendar.RowsAsync(db, feed.UserId, bookings, ct));
    }
}
