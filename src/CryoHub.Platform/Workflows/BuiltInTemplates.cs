using CryoHub.Platform.Samples;

namespace CryoHub.Platform.Workflows;

/// <summary>
/// The standard workflows that every lab starts with. Ranges are starting points that a lab makes its own by saving a version: glovebox limits as gloveboxes are
/// usually run (at most 1 ppm; stricter for Na and K), cryogenic stages below −150 °C.
/// </summary>
public static class BuiltInTemplates
{
    private static readonly TemplateStep Cell = new(
        "cell-assembly", "Assemble the cell", "Write down what went into the cell before it is closed.",
        [Must("electrode"), Must("counter-electrode"), Must("electrolyte-kind"), Must("salts"), Must("solvents"), May("additives"), Must("separator"), Must("format"), May("stack-pressure")],
        ["Label is on the cell"]);

    private static readonly TemplateStep SolidCell = new(
        "cell-assembly", "Assemble the solid-state cell", "Write down the solid electrolyte and the pressure it is kept under.",
        [Must("electrode"), Must("counter-electrode"), Must("electrolyte-kind"), Must("salts"), May("separator"), Must("format"), Must("stack-pressure")], ["Label is on the cell"]);

    private static readonly TemplateStep Cycle = new(
        "cycling", "Plate or cycle", "Stop in the state that is to be seen.", [Must("current-density"), Must("areal-capacity"), Must("cycles"), May("upper-cut-off"), May("lower-cut-off"), Must("stopped"), May("temperature-max")], []);

    private static readonly TemplateStep Store = new(
        "storage", "Store under liquid nitrogen", "Note dewar, cane and slot in the field for the place.", [Must("gas"), Must("temperature-max", "", "-180 °C")], ["Lid is closed"]);

    private static readonly TemplateStep Carry = new(
        "transfer", "Transfer to the microscope", "Keep it cold and away from air.", [Must("transfer-medium"), Must("temperature-max", "", "-150 °C"), May("pressure")], ["Anticontaminator is cold"]);

    private static readonly TemplateStep Sit = new(
        "session", "Session at the microscope", "One record for the whole sitting.", [Must("instrument"), Must("holder"), Must("beam-energy"), Must("temperature-max", "", "-150 °C"), May("temperature-min")], []);

    private static readonly TemplateStep Look = new(
        "acquisition", "Acquire", "Every exposure counts, the search too.", [Must("mode"), Must("fluence"), May("dose-rate"), May("exposure"), May("place"), May("field-width")], []);

    private static readonly TemplateStep ScanElectrons = new(
        "acquisition", "Acquire the map", "Current, dwell and step give the dose.", [Must("mode"), Must("probe-current"), Must("dwell"), Must("scan-step"), May("place")], []);

    public static IReadOnlyList<WorkflowTemplate> All { get; } =
    [
        new("li-on-tem-grid", 1, "Li deposited on a TEM grid", "Lithium plated from a liquid electrolyte straight onto the grid that goes into the microscope.",
            [Cell, Cycle, Open("1 ppm"), Rinse(), Freeze("dry specimen", "600 s"), Store, Carry, Sit, Look]),
        new("li-coin-wash-plunge", 1, "Li coin cell, wash and plunge", "An electrode from a coin cell, washed, mounted and plunge-frozen.",
            [Cell, Cycle, Open("1 ppm"), Rinse(), Mount(), Freeze("dry specimen", "600 s"), Store, Carry, Sit, Look]),
        new("no-wash-wet-sei", 1, "No-wash “wet” interphase", "The interphase in its electrolyte: never washed, frozen as it is. The control of the washed one.",
            [Cell, Cycle, Open("1 ppm"), Unwashed(), Mount(), Freeze("electrolyte", "300 s"), Store, Carry, Sit, Look]),
        new("ecryo-em-series", 1, "eCryo-EM time series", "Cells frozen at chosen moments of the same plating: one run a moment.",
            [Cell, Cycle, Open("1 ppm"), Freeze("electrolyte", "60 s"), Store, Carry, Sit, Look]),
        new("polymer-cell", 1, "Polymer-electrolyte cell", "A polymer cell opened cold or warm, cut and frozen.",
            [SolidCell, Cycle, Open("1 ppm"), Cut(), Freeze("dry specimen", "600 s"), Store, LiftOut(), Mill("-150 °C"), Carry, Sit, Look]),
        new("solid-state-lift-out", 1, "Inorganic solid-state cell, cryo-FIB lift-out", "A buried interface milled free and lifted out cold.",
            [SolidCell, Cycle, Open("1 ppm"), Cut(), Freeze("dry specimen", "600 s"), LiftOut(), Mill("-150 °C"), Store, Carry, Sit, ScanElectrons]),
        new("na-k-strict", 1, "Sodium or potassium, strict transfer", "Metals that react faster than lithium: half the gas, no gas at all in transfer.",
            [Cell, Cycle, Open("0.5 ppm"), Rinse(), Mount(), Freeze("dry specimen", "300 s"), Store, StrictCarry(), Sit, Look]),
        new("zn-aqueous-lamella", 1, "Zn from an aqueous cell, lamella", "Zinc in frozen electrolyte; the ice must stay vitreous.",
            [Cell, Cycle, Open(""), Freeze("water", "60 s"), Store, LiftOut(), Mill("-150 °C"), Carry, Sit, Look]),
        new("fib-sem-tomography", 1, "FIB-SEM tomography", "Serial milling and imaging of an electrode, cold.",
            [Cell, Cycle, Open("1 ppm"), Cut(), Freeze("dry specimen", "600 s"), Carry, Mill("-130 °C"), ScanElectrons]),
        new("ebsd-of-film", 1, "EBSD of a deposited film", "Orientation map of a plated film.",
            [Cell, Cycle, Open("1 ppm"), Rinse(), Mill("-120 °C"), Sit with { Fields = [Must("instrument"), Must("beam-energy"), May("temperature-max")] }, ScanElectrons]),
        new("dose-damage-series", 1, "Dose-damage series", "The same place again and again until it changes: critical fluence of a phase.",
            [Mount(), Freeze("dry specimen", "600 s"), Carry, Sit, Look with { Title = "Acquire the series", Instruction = "One record per exposure at the same place.", Fields = [Must("mode"), Must("fluence"), Must("dose-rate"), Must("place")] }]),
    ];

    private static TemplateStep Open(string limit) => new(
        "disassembly", "Open the cell", "Note what the glovebox shows at this moment.",
        [Must("glovebox"), Must("gas"), Must("oxygen", "", limit), Must("water", "", limit), May("temperature-max")], ["No short circuit while opening"], SampleKind.Electrode);

    private static TemplateStep Rinse() => new(
        "wash", "Wash", "Washing decides what of the interphase is left.", [Must("interphase"), Must("solvent"), Must("volume"), Must("wash-time"), May("oxygen", "", "1 ppm"), May("water", "", "1 ppm")], ["Dried without heat"]);

    private static TemplateStep Unwashed() => new("wash", "Do not wash", "Blot the drop, nothing more.", [Must("interphase"), May("oxygen", "", "1 ppm"), May("water", "", "1 ppm")], []);

    private static TemplateStep Cut() => new("cutting", "Cut a specimen", "Note where it came from.", [May("tool"), May("area"), May("oxygen", "", "1 ppm"), May("water", "", "1 ppm")], [], SampleKind.Specimen);

    private static TemplateStep Mount() => new(
        "mounting", "Mount on a grid", "The lot number tells bad films apart later.", [Must("material"), Must("film"), Must("mesh"), May("lot"), May("oxygen", "", "1 ppm"), May("water", "", "1 ppm")], [], SampleKind.Grid);

    private static TemplateStep Freeze(string medium, string delay) => new(
        "vitrification", "Freeze", $"What freezes is meant to be: {medium}.", [Must("cryogen"), Must("frozen-medium"), Must("delay", "", delay), Must("temperature-max", "", "-150 °C")], ["Cryogen was at temperature"]);

    private static TemplateStep LiftOut() => new("lift-out", "Lift out", "Keep the stage below −150 °C.", [Must("method"), Must("stage-temperature", "-195 °C", "-150 °C")], ["Welded without organometallic where it matters"], SampleKind.Lamella);

    private static TemplateStep Mill(string warmest) => new(
        "milling", "Mill", "One record for each current.", [Must("ion"), Must("voltage"), Must("ion-current"), Must("milling-angle"), Must("temperature-max", "", warmest), Must("thickness")], ["No curtains below the cap", "Redeposition removed"]);

    private static TemplateStep StrictCarry() => Carry with
    {
        Instruction = "Sodium and potassium react within seconds: under liquid nitrogen or in vacuum, never in gas.",
        Fields = [Must("transfer-medium"), Must("temperature-max", "", "-170 °C"), Must("pressure")],
    };

    private static FieldRule Must(string key, string low = "", string high = "") => new(key, true, low, high);

    private static FieldRule May(string key, string low = "", string high = "") => new(key, false, low, high);
}
