using CryoHub.Imaging;
using CryoHub.Platform.Labs;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Facility;

/// <summary>Who sees and who changes instruments. Their lab's people see them, and whoever is qualified on one, of any lab, sees that one.</summary>
internal static class InstrumentRights
{
    public static IQueryable<Instrument> VisibleTo(this IQueryable<Instrument> instruments, Guid userId) =>
        instruments.Where(i => i.Lab.Memberships.Any(m => m.UserId == userId) || i.Qualifications.Any(q => q.UserId == userId && q.WithdrawnAt == null));

    public static IQueryable<Instrument> WithLabRole(this IQueryable<Instrument> instruments, Guid userId, LabRole least) =>
        instruments.Where(i => i.Lab.Memberships.Any(m => m.UserId == userId && m.Role >= least));

    /// <summary>The instrument, to change something of it; <c>null</c> where it cannot be seen.</summary>
    /// <exception cref="ProblemException">Forbidden: it can be seen, not changed. Conflict: it is out of use.</exception>
    public static async Task<Instrument?> ToChangeAsync(this CryoHubDb db, Guid userId, Guid instrumentId, LabRole least, CancellationToken ct)
    {
        var instrument = await db.Instruments.WithLabRole(userId, least).AsNoTracking().SingleOrDefaultAsync(i => i.Id == instrumentId, ct);
        if (instrument is null)
        {
            return await db.Instruments.VisibleTo(userId).AnyAsync(i => i.Id == instrumentId, ct)
                ? throw new ProblemException(ProblemKind.Forbidden, "You may look at this instrument, not change it.")
                : null;
        }

        return instrument.RetiredAt is { } retired ? throw new ProblemException(ProblemKind.Conflict, $"{instrument.Name} has been out of use since {retired:d MMM yyyy}.") : instrument;
    }
}
