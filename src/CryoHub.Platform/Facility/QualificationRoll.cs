using CryoHub.Imaging;
using CryoHub.Platform.Audit;
using CryoHub.Platform.Custody;
using CryoHub.Platform.Labs;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Facility;

/// <summary>Who may use an instrument. Managers of its lab grant and withdraw.</summary>
public sealed class QualificationRoll(IDbContextFactory<CryoHubDb> dbs, TimeProvider time)
{
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

    public async Task<Change> WithdrawAsync(Guid userId, Guid qualificationId, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        var instrumentId = await db.Qualifications.Where(q => q.Id == qualificationId && q.WithdrawnAt == null).Select(q => (Guid?)q.InstrumentId).SingleOrDefaultAsync(ct);
        if (instrumentId is not { } id || await db.ToChangeAsync(userId, id, LabRole.Manager, ct) is null)
        {
            return Change.Absent;
        }

        var now = time.GetUtcNow();
        await db.Qualifications.Where(q => q.Id == qualificationId).ExecuteUpdateAsync(set => set.SetProperty(q => q.WithdrawnAt, now), ct);
        return Change.Done;
    }
}
