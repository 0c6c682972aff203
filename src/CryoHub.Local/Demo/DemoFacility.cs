using CryoHub.Platform;
using CryoHub.Platform.Facility;

namespace CryoHub.Local.Demo;

/// <summary>The demo lab's instruments, with calibrations, a qualification and a downtime that is over.</summary>
public sealed class DemoFacility(InstrumentCatalog catalog, CalibrationBook calibrations, QualificationRoll roll, DowntimeLog downtimes, LabZones zones, BookingDesk desk, RateBook rates, ClockLog clocks, TimeProvider time)
{
    private static readonly (string Name, string Model, string Place, string[] Capabilities, bool NeedsApproval)[] Instruments =
    [
        ("TEM 1", "300 kV, EELS", "B 0.14", ["hrtem", "saed", "stem", "edx", "eels", "cryo-transfer"], true),
        ("TEM 2", "300 kV, tilt", "B 0.15", ["hrtem", "tilt-series", "cryo-transfer"], false),
        ("Cryo-FIB", "Xe plasma", "B 0.11", ["cryo-fib", "sem", "edx", "vacuum-transfer"], false),
        ("FIB-SEM", "Ga", "B 0.12", ["fib-sem", "sem", "ebsd"], false),
        ("Plunger", "glovebox 2", "B 1.03", ["plunge-freezing", "glovebox"], false),
    ];

    public async Task EnsureAsync(Guid me, Guid lab, CancellationToken ct)
    {
        if ((await catalog.ListAsync(me, lab, PageRequest.First, ct))!.Total > 0)
        {
            return;
        }

        await zones.SetAsync(me, lab, "Europe/Berlin", ct);
        var now = time.GetUtcNow();
        var ids = new Dictionary<string, Guid>();
        foreach (var (name, model, place, capabilities, needsApproval) in Instruments)
        {
            var id = (await catalog.AddAsync(me, lab, new InstrumentText(name, model, place, "", capabilities, NeedsQualification: true, needsApproval), ct))!.Value;
            ids[name] = id;
            await rates.SetAsync(me, id, new SetRate(name == "Plunger" ? 20 : 95, "EUR", now.AddMonths(-14)), ct);
            await roll.GrantAsync(me, id, new GrantQualification(LocalHost.AdministratorMail, QualificationLevel.Independent), ct);
            if (name == "TEM 2")
            {
                await clocks.CheckAsync(me, id, new ClockReading(OffsetSeconds: 2400, Notes: "Set to summer time by hand, and twice"), ct);
            }

            if (name == "TEM 1")
            {
                await CalibrateAsync(me, id, now, ct);
                await downtimes.RecordAsync(me, id, new RecordDowntime("Cold finger leaks", now.AddDays(-19), now.AddDays(-17).AddHours(5)), ct);
            }
        }

        await BookAsync(me, lab, ids, LabZone.Of("Europe/Berlin"), now, ct);
    }

    /// <summary>The next days, whatever day it is: the past cannot be booked, not even for a demo.</summary>
    private async Task BookAsync(Guid me, Guid lab, Dictionary<string, Guid> ids, LabZone zone, DateTimeOffset now, CancellationToken ct)
    {
        var nextHour = now.AddTicks(TimeSpan.TicksPerHour - (now.Ticks % TimeSpan.TicksPerHour));
        await desk.BookAsync(me, new NewBooking([ids["TEM 2"]], nextHour, nextHour.AddHours(3), "Tilt series, G-0409", lab), ct);
        var tomorrow = zone.StartOf(zone.Day(now).AddDays(1));
        await desk.BookAsync(me, new NewBooking([ids["TEM 1"]], tomorrow.AddHours(9), tomorrow.AddHours(14), "HRTEM, G-0412", lab), ct);
        await desk.BookAsync(me, new NewBooking([ids["Cryo-FIB"], ids["TEM 1"]], tomorrow.AddHours(33), tomorrow.AddHours(40), "Lift-out and EELS, L-0087", lab), ct);
        await desk.BookAsync(me, new NewBooking([ids["FIB-SEM"]], tomorrow.AddHours(20), tomorrow.AddHours(32), "Stack over night", lab, Repeat: new Repetition(RepeatUnit.Week, 1, 4)), ct);
        await desk.BookAsync(me, new NewBooking([ids["TEM 2"]], tomorrow.AddHours(8), tomorrow.AddHours(10), "Calibration", Kind: BookingKind.Maintenance), ct);
    }

    private async Task CalibrateAsync(Guid me, Guid id, DateTimeOffset now, CancellationToken ct)
    {
        foreach (var (magnification, before, after) in ((double, string, string)[])[(50_000, "0.1068 nm", "0.1061 nm"), (160_000, "0.0336 nm", "0.0334 nm"), (400_000, "13.5 pm", "13.4 pm")])
        {
            await calibrations.AddAsync(me, id, new CalibrationText(magnification, before, now.AddMonths(-14), "TEM", "K3", "Au lattice, 0.2355 nm", 0.6), ct);
            await calibrations.AddAsync(me, id, new CalibrationText(magnification, after, now.AddMonths(-2), "TEM", "K3", "Au lattice, 0.2355 nm", 0.4), ct);
        }
    }
}
