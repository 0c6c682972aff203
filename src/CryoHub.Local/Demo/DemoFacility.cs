using CryoHub.Platform;
using CryoHub.Platform.Facility;

namespace CryoHub.Local.Demo;

/// <summary>The demo lab's instruments, with calibrations, a qualification and a downtime that is over.</summary>
public sealed class DemoFacility(InstrumentCatalog catalog, CalibrationBook calibrations, QualificationRoll roll, DowntimeLog downtimes, LabZones zones, TimeProvider time)
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
        foreach (var (name, model, place, capabilities, needsApproval) in Instruments)
        {
            var id = (await catalog.AddAsync(me, lab, new InstrumentText(name, model, place, "", capabilities, NeedsQualification: true, needsApproval), ct))!.Value;
            await roll.GrantAsync(me, id, new GrantQualification(LocalHost.AdministratorMail, QualificationLevel.Independent), ct);
            if (name == "TEM 1")
            {
                await CalibrateAsync(me, id, now, ct);
                await downtimes.RecordAsync(me, id, new RecordDowntime("Cold finger leaks", now.AddDays(-19), now.AddDays(-17).AddHours(5)), ct);
            }
        }
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
