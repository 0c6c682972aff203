using System.Globalization;
using CryoHub.Imaging;
using CryoHub.Platform.Access;
using CryoHub.Platform.Audit;
using CryoHub.Platform.Datasets;
using CryoHub.Platform.Labs;
using CryoHub.Platform.Sessions;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace CryoHub.Platform.Facility;

/// <summary>Makes a session of a booking and of the files that were measured in it. Done again, it takes in what has come since.</summary>
public sealed class SessionBuilder(IDbContextFactory<CryoHubDb> dbs, TimeProvider time)
{
    private const int MostShown = 500;

    /// <summary><c>null</c> where booking or project cannot be seen.</summary>
    public async Task<SessionProposal?> ProposeAsync(Guid userId, Guid bookingId, Guid projectId, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        if (await FindAsync(db, userId, bookingId, ct) is not { } booking || !await db.Projects.VisibleTo(userId).AnyAsync(p => p.Id == projectId, ct))
        {
            return null;
        }

        var offset = await ClockLog.OffsetAsync(db, booking.InstrumentId, booking.StartsAt, booking.EndsAt, ct);
        var session = await db.Sessions.VisibleTo(userId).Where(s => s.BookingId == bookingId && s.ProjectId == projectId).Select(s => (Guid?)s.Id).FirstOrDefaultAsync(ct);
        var during = Measured(db.Datasets.VisibleTo(userId), projectId, booking, offset ?? 0);
        var files = await during.Where(d => d.SessionId == null || d.SessionId == session).OrderBy(d => d.AcquiredAt).ThenBy(d => d.Id).Take(MostShown)
            .Select(d => new { d.Id, d.Name, At = d.AcquiredAt!.Value, IsIn = d.SessionId != null }).ToListAsync(ct);
        var elsewhere = await during.CountAsync(d => d.SessionId != null && d.SessionId != session, ct);
        return new SessionProposal(session, offset, [.. files.Select(file => new SessionFile(file.Id, file.Name, file.At, file.At.AddSeconds(-(offset ?? 0)), file.IsIn))], elsewhere);
    }

    /// <summary>The session's id; <c>null</c> where booking or project cannot be seen.</summary>
    public async Task<Guid?> BuildAsync(Guid userId, Guid bookingId, Guid projectId, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await FindAsync(db, userId, bookingId, ct) is not { } booking || !await db.Projects.MayAddToAsync(userId, projectId, ct))
        {
            return null;
        }

        if (booking.State != BookingState.Confirmed || booking.StartsAt > time.GetUtcNow())
        {
            throw new ProblemException(ProblemKind.Conflict, $"A session is made of a confirmed booking that has begun; this one is {booking.State.ToString().ToLowerInvariant()} and begins on {booking.StartsAt:d MMM yyyy HH:mm} UTC.");
        }

        var offset = await ClockLog.OffsetAsync(db, booking.InstrumentId, booking.StartsAt, booking.EndsAt, ct);
        var session = await db.Sessions.EditableBy(userId).SingleOrDefaultAsync(s => s.BookingId == bookingId && s.ProjectId == projectId, ct);
        if (session is null)
        {
            session = new MicroscopeSession { Id = Guid.CreateVersion7(), ProjectId = projectId, BookingId = bookingId, InstrumentId = booking.InstrumentId, CreatedBy = userId, CreatedAt = time.GetUtcNow() };
            (session.Name, session.Instrument) = (NameOf(booking), booking.Instrument.Name);
            db.Add(session);
        }

        (session.StartedAt, session.EndedAt, session.ClockOffsetSeconds) = (booking.StartsAt, booking.EndsAt, offset);
        await SaveAsync(db, ct);
        var id = session.Id;
        await Measured(db.Datasets.EditableBy(userId), projectId, booking, offset ?? 0).Where(d => d.SessionId == null).ExecuteUpdateAsync(set => set.SetProperty(d => d.SessionId, id), ct);
        await transaction.CommitAsync(ct);
        return id;
    }

    /// <summary>Files whose time, with the clock put right, lies in the booking. Pictures of results were not measured.</summary>
    private static IQueryable<Dataset> Measured(IQueryable<Dataset> datasets, Guid projectId, Booking booking, double offset)
    {
        var (first, last) = (booking.StartsAt.AddSeconds(offset), booking.EndsAt.AddSeconds(offset));
        return datasets.Where(d => d.ProjectId == projectId && d.ResultId == null && d.AcquiredAt >= first && d.AcquiredAt <= last);
    }

    /// <summary>Bookings whose details the person may know: the own ones, those of the lab that is charged, those of the lab's instruments.</summary>
    private static Task<Booking?> FindAsync(CryoHubDb db, Guid userId, Guid bookingId, CancellationToken ct) => db.Bookings.Include(b => b.Instrument).ThenInclude(i => i.Lab).AsNoTracking()
        .SingleOrDefaultAsync(
            b => b.Id == bookingId && (b.UserId == userId || b.ForLab.Memberships.Any(m => m.UserId == userId && m.Role >= LabRole.Member) || b.Instrument.Lab.Memberships.Any(m => m.UserId == userId && m.Role >= LabRole.Member)), ct);

    private static string NameOf(Booking booking)
    {
        var day = LabZone.Of(booking.Instrument.Lab.TimeZone).At(booking.StartsAt).ToString("d MMM yyyy HH:mm", CultureInfo.InvariantCulture);
        var name = booking.Purpose.Length > 0 ? $"{booking.Instrument.Name}, {day}, {booking.Purpose}" : $"{booking.Instrument.Name}, {day}";
        return name.Length <= 200 ? name : name[..200];
    }

    private static async Task SaveAsync(CryoHubDb db, CancellationToken ct)
    {
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException refused) when (refused is DbUpdateConcurrencyException || refused.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            throw new ProblemException(ProblemKind.Conflict, "Somebody else made this session a moment ago; look at it again.");
        }
    }
}
