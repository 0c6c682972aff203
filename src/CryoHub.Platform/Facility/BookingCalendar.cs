using System.Linq.Expressions;
using CryoHub.Platform.Audit;
using CryoHub.Platform.Labs;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Facility;

/// <summary>What is booked, as each person may see it.</summary>
public sealed class BookingCalendar(IDbContextFactory<CryoHubDb> dbs, TimeProvider time)
{
    private const int Most = 5000;

    /// <summary>Bookings that hold a time between two moments, of one lab's instruments or of all that the person sees, at most 100 days; <c>null</c> where the lab has nothing to see.</summary>
    public async Task<IReadOnlyList<BookingRow>?> ListAsync(Guid userId, Guid? labId, DateTimeOffset from, DateTimeOffset until, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        var seen = db.Instruments.VisibleTo(userId).Where(i => labId == null || i.LabId == labId);
        if (labId is { } lab && await LabDirectory.RoleAsync(db, userId, lab, ct) is null && !await seen.AnyAsync(ct))
        {
            return null;
        }

        var (first, last) = (from.ToUniversalTime(), Earlier(until, from.AddDays(100)).ToUniversalTime());
        return await RowsAsync(db, userId, db.Bookings.Holding().Where(b => b.StartsAt < last && b.EndsAt > first && seen.Any(i => i.Id == b.InstrumentId)), ct);
    }

    /// <summary>The person's own bookings that are not over, soonest first.</summary>
    public async Task<IReadOnlyList<BookingRow>> MineAsync(Guid userId, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        await using var db = await dbs.ForAsync(userId, ct);
        return await RowsAsync(db, userId, db.Bookings.Holding().Where(b => b.UserId == userId && b.EndsAt > now), ct);
    }

    /// <summary>What waits for the person's yes or no.</summary>
    public async Task<IReadOnlyList<BookingRow>> ToDecideAsync(Guid userId, Guid labId, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        await using var db = await dbs.ForAsync(userId, ct);
        return await RowsAsync(db, userId, db.Bookings.Where(b => b.State == BookingState.Asked && b.EndsAt > now && b.Instrument.LabId == labId && b.Instrument.Lab.Memberships.Any(m => m.UserId == userId && m.Role >= LabRole.Manager)), ct);
    }

    public async Task<BookingRow?> FindAsync(Guid userId, Guid bookingId, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        return (await RowsAsync(db, userId, Visible(db, userId).Where(b => b.Id == bookingId), ct)).SingleOrDefault();
    }

    /// <summary>Bookings of visible instruments; what no longer holds its time is seen by who may know whose it was.</summary>
    internal static IQueryable<Booking> Visible(CryoHubDb db, Guid userId) => db.Bookings.Where(b => b.UserId == userId
        || b.Instrument.Lab.Memberships.Any(m => m.UserId == userId)
        || ((b.State == BookingState.Asked || b.State == BookingState.Confirmed) && b.Instrument.Qualifications.Any(q => q.UserId == userId && q.WithdrawnAt == null)));

    internal static async Task<IReadOnlyList<BookingRow>> RowsAsync(CryoHubDb db, Guid userId, IQueryable<Booking> bookings, CancellationToken ct)
    {
        var rows = await bookings.OrderBy(b => b.StartsAt).ThenBy(b => b.Id).Take(Most).Select(Row(db, userId)).ToListAsync(ct);
        return [.. rows.Select(row => row.Knows ? row.Booking : row.Booking with { Purpose = "", Who = "", ForLab = "", ForLabId = null, Reason = "", InSeries = 1, GroupId = row.Booking.Id })];
    }

    private static Expression<Func<Booking, Known>> Row(CryoHubDb db, Guid userId) => b => new Known(
        new BookingRow(
            b.Id, b.GroupId, b.InstrumentId, b.Instrument.Name, b.StartsAt, b.EndsAt, b.Kind, b.State, b.Purpose, b.User.DisplayName, b.ForLabId, b.ForLab.Name, b.Reason, b.UserId == userId,
            (b.State == BookingState.Asked || b.State == BookingState.Confirmed) && (b.UserId == userId || b.Instrument.Lab.Memberships.Any(m => m.UserId == userId && m.Role >= LabRole.Manager)),
            b.State == BookingState.Asked && b.Instrument.Lab.Memberships.Any(m => m.UserId == userId && m.Role >= LabRole.Manager), db.Bookings.Count(other => other.GroupId == b.GroupId), b.Version),
        b.UserId == userId || b.Instrument.Lab.Memberships.Any(m => m.UserId == userId) || b.ForLab.Memberships.Any(m => m.UserId == userId));

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;

    private sealed record Known(BookingRow Booking, bool Knows);
}
