using System.Globalization;
using CryoHub.Imaging;
using CryoHub.Platform.Audit;
using CryoHub.Platform.Custody;
using CryoHub.Platform.Labs;
using CryoHub.Platform.Mail;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Facility;

/// <summary>Who may use an instrument. Managers of its lab grant and withdraw.</summary>
public sealed class QualificationRoll(IDbContextFactory<CryoHubDb> dbs, IMailbox mailbox, TimeProvider time)
{
    private const int ToldInALetter = 20;

    /// <summary>The lab's people see everybody, others themselves; <c>null</c> where the instrument cannot be seen.</summary>
    public async Task<Page<QualificationRow>?> ListAsync(Guid userId, Guid instrumentId, PageRequest page, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        await using var db = await dbs.ForAsync(userId, ct);
        return await db.Instruments.VisibleTo(userId).AnyAsync(i => i.Id == instrumentId, ct)
            ? await db.Qualifications.Where(q => q.InstrumentId == instrumentId && q.WithdrawnAt == null)
                .Where(q => q.UserId == userId || q.Instrument.Lab.Memberships.Any(m => m.UserId == userId))
                .OrderBy(q => q.User.DisplayName).ThenBy(q => q.Id)
                .Select(q => new QualificationRow(
                    q.Id, q.UserId, q.User.DisplayName, q.Level, q.Since, q.Until, q.Notes, db.Users.Where(u => u.Id == q.GrantedBy).Select(u => u.DisplayName).FirstOrDefault() ?? "", q.Until == null || q.Until > now))
                .ToPageAsync(page, ct)
            : null;
    }

    /// <summary>The qualification's id; <c>null</c> where the instrument cannot be seen.</summary>
    public async Task<Guid?> GrantAsync(Guid userId, Guid instrumentId, GrantQualification wanted, CancellationToken ct)
    {
        var (now, address) = (time.GetUtcNow(), Required.Email(wanted.Email).ToUpperInvariant());
        if (!Enum.IsDefined(wanted.Level) || wanted.Until <= now)
        {
            throw new ProblemException(ProblemKind.Invalid, wanted.Until <= now ? $"It would have run out on {wanted.Until:d MMM yyyy}, before it begins." : "Levels are training, user and independent.");
        }

        await using var db = await dbs.ForAsync(userId, ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await db.ToChangeAsync(userId, instrumentId, LabRole.Manager, ct) is not { } instrument)
        {
            return null;
        }

        // Only people of known labs are found, so that nobody can ask the site who is on it.
        var person = await db.Users.Where(u => u.NormalizedEmail == address && (db.Memberships.Any(m => m.UserId == u.Id && m.LabId == instrument.LabId)
            || KnownLabs.Of(db, userId).Any(lab => lab.Memberships.Any(m => m.UserId == u.Id)))).Select(u => (Guid?)u.Id).SingleOrDefaultAsync(ct)
            ?? throw new ProblemException(ProblemKind.Invalid, "Nobody in your lab, or in a lab that you know, has this address. A lab is known once a project is shared with it.");

        await db.Qualifications.Where(q => q.InstrumentId == instrumentId && q.UserId == person && q.WithdrawnAt == null).ExecuteUpdateAsync(set => set.SetProperty(q => q.WithdrawnAt, now), ct);
        var qualification = new Qualification
        {
            Id = Guid.CreateVersion7(),
            InstrumentId = instrumentId,
            UserId = person,
            Level = wanted.Level,
            Since = now,
            Until = wanted.Until?.ToUniversalTime(),
            Notes = Required.AtMost(wanted.Notes, 2000, "The notes"),
            GrantedBy = userId,
        };
        db.Add(qualification);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return qualification.Id;
    }

    /// <summary>What the person has booked there and can no longer use alone waits for a manager's yes from now on; both are told, the person also by mail.</summary>
    public async Task<Change> WithdrawAsync(Guid userId, Guid qualificationId, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var found = await db.Qualifications.Where(q => q.Id == qualificationId && q.WithdrawnAt == null).Select(q => new { q.InstrumentId, q.UserId, q.User.Email, q.Instrument.Lab.TimeZone }).SingleOrDefaultAsync(ct);
        if (found is null || await db.ToChangeAsync(userId, found.InstrumentId, LabRole.Manager, ct) is not { } instrument)
        {
            return Change.Absent;
        }

        var now = time.GetUtcNow();
        await db.Qualifications.Where(q => q.Id == qualificationId).ExecuteUpdateAsync(set => set.SetProperty(q => q.WithdrawnAt, now), ct);
        var flagged = await FlagAsync(db, instrument, found.UserId, $"The qualification was withdrawn on {LabZone.Of(found.TimeZone).At(now):d MMM yyyy}; a manager decides whether this stands.", now, ct);
        await transaction.CommitAsync(ct);
        if (flagged.Count > 0)
        {
            await mailbox.SendAsync(Letter(found.Email!, instrument.Name, flagged, LabZone.Of(found.TimeZone)), ct);
        }

        return Change.Done;
    }

    /// <summary>Bookings to come that the person could not have made without the qualification; what runs already is left to run.</summary>
    private static async Task<List<(DateTimeOffset From, DateTimeOffset Until)>> FlagAsync(CryoHubDb db, Instrument instrument, Guid personId, string reason, DateTimeOffset now, CancellationToken ct)
    {
        var role = await LabDirectory.RoleAsync(db, personId, instrument.LabId, ct);
        if (!instrument.NeedsQualification && role >= LabRole.Member && (role >= LabRole.Manager || !instrument.NeedsApproval))
        {
            return [];
        }

        var touched = db.Bookings.Where(b => b.InstrumentId == instrument.Id && b.UserId == personId && b.Kind == BookingKind.Use && b.StartsAt > now && (b.State == BookingState.Confirmed || b.State == BookingState.Asked));
        var times = await touched.OrderBy(b => b.StartsAt).Select(b => new { b.StartsAt, b.EndsAt }).ToListAsync(ct);
        await touched.ExecuteUpdateAsync(
            set => set.SetProperty(b => b.State, BookingState.Asked).SetProperty(b => b.Reason, reason).SetProperty(b => b.DecidedBy, (Guid?)null).SetProperty(b => b.DecidedAt, (DateTimeOffset?)null), ct);
        return [.. times.Select(b => (b.StartsAt, b.EndsAt))];
    }

    private static Letter Letter(string address, string instrument, List<(DateTimeOffset From, DateTimeOffset Until)> bookings, LabZone zone)
    {
        var times = bookings.Take(ToldInALetter).Select(b => string.Create(CultureInfo.InvariantCulture, $"{zone.At(b.From):d MMM yyyy HH:mm} to {zone.At(b.Until):d MMM yyyy HH:mm}"));
        var more = bookings.Count > ToldInALetter ? $"\nand {bookings.Count - ToldInALetter} more" : "";
        return new Letter(
            address, $"{instrument}: your bookings wait for approval",
            $"Your qualification on {instrument} was withdrawn. What you have booked there keeps its time until a manager of its lab decides ({zone.Name}):\n\n{string.Join('\n', times)}{more}\n");
    }
}
