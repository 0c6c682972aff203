using CryoHub.Imaging;
using CryoHub.Platform.Audit;
using CryoHub.Platform.Labs;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace CryoHub.Platform.Facility;

/// <summary>Books, moves, cancels, decides. The words come from a look beforehand, the promise that nothing is booked twice from the database.</summary>
public sealed class BookingDesk(IDbContextFactory<CryoHubDb> dbs, TimeProvider time)
{
    private const int MostInOneGo = 200;

    /// <summary>All instruments and all times, or none; <c>null</c> where an instrument cannot be seen.</summary>
    public async Task<Booked?> BookAsync(Guid userId, NewBooking wanted, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var ids = (wanted.Instruments ?? []).Distinct().ToList();
        CheckSize(ids.Count, wanted);
        await using var db = await dbs.ForAsync(userId, ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var candidates = await BookingRules.CandidatesAsync(db, userId, ids, now, ct);
        if (candidates.Count != ids.Count)
        {
            return null;
        }

        var (group, state, made) = (Guid.CreateVersion7(), BookingState.Confirmed, new List<Booking>());
        foreach (var candidate in candidates)
        {
            var zone = LabZone.Of(candidate.TimeZone);
            Guid? charged = wanted.Kind == BookingKind.Maintenance ? candidate.Instrument.LabId : null;
            foreach (var (from, until) in Times(wanted, zone))
            {
                BookingRules.CheckTimes(from, until, now, zone);
                var becomes = BookingRules.Decide(candidate, wanted.Kind, until);
                charged ??= await ChargedAsync(db, userId, wanted.ForLabId, ct);
                await BookingRules.CheckFreeAsync(db, candidate, from, until, null, ct);
                state = becomes == BookingState.Asked ? becomes : state;
                made.Add(new Booking
                {
                    Id = Guid.CreateVersion7(),
                    GroupId = group,
                    InstrumentId = candidate.Instrument.Id,
                    UserId = userId,
                    ForLabId = charged.Value,
                    Kind = wanted.Kind,
                    State = becomes,
                    Purpose = Required.AtMost(wanted.Purpose, 200, "The purpose"),
                    StartsAt = from,
                    EndsAt = until,
                    CreatedAt = now,
                });
            }
        }

        db.AddRange(made);
        await SaveAsync(db, ct);
        await transaction.CommitAsync(ct);
        return new Booked(group, state, [.. made.Select(booking => booking.Id)]);
    }

    /// <summary>To another time on the same instrument; what has begun keeps its beginning.</summary>
    public async Task<Change> MoveAsync(Guid userId, Guid bookingId, DateTimeOffset from, DateTimeOffset until, uint version, CancellationToken ct)
    {
        var (now, start, end) = (time.GetUtcNow(), from.ToUniversalTime(), until.ToUniversalTime());
        await using var db = await dbs.ForAsync(userId, ct);
        if (await ToChangeAsync(db, userId, bookingId, ct) is not { } booking)
        {
            return Change.Absent;
        }

        if (booking.Version != version)
        {
            return Change.Conflict;
        }

        // The rules are those for the person whose booking it is: a manager moves it, but does not lend a qualification.
        var candidate = (await BookingRules.CandidatesAsync(db, booking.UserId, [booking.InstrumentId], now, ct)).SingleOrDefault()
            ?? throw new ProblemException(ProblemKind.Conflict, "The person whose booking it is no longer sees the instrument; cancel the booking instead.");
        var zone = LabZone.Of(candidate.TimeZone);
        if (booking.StartsAt <= now && start == booking.StartsAt)
        {
            if (end < now || end - start > TimeSpan.FromDays(14))
            {
                throw new ProblemException(ProblemKind.Invalid, "What runs already can end now or later, and lasts 14 days at most.");
            }
        }
        else if (booking.StartsAt <= now)
        {
            throw new ProblemException(ProblemKind.Conflict, "This booking has begun; only its end can be moved.");
        }
        else
        {
            BookingRules.CheckTimes(start, end, now, zone);
        }

        var becomes = BookingRules.Decide(candidate, booking.Kind, end);
        await BookingRules.CheckFreeAsync(db, candidate, start, end, bookingId, ct);
        var grows = start < booking.StartsAt || end > booking.EndsAt;
        (booking.StartsAt, booking.EndsAt) = (start, end);
        if (grows && becomes == BookingState.Asked && !await IsManagerAsync(db, userId, candidate.Instrument.LabId, ct))
        {
            booking.State = BookingState.Asked;   // what a manager said yes to was another time
        }

        await SaveAsync(db, ct);
        return Change.Done;
    }

    /// <summary>Gives the time back: of this booking or, with <paramref name="series"/>, of all of the same go that have not ended.</summary>
    public async Task<Change> CancelAsync(Guid userId, Guid bookingId, bool series, string? reason, CancellationToken ct)
    {
        var (now, words) = (time.GetUtcNow(), Required.AtMost(reason, 2000, "The reason"));
        await using var db = await dbs.ForAsync(userId, ct);
        if (await ToChangeAsync(db, userId, bookingId, ct) is not { } booking)
        {
            return Change.Absent;
        }

        var group = booking.GroupId;
        foreach (var one in series ? await db.Bookings.Holding().Where(b => b.GroupId == group && b.EndsAt > now && (b.UserId == userId || b.Instrument.Lab.Memberships.Any(m => m.UserId == userId && m.Role >= LabRole.Manager))).ToListAsync(ct) : [booking])
        {
            if (one.StartsAt < now)
            {
                one.EndsAt = now;   // the hours that were used stay used
            }
            else
            {
                (one.State, one.Reason, one.DecidedBy, one.DecidedAt) = (BookingState.Cancelled, words, userId, now);
            }
        }

        await SaveAsync(db, ct);
        return Change.Done;
    }

    /// <summary>A manager's yes or no.</summary>
    public async Task<Change> DecideAsync(Guid userId, Guid bookingId, Decision decision, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        var booking = await BookingCalendar.Visible(db, userId).Include(b => b.Instrument).SingleOrDefaultAsync(b => b.Id == bookingId, ct);
        if (booking is null)
        {
            return Change.Absent;
        }

        if (!await IsManagerAsync(db, userId, booking.Instrument.LabId, ct))
        {
            return Change.Forbidden;
        }

        if (booking.State != BookingState.Asked)
        {
            throw new ProblemException(ProblemKind.Conflict, $"This booking is {booking.State.ToString().ToLowerInvariant()} already.");
        }

        var reason = Required.AtMost(decision.Reason, 2000, "The reason");
        if (!decision.IsConfirmed && reason.Length == 0)
        {
            throw new ProblemException(ProblemKind.Invalid, "Say why it is refused; the person who asked reads it.");
        }

        (booking.State, booking.Reason, booking.DecidedBy, booking.DecidedAt) = (decision.IsConfirmed ? BookingState.Confirmed : BookingState.Refused, reason, userId, time.GetUtcNow());
        await SaveAsync(db, ct);
        return Change.Done;
    }

    private static void CheckSize(int instruments, NewBooking wanted)
    {
        if (instruments is 0 or > 20)
        {
            throw new ProblemException(ProblemKind.Invalid, $"One booking takes 1 to 20 instruments, not {instruments}.");
        }

        if (!Enum.IsDefined(wanted.Kind) || wanted.Repeat is { } repeat && (!Enum.IsDefined(repeat.Unit) || repeat.Every is < 1 or > 12 || repeat.Times is < 2 or > 60))
        {
            throw new ProblemException(ProblemKind.Invalid, "A series comes every 1 to 12 days or weeks, 2 to 60 times.");
        }

        if (instruments * (wanted.Repeat?.Times ?? 1) > MostInOneGo)
        {
            throw new ProblemException(ProblemKind.Invalid, $"{instruments} instruments {wanted.Repeat!.Times} times are more than {MostInOneGo} bookings in one go.");
        }
    }

    private static IEnumerable<(DateTimeOffset From, DateTimeOffset Until)> Times(NewBooking wanted, LabZone zone)
    {
        var (from, until) = (wanted.From.ToUniversalTime(), wanted.Until.ToUniversalTime());
        return wanted.Repeat?.Of(from, until, zone) ?? [(from, until)];
    }

    private static async Task<Guid> ChargedAsync(CryoHubDb db, Guid userId, Guid? labId, CancellationToken ct)
    {
        var own = await db.Memberships.Where(m => m.UserId == userId && m.Role >= LabRole.Member).Select(m => m.LabId).ToListAsync(ct);
        return labId is { } wanted && own.Contains(wanted) ? wanted
            : labId is null && own.Count == 1 ? own[0]
            : throw new ProblemException(ProblemKind.Invalid, "Name the lab for which you book: one in which you work.");
    }

    private static Task<bool> IsManagerAsync(CryoHubDb db, Guid userId, Guid labId, CancellationToken ct) => db.Memberships.AnyAsync(m => m.UserId == userId && m.LabId == labId && m.Role >= LabRole.Manager, ct);

    /// <summary>Somebody's own booking, or one on an instrument that the person manages; not over yet.</summary>
    private async Task<Booking?> ToChangeAsync(CryoHubDb db, Guid userId, Guid bookingId, CancellationToken ct)
    {
        var booking = await BookingCalendar.Visible(db, userId).SingleOrDefaultAsync(b => b.Id == bookingId, ct);
        if (booking is null)
        {
            return null;
        }

        if (booking.UserId != userId && !await db.Instruments.WithLabRole(userId, LabRole.Manager).AnyAsync(i => i.Id == booking.InstrumentId, ct))
        {
            throw new ProblemException(ProblemKind.Forbidden, "This booking is somebody else's.");
        }

        return booking.State is BookingState.Refused or BookingState.Cancelled
            ? throw new ProblemException(ProblemKind.Conflict, $"This booking is {booking.State.ToString().ToLowerInvariant()} already.")
            : booking.EndsAt <= time.GetUtcNow() ? throw new ProblemException(ProblemKind.Conflict, "This booking is over; it stays as it was.") : booking;
    }

    private static async Task SaveAsync(CryoHubDb db, CancellationToken ct)
    {
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            throw new ProblemException(ProblemKind.Conflict, "Somebody else changed this booking a moment ago; look at it again.");
        }
        catch (DbUpdateException refused) when (refused.InnerException is PostgresException { SqlState: PostgresErrorCodes.ExclusionViolation or PostgresErrorCodes.DeadlockDetected })
        {
            throw new ProblemException(ProblemKind.Conflict, "Somebody else took that time, or part of it, a moment ago.");
        }
    }
}
