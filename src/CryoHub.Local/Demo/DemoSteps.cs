using CryoHub.Platform;
using CryoHub.Platform.Steps;

namespace CryoHub.Local.Demo;

/// <summary>What was done to the demo lab's samples, from the cell to the images: one grid without gaps but one, one washed control, one lamella milled too warm.</summary>
public sealed class DemoSteps(StepLog steps)
{
    private static readonly DateTimeOffset Assembled = new(2025, 10, 28, 10, 5, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Opened = new(2025, 11, 15, 8, 10, 0, TimeSpan.Zero);

    public async Task RecordAsync(Guid me, Guid project, IReadOnlyDictionary<string, Guid> samples, CancellationToken ct)
    {
        if ((await steps.ListAsync(me, project, new PageRequest(0, 1), ct))!.Total > 0)
        {
            return;
        }

        foreach (var step in Story(samples).OrderBy(step => step.StartedAt))
        {
            await steps.RecordAsync(me, project, step, ct);
        }
    }

    private static IEnumerable<StepText> Story(IReadOnlyDictionary<string, Guid> samples)
    {
        Guid[] cell = [samples["C-0198"]], electrode = [samples["E-0031"]], wet = [samples["G-0409"]], washed = [samples["G-0412"]], specimen = [samples["S-0120"]], lamella = [samples["L-0087"]];
        yield return Step(
            "cell-assembly", Assembled, 25, "Ada Lindqvist", "glovebox 1", cell, "electrode: Li", "counter-electrode: Cu foil", "current-collector: Cu", "electrolyte-kind: liquid", "salts: 1 M LiPF6",
            "solvents: EC/DEC 1:1 by volume", "separator: Celgard 2325", "format: CR2032", "temperature-max: 22 degC");
        yield return Step(
            "cycling", Assembled.AddHours(2), 1200, "Ada Lindqvist", "channel 14", cell, "current-density: 0.5 mA/cm2", "areal-capacity: 1 mAh/cm2", "cycles: 1", "stopped: plated", "gas: sealed", "temperature-max: 25 degC");
        yield return Step(
            "disassembly", Opened, 12, "Priya Nair", "glovebox 2", cell, "glovebox: 2, MBraun", "gas: argon", "oxygen: 0.3 ppm", "water: 0.5 ppm", "temperature-max: 22 degC") with
        { Products = electrode };
        yield return Step(
            "mounting", Opened.AddMinutes(21), 6, "Priya Nair", "glovebox 2", electrode, "material: Cu", "film: lacey carbon", "mesh: 200", "gas: argon", "oxygen: 0.3 ppm", "water: 0.6 ppm",
            "temperature-max: 22 degC") with
        { Products = wet };
        yield return Step(
            "vitrification", Opened.AddMinutes(37), 1, "Priya Nair", "plunger", wet, "cryogen: slush nitrogen", "frozen-medium: electrolyte", "delay: 4 min", "gas: argon", "oxygen: 2 ppm", "water: 3 ppm",
            "temperature-min: -196 degC", "temperature-max: -190 degC");
        yield return Step("storage", Opened.AddMinutes(52), 1456, "Priya Nair", "dewar D2, cane 4, slot 7", wet, "gas: liquid nitrogen", "temperature-max: -196 degC");
        yield return Step("transfer", Opened.AddMinutes(1508), 42, "", "", wet);
        yield return Step(
            "session", Opened.AddMinutes(1550), 180, "Mateo Ruiz", "TEM 2", wet, "instrument: TEM 2", "holder: cryo holder", "beam-energy: 300 keV", "gas: vacuum", "temperature-min: -178 degC", "temperature-max: -171 degC");
        yield return Shot(wet, 1562, "atlas", "0.02", "");
        yield return Shot(wet, 1590, "search", "1.4", "square 2");
        yield return Shot(wet, 1594, "focus", "12", "4 µm beside square 2");
        yield return Shot(wet, 1615, "HRTEM", "41", "square 2");
        yield return Shot(wet, 1650, "tilt series", "76", "square 2");
        yield return Step(
            "wash", Opened.AddMinutes(60), 2, "Priya Nair", "glovebox 2", electrode, "interphase: dry, washed", "solvent: DMC", "volume: 50 µL", "wash-time: 30 s", "gas: argon", "oxygen: 0.4 ppm", "water: 0.8 ppm",
            "temperature-max: 22 degC");
        yield return Step(
            "mounting", Opened.AddMinutes(75), 5, "Priya Nair", "glovebox 2", electrode, "material: Cu", "film: lacey carbon", "mesh: 300", "gas: argon", "oxygen: 0.4 ppm", "water: 0.8 ppm",
            "temperature-max: 22 degC") with
        { Products = washed };
        yield return Step("cutting", Opened.AddMinutes(90), 4, "Priya Nair", "glovebox 2", electrode, "tool: scalpel", "gas: argon", "oxygen: 0.4 ppm", "water: 0.9 ppm", "temperature-max: 22 degC") with { Products = specimen };
        yield return Step(
            "vitrification", Opened.AddMinutes(100), 1, "Sofie Brandt", "plunger", specimen, "cryogen: slush nitrogen", "frozen-medium: water", "delay: 40 s", "gas: argon", "oxygen: 1 ppm", "water: 1 ppm",
            "temperature-max: -190 degC");
        yield return Step(
            "lift-out", Opened.AddMinutes(160), 50, "Sofie Brandt", "cryo-FIB", specimen, "method: needle, redeposition weld", "stage-temperature: -165 degC", "gas: vacuum") with
        { Products = lamella };
        yield return Step(
            "milling", Opened.AddMinutes(215), 70, "Sofie Brandt", "cryo-FIB", lamella, "ion: Xe", "voltage: 30 kV", "ion-current: 0.74 nA", "milling-angle: 1.5 deg", "thickness: 110 nm", "gas: vacuum",
            "temperature-min: -171 degC", "temperature-max: -129 degC") with
        { Deviation = "The stage warmed while nitrogen was refilled; milling was paused until it was cold again." };
    }

    private static StepText Step(string kind, DateTimeOffset start, double minutes, string person, string place, IReadOnlyList<Guid> subjects, params ReadOnlySpan<string> values)
    {
        var typed = new Dictionary<string, string>();
        foreach (var value in values)
        {
            var colon = value.IndexOf(": ", StringComparison.Ordinal);
            typed[value[..colon]] = value[(colon + 2)..];
        }

        return new StepText(kind, start, start.AddMinutes(minutes), person, place, Values: typed, Subjects: subjects);
    }

    private static StepText Shot(IReadOnlyList<Guid> subjects, double minute, string mode, string fluence, string place) =>
        Step("acquisition", Opened.AddMinutes(minute), 4, "Mateo Ruiz", "TEM 2", subjects, $"mode: {mode}", $"fluence: {fluence} e/Å²", place.Length > 0 ? $"place: {place}" : "gas: vacuum");
}
