using CryoHub.Imaging;
using CryoHub.Platform.Labs;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Facility;

/// <summary>Who may have which instrument when. Each refusal says what stands against it.</summary>
internal static class BookingRules
{
    /// <summary>A page lies open for a while: what began a moment ago may still be booked.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan Longest = TimeSpan.FromDays(14);

    public static void CheckTimes(DateTimeOffset from, DateTimeOffset until, DateTimeOffset now, LabZone zone)
    {
        if (from < now - Grace)
        {
            throw new ProblemException(ProblemKind.Invalid, $"{Show(from)} is over: it is {Show(now)} in {zone.Name}. Bookings begin now or later.");
        }

        if (until - from < Shortest || until - from > Longest)
        {
            throw new ProblemException(ProblemKind.Invalid, $"A booking lasts 5 minutes to 14 days; {Show(from)} to {Show(until)} is {(until - from).TotalHours:0.##} h.");
        }

        if (from > now.AddYears(2))
        {
            throw new ProblemException(ProblemKind.Invalid, $"{Show(from)} lies more than two years ahead.");
        }

        string Show(DateTimeOffset at) => zone.At(at).ToString("d MMM yyyy HH:mm", System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>What becomes of a booking of this person; throws where it cannot be.</summary>
    public static BookingState Decide(Candidate candidate, BookingKind kind, DateTimeOffset until)
    {
        var (instrument, role, level, levelUntil) = (candidate.Instrument, candidate.Role, candidate.Level, candidate.LevelUntil);
        if (instrument.RetiredAt is not null)
        {
            throw new ProblemException(ProblemKind.Conflict, $"{instrument.Name} is out of use.");
        }

        if (kind == BookingKind.Maintenance)
        {
            return role >= LabRole.Manager ? BookingState.Confirmed : throw new ProblemException(ProblemKind.Forbidden, $"Maintenance of {instrument.Name} is booked by managers of its lab.");
        }

        if (instrument.NeedsQualification && (level is null || levelUntil < until))
        {
            throw new ProblemException(
                ProblemKind.Forbidden, level is null ? $"You are not qualified on {instrument.Name}; a manager of its lab can qualify you." : $"Your qualification on {instrument.Name} runs out on {levelUntil:d MMM yyyy}, before the end of this booking.");
        }

        if (level is null && !(role >= LabRole.Member))
        {
            throw new ProblemException(ProblemKind.Forbidden, $"You may look at {instrument.Name}, not book it.");
        }

        var isAsked = level == QualificationLevel.Training || (instrument.NeedsApproval && level != QualificationLevel.Independent);
        return isAsked && !(role >= LabRole.Manager) ? BookingState.Asked : BookingState.Confirmed;
    }

    /// <summary>The instruments with what the person is to each; those that the person does not see are missing.</summary>
    public static async Task<List<Candidate>> CandidatesAsync(CryoHubDb db, Guid userId, IReadOnlyList<Guid> ids, DateTimeOffset now, CancellationToken ct) =>
        await db.Instruments.VisibleTo(userId).Where(i => ids.Contains(i.Id)).OrderBy(i => i.Id)
            .Select(i => new Candidate(
                i, i.Lab.TimeZone, i.Lab.Memberships.Where(m => m.UserId == userId).Select(m => (LabRole?)m.Role).FirstOrDefault(),
                i.Qualifications.Where(q => q.UserId == userId && q.WithdrawnAt == null && (q.Until == null || q.Until > now)).Select(q => (QualificationLevel?)q.Level).FirstOrDefault(),
                i.Qualifications.Where(q => q.UserId == userId && q.WithdrawnAt == null && (q.Until == null || q.Until > now)).Select(q => q.Until).FirstOrDefault()))
            .AsNoTracking().ToListAsync(ct);

    /// <exception cref="ProblemException">Conflict: the instrument is down, or somebody has that time.</exception>
    public static async Task CheckFreeAsync(CryoHubDb db, Candidate candidate, DateTimeOffset from, DateTimeOffset until, Guid? but, CancellationToken ct)
    {
        var zone = LabZone.Of(candidate.TimeZone);
        var id = candidate.Instrument.Id;
        var down = await db.Downtimes.Where(d => d.InstrumentId == id && d.Until == null && d.Since < until && (d.ExpectedUntil == null || d.ExpectedUntil > from)).AsNoTracking().FirstOrDefaultAsync(ct);
        if (down is not null)
        {
            throw new ProblemException(
                ProblemKind.Conflict, $"{candidate.Instrument.Name} is down ({down.Cause}), {(down.ExpectedUntil is { } expected ? $"presumably until {Show(expected)}" : "and nobody has said until when")}.");
        }

        var taken = await db.Bookings.Holding().Where(b => b.InstrumentId == id && b.Id != but && b.StartsAt < until && b.EndsAt > from).OrderBy(b => b.StartsAt).AsNoTracking().FirstOrDefaultAsync(ct);
        if (taken is not null)
        {
            throw new ProblemException(ProblemKind.Conflict, $"{candidate.Instrument.Name} is taken from {Show(taken.StartsAt)} to {Show(taken.EndsAt)}; {Show(from)} to {Show(until)} does not fit.");
        }

        string Show(DateTimeOffset at) => zone.At(at).ToString("d MMM HH:mm", System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>Bookings that hold their time.</summary>
    public static IQueryable<Booking> Holding(this IQueryable<Booking> bookings) => bookings.Where(b => b.State == BookingState.Asked || b.State == BookingState.Confirmed);

    /// <summary>An instrument, and what the person who books is to it.</summary>
    internal sealed record Candidate(Instrument Instrument, string TimeZone, LabRole? Role, QualificationLevel? Level, DateTimeOffset? LevelUntil);
}
