using System.Globalization;
using CryoHub.Platform.Custody;
using CryoHub.Platform.Jobs;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Facility;

/// <summary>What needs a person, worst first. Each rule says its limit; nothing is kept, so an alarm ends when its cause does.</summary>
public sealed class FacilityAlarms(TimeProvider time)
{
    private const int MostOfAKind = 10;

    internal async Task<IReadOnlyList<Alarm>> ReadAsync(CryoHubDb db, Guid labId, LabZone zone, long used, long? quota, DiskRoom? disk, CancellationToken ct)
    {
        List<Alarm> found = [];
        await DownAsync(db, labId, zone, found, ct);
        await ShipmentsAsync(db, labId, zone, found, ct);
        Room(labId, used, quota, disk, found);
        await AskedAsync(db, labId, found, ct);
        await ClocksAsync(db, labId, found, ct);
        await GapsAsync(db, labId, found, ct);
        await JobsAsync(db, labId, found, ct);
        return [.. found.OrderByDescending(alarm => alarm.IsUrgent)];
    }

    private async Task DownAsync(CryoHubDb db, Guid labId, LabZone zone, List<Alarm> found, CancellationToken ct)
    {
        var (now, week) = (time.GetUtcNow(), time.GetUtcNow().AddDays(7));
        var down = await db.Downtimes.Where(d => d.Instrument.LabId == labId && d.Instrument.RetiredAt == null && d.Until == null).OrderBy(d => d.Since)
            .Select(d => new { d.InstrumentId, d.Instrument.Name, d.Cause, d.Since, d.ExpectedUntil, Booked = db.Bookings.Holding().Count(b => b.InstrumentId == d.InstrumentId && b.EndsAt > now && b.StartsAt < (d.ExpectedUntil ?? week)) })
            .Take(MostOfAKind).ToListAsync(ct);
        found.AddRange(down.Select(d => new Alarm(
            true, $"{d.Name} is down", $"{d.Cause}. Since {Show(zone, d.Since)}{(d.ExpectedUntil is { } expected ? $", presumably until {Show(zone, expected)}" : "")}; {Count(d.Booked, "booking")} touched.", $"instruments/{d.InstrumentId}")));
    }

    private async Task ShipmentsAsync(CryoHubDb db, Guid labId, LabZone zone, List<Alarm> found, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var sent = await db.Shipments.Where(s => s.State == ShipmentState.Sent && (s.FromLabId == labId || s.ToLabId == labId) && s.FilledAt != null && s.HoldSeconds != null).AsNoTracking().ToListAsync(ct);
        found.AddRange(sent.Where(s => s.HoldsUntil < now.AddDays(1)).OrderBy(s => s.HoldsUntil).Take(MostOfAKind).Select(s => new Alarm(
            s.HoldsUntil < now, $"Shipment {s.Title} {(s.HoldsUntil < now ? "is warm" : "gets warm within a day")}", $"The container holds until {Show(zone, s.HoldsUntil!.Value)} and has not arrived.", $"shipments/{s.Id}")));
    }

    private static void Room(Guid labId, long used, long? quota, DiskRoom? disk, List<Alarm> found)
    {
        if (disk is { FreePercent: < 20 })
        {
            found.Add(new Alarm(disk.FreePercent < 10, "The disk fills up", string.Create(CultureInfo.InvariantCulture, $"{disk.FreePercent:0.#} % are free; below 10 % uploads are at risk."), $"labs/{labId}"));
        }

        if (quota is > 0 and var limit && used > 0.9 * limit)
        {
            found.Add(new Alarm(used >= limit, "The lab's quota is nearly used", string.Create(CultureInfo.InvariantCulture, $"{100.0 * used / limit:0.#} % of it."), $"labs/{labId}"));
        }
    }

    private async Task AskedAsync(CryoHubDb db, Guid labId, List<Alarm> found, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var asked = await db.Bookings.CountAsync(b => b.State == BookingState.Asked && b.Instrument.LabId == labId && b.EndsAt > now, ct);
        if (asked > 0)
        {
            var lost = await db.Bookings.CountAsync(b => b.State == BookingState.Asked && b.Reason != "" && b.Instrument.LabId == labId && b.EndsAt > now, ct);
            var words = lost == 0 ? "" : $" Of {(lost == 1 ? "one" : lost)} the qualification was withdrawn.";
            found.Add(new Alarm(false, $"{Count(asked, "booking")} to approve", $"Their time is held until a manager decides.{words}", $"labs/{labId}/calendar"));
        }
    }

    private static async Task ClocksAsync(CryoHubDb db, Guid labId, List<Alarm> found, CancellationToken ct)
    {
        var last = await db.Instruments.Where(i => i.LabId == labId && i.RetiredAt == null).OrderBy(i => i.Name)
            .Select(i => new { i.Id, i.Name, Offset = db.ClockChecks.Where(c => c.InstrumentId == i.Id).OrderByDescending(c => c.At).Select(c => (double?)c.OffsetSeconds).FirstOrDefault() }).ToListAsync(ct);
        found.AddRange(last.Where(i => Math.Abs(i.Offset ?? 0) > ClockLog.Tolerance).Take(MostOfAKind).Select(i => new Alarm(
            false, $"The clock of {i.Name} is wrong", string.Create(CultureInfo.InvariantCulture, $"By {Math.Abs(i.Offset!.Value) / 60:0.#} min, {(i.Offset > 0 ? "ahead" : "behind")}. Sessions put it right; set it all the same."), $"instruments/{i.Id}")));
    }

    /// <summary>Gaps of the lab's own items that nobody has accepted.</summary>
    private static async Task GapsAsync(CryoHubDb db, Guid labId, List<Alarm> found, CancellationToken ct)
    {
        var gaps = await db.Database.SqlQuery<GapRow>(
            $"""
            select sample.id as "Id", sample.name as "Name", count(*)::int as "Gaps", sum(extract(epoch from gap.until - gap.since))::float8 as "Seconds"
            from custody_gaps gap
            join samples sample on sample.id = gap.sample_id and sample.deleted_at is null
            join projects project on project.id = sample.project_id and project.deleted_at is null and project.lab_id = {labId}
            where not exists (select 1 from gap_acceptances acceptance where acceptance.keeping_id = gap.keeping_id and acceptance.step_id is not distinct from gap.step_id)
            group by sample.id, sample.name
            """).OrderByDescending(gap => gap.Seconds).ThenBy(gap => gap.Id).Take(MostOfAKind).ToListAsync(ct);
        found.AddRange(gaps.Select(gap => new Alarm(
            false, $"{gap.Name} without record", string.Create(CultureInfo.InvariantCulture, $"{(gap.Seconds < 7200 ? $"{gap.Seconds / 60:0} min" : $"{gap.Seconds / 3600:0.#} h")} in {gap.Gaps} {(gap.Gaps == 1 ? "gap" : "gaps")}. Flags all data that follow."), $"items/{gap.Id}")));
    }

    private async Task JobsAsync(CryoHubDb db, Guid labId, List<Alarm> found, CancellationToken ct)
    {
        var since = time.GetUtcNow().AddDays(-1);
        var failed = await db.Jobs.CountAsync(j => j.Status == JobStatus.Failed && j.ParentId == null && j.DeletedAt == null && j.EndedAt > since && j.Project.LabId == labId, ct);
        if (failed > 0)
        {
            found.Add(new Alarm(false, $"{Count(failed, "job")} failed", "In the last 24 hours; each says why.", "jobs"));
        }
    }

    private static string Count(int number, string what) => $"{number} {what}{(number == 1 ? "" : "s")}";

    private static string Show(LabZone zone, DateTimeOffset at) => zone.At(at).ToString("d MMM HH:mm", CultureInfo.InvariantCulture);

    private sealed record GapRow(Guid Id, string Name, int Gaps, double Seconds);
}
