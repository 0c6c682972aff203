using CryoHub.Imaging;
using CryoHub.Platform.Audit;
using CryoHub.Platform.Labs;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Facility;

/// <summary>Adds up what was used. Confirmed bookings count with the part that lies in the month, each at the rate of the moment at which it began.</summary>
public sealed class UsageReports(IDbContextFactory<CryoHubDb> dbs, TimeProvider time)
{
    /// <summary>For managers of the lab; <c>null</c> where the lab cannot be seen.</summary>
    public async Task<UsageReport?> ReadAsync(Guid userId, Guid labId, int year, int month, UsageSide side, CancellationToken ct)
    {
        if (year is < 2000 or > 2200 || month is < 1 or > 12 || !Enum.IsDefined(side))
        {
            throw new ProblemException(ProblemKind.Invalid, $"{year}-{month:00} is no month of a report; expected for instance 2026-03.");
        }

        var now = time.GetUtcNow();
        await using var db = await dbs.ForAsync(userId, ct);
        if (!await LabDirectory.IsManagedByAsync(db, userId, labId, "Usage reports are for the lab's managers.", ct))
        {
            return null;
        }

        var lab = await db.Labs.Where(l => l.Id == labId).Select(l => new { l.Name, l.TimeZone }).SingleAsync(ct);
        var (from, end) = LabZone.Of(lab.TimeZone).Month(year, month);
        var until = now < end ? now : end;
        var used = await db.Bookings.Where(b => b.State == BookingState.Confirmed && b.StartsAt < until && b.EndsAt > from)
            .Where(b => side == UsageSide.Instruments ? b.Instrument.LabId == labId : b.ForLabId == labId && b.Kind == BookingKind.Use)
            .Select(b => new Used(
                b.ForLab.Name, b.ForLabId, b.Instrument.Name, b.InstrumentId, b.Kind, b.StartsAt, b.EndsAt,
                db.InstrumentRates.Where(r => r.InstrumentId == b.InstrumentId && r.ValidFrom <= b.StartsAt).OrderByDescending(r => r.ValidFrom).ThenByDescending(r => r.CreatedAt).ThenByDescending(r => r.Id)
                    .Select(r => (decimal?)r.PerHour).FirstOrDefault(),
                db.InstrumentRates.Where(r => r.InstrumentId == b.InstrumentId && r.ValidFrom <= b.StartsAt).OrderByDescending(r => r.ValidFrom).ThenByDescending(r => r.CreatedAt).ThenByDescending(r => r.Id)
                    .Select(r => r.Currency).FirstOrDefault() ?? ""))
            .ToListAsync(ct);
        var downtime = side == UsageSide.Charged ? [] : await db.Downtimes.Where(d => d.Instrument.LabId == labId && d.Since < until && (d.Until == null || d.Until > from))
            .Select(d => new { d.Instrument.Name, d.InstrumentId, d.Since, Until = d.Until ?? until }).ToListAsync(ct);
        return new UsageReport(
            labId, lab.Name, side, lab.TimeZone, from, until, until == end, Lines(used, from, until),
            [.. downtime.GroupBy(d => (d.InstrumentId, d.Name)).OrderBy(group => group.Key.Name, StringComparer.Ordinal).Select(group => new UsageDowntime(group.Key.Name, group.Sum(d => Part(d.Since, d.Until, from, until).TotalHours)))]);
    }

    private static IReadOnlyList<UsageLine> Lines(IEnumerable<Used> used, DateTimeOffset from, DateTimeOffset until) =>
    [
        .. used.GroupBy(u => (u.Lab, u.LabId, u.Instrument, u.InstrumentId, u.Kind, Currency: u.Kind == BookingKind.Maintenance ? "" : u.Currency))
            .OrderBy(group => group.Key.Lab, StringComparer.Ordinal).ThenBy(group => group.Key.LabId).ThenBy(group => group.Key.Instrument, StringComparer.Ordinal).ThenBy(group => group.Key.Kind)
            .Select(group => new UsageLine(
                group.Key.Lab, group.Key.Instrument, group.Key.Kind, group.Count(), group.Sum(u => Part(u.From, u.Until, from, until).TotalHours),
                group.Key.Kind == BookingKind.Maintenance ? 0 : group.Key.Currency.Length == 0 ? null : group.Sum(u => Cost(Part(u.From, u.Until, from, until), u.PerHour!.Value)), group.Key.Currency)),
    ];

    /// <summary>To the cent for each booking, so that the lines add up to what is on the bills.</summary>
    private static decimal Cost(TimeSpan length, decimal perHour) => decimal.Round(perHour * length.Ticks / TimeSpan.TicksPerHour, 2, MidpointRounding.AwayFromZero);

    private static TimeSpan Part(DateTimeOffset since, DateTimeOffset to, DateTimeOffset from, DateTimeOffset until) => (to < until ? to : until) - (since > from ? since : from);

    private sealed record Used(string Lab, Guid LabId, string Instrument, Guid InstrumentId, BookingKind Kind, DateTimeOffset From, DateTimeOffset Until, decimal? PerHour, string Currency);
}
