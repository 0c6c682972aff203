using CryoHub.Platform.Quantities;
using static CryoHub.Platform.Steps.StepField;

namespace CryoHub.Platform.Steps;

/// <summary>Every kind of step, in the order in which an image comes about.</summary>
public static class StepKinds
{
    public const string Cell = "cell-assembly";
    public const string Cycling = "cycling";
    public const string Disassembly = "disassembly";
    public const string LiftOut = "lift-out";
    public const string Vitrification = "vitrification";
    public const string Milling = "milling";
    public const string Transfer = "transfer";
    public const string Session = "session";
    public const string Acquisition = "acquisition";

    public static IReadOnlyList<StepKind> All { get; } =
    [
        With(
            Cell, "Cell",
            Choice("electrode", "Working electrode", "Li", "Na", "K", "Zn", "Mg", "Ca", "alloy", "anode-free").AsNeeded(),
            Text("alloy", "Alloy"),
            Text("counter-electrode", "Counter electrode").AsNeeded(),
            Text("current-collector", "Current collector"),
            Choice("electrolyte-kind", "Electrolyte", "liquid", "polymer", "inorganic solid", "semi-solid").AsNeeded(),
            Text("salts", "Salts and concentrations").AsNeeded(),
            Text("solvents", "Solvents and ratios").AsNeeded(),
            Text("additives", "Additives and amounts"),
            Text("separator", "Separator").AsNeeded(),
            Text("format", "Cell format").AsNeeded(),
            Amount("stack-pressure", "Stack pressure", Dimension.Pressure, "MPa")),
        With(
            Cycling, "Cycling",
            Amount("current-density", "Current density", Dimension.CurrentDensity, "mA/cm²").AsNeeded(),
            Amount("areal-capacity", "Areal capacity", Dimension.ArealCapacity, "mAh/cm²").AsNeeded(),
            Amount("cycles", "Cycles", Dimension.Count, "").AsNeeded(),
            Amount("upper-cut-off", "Upper cut-off", Dimension.Voltage, "V"),
            Amount("lower-cut-off", "Lower cut-off", Dimension.Voltage, "V"),
            Amount("stack-pressure", "Stack pressure", Dimension.Pressure, "MPa"),
            Choice("stopped", "State at stop", "plated", "stripped", "rest").AsNeeded()),
        With(Disassembly, "Disassembly", Text("glovebox", "Glovebox").AsNeeded()),
        With("cutting", "Cutting", Text("tool", "Tool"), Amount("area", "Area", Dimension.Area, "mm²")),
        With(
            "wash", "Wash",
            Choice("interphase", "Interphase", "dry, washed", "wet, not washed").AsNeeded(),
            Text("solvent", "Solvent"),
            Amount("volume", "Volume", Dimension.Volume, "µL"),
            Amount("wash-time", "Time in solvent", Dimension.Duration, "s")),
        With(
            "mounting", "Grid",
            Text("material", "Grid material").AsNeeded(), Text("film", "Film").AsNeeded(), Text("mesh", "Mesh").AsNeeded(), Text("lot", "Lot")),
        With(
            Vitrification, "Freezing",
            Choice("cryogen", "Cryogen", "ethane", "slush nitrogen", "liquid nitrogen").AsNeeded(),
            Choice("frozen-medium", "What froze", "water", "electrolyte", "dry specimen").AsNeeded(),
            Amount("delay", "Delay before freezing", Dimension.Duration, "s").AsNeeded()),
        With(
            LiftOut, "Lift-out",
            Text("method", "Lift-out method").AsNeeded(), Amount("stage-temperature", "Stage temperature", Dimension.Temperature, "°C")),
        With(
            Milling, "Milling",
            Choice("ion", "Ion", "Ga", "Xe", "Ar", "O").AsNeeded(),
            Amount("voltage", "Voltage", Dimension.Voltage, "kV").AsNeeded(),
            Amount("ion-current", "Current", Dimension.Current, "nA").AsNeeded(),
            Amount("milling-angle", "Angle", Dimension.Angle, "°").AsNeeded(),
            Amount("thickness", "Thickness now", Dimension.Length, "nm").AsNeeded()),
        With("storage", "Storage", Text("medium", "Medium")),
        With(
            Transfer, "Transfer",
            Choice("transfer-medium", "Through", "liquid nitrogen", "vacuum", "inert gas", "air").AsNeeded(),
            Amount("pressure", "Pressure", Dimension.Pressure, "mbar")),
        With(
            Session, "Session",
            Text("instrument", "Instrument").AsNeeded(), Text("holder", "Holder").AsNeeded(), Amount("beam-energy", "Beam energy", Dimension.BeamEnergy, "keV").AsNeeded()),
        With(
            Acquisition, "Acquisition",
            Choice("mode", "Mode", "atlas", "search", "focus", "HRTEM", "SAED", "STEM", "EDX", "EELS", "tilt series", "FIB-SEM slice", "EBSD").AsNeeded(),
            Amount("dose-rate", "Dose rate", Dimension.FluenceRate, "e/Å²/s"),
            Amount("exposure", "Exposure", Dimension.Duration, "s"),
            Amount("fluence", "Fluence", Dimension.Fluence, "e/Å²").AsNeeded(),
            Amount("probe-current", "Probe current", Dimension.Current, "pA"),
            Amount("dwell", "Dwell time", Dimension.Duration, "ms"),
            Amount("scan-step", "Scan step", Dimension.Length, "nm"),
            Amount("counts", "Counts a pixel, mean", Dimension.Count, ""),
            Amount("gain", "Counts an electron", Dimension.Count, ""),
            Amount("pixel-size", "Pixel on the specimen", Dimension.Length, "nm"),
            Amount("stage-x", "Stage x", Dimension.Position, "µm"),
            Amount("stage-y", "Stage y", Dimension.Position, "µm"),
            Amount("field-width", "Field of view", Dimension.Length, "µm"),
            Text("place", "Place on the specimen")),
        With("note", "Other step"),
    ];

    public static StepKind? Find(string key) => All.FirstOrDefault(kind => kind.Key == key);

    private static StepKind With(string key, string title, params IReadOnlyList<StepField> fields) => new(key, title, [.. fields, .. CommonFields.All]);
}
