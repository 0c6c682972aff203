using System.Collections.Frozen;

namespace CryoHub.Platform.Quantities;

/// <summary>Every unit that can be typed; the first of a dimension is its SI unit. Factors: BIPM, The International System of Units, 9th edition (2019).</summary>
public static class Units
{
    private const double ElementaryCharge = 1.602176634e-19;   // C, exact
    private const double SquareAngstrom = 1e-20;               // m²

    public static IReadOnlyList<Unit> All { get; } =
    [
        new("K", Dimension.Temperature, 1, 0, "kelvin"),
        new("°C", Dimension.Temperature, 1, 273.15, "C", "celsius"),
        new("°F", Dimension.Temperature, 5.0 / 9, 459.67 * 5 / 9, "F"),
        new("s", Dimension.Duration, 1, 0, "sec", "seconds"),
        new("ms", Dimension.Duration, 1e-3),
        new("min", Dimension.Duration, 60, 0, "minutes", "minute"),
        new("h", Dimension.Duration, 3600, 0, "hr", "hours", "hour"),
        new("d", Dimension.Duration, 86400, 0, "days", "day"),
        new("m", Dimension.Length, 1),
        new("cm", Dimension.Length, 1e-2),
        new("mm", Dimension.Length, 1e-3),
        new("µm", Dimension.Length, 1e-6, 0, "micron", "microns"),
        new("nm", Dimension.Length, 1e-9),
        new("pm", Dimension.Length, 1e-12),
        new("Å", Dimension.Length, 1e-10, 0, "A", "angstrom"),
        new("m", Dimension.Position, 1),
        new("mm", Dimension.Position, 1e-3),
        new("µm", Dimension.Position, 1e-6),
        new("nm", Dimension.Position, 1e-9),
        new("m²", Dimension.Area, 1),
        new("cm²", Dimension.Area, 1e-4),
        new("mm²", Dimension.Area, 1e-6),
        new("µm²", Dimension.Area, 1e-12),
        new("nm²", Dimension.Area, 1e-18),
        new("m³", Dimension.Volume, 1),
        new("L", Dimension.Volume, 1e-3, 0, "l"),
        new("mL", Dimension.Volume, 1e-6, 0, "ml"),
        new("µL", Dimension.Volume, 1e-9, 0, "µl"),
        new("Pa", Dimension.Pressure, 1),
        new("kPa", Dimension.Pressure, 1e3),
        new("MPa", Dimension.Pressure, 1e6),
        new("bar", Dimension.Pressure, 1e5),
        new("mbar", Dimension.Pressure, 100),
        new("Torr", Dimension.Pressure, 101325.0 / 760, 0, "torr", "mmHg"),
        new("V", Dimension.Voltage, 1),
        new("mV", Dimension.Voltage, 1e-3),
        new("kV", Dimension.Voltage, 1e3),
        new("A", Dimension.Current, 1),
        new("mA", Dimension.Current, 1e-3),
        new("µA", Dimension.Current, 1e-6),
        new("nA", Dimension.Current, 1e-9),
        new("pA", Dimension.Current, 1e-12),
        new("A/m²", Dimension.CurrentDensity, 1),
        new("mA/cm²", Dimension.CurrentDensity, 10),
        new("µA/cm²", Dimension.CurrentDensity, 1e-2),
        new("C/m²", Dimension.ArealCapacity, 1),
        new("mAh/cm²", Dimension.ArealCapacity, 36000),
        new("mol/m³", Dimension.Concentration, 1),
        new("mol/L", Dimension.Concentration, 1000, 0, "M", "mol/l"),
        new("mmol/L", Dimension.Concentration, 1, 0, "mM", "mmol/l"),
        new("1", Dimension.Fraction, 1),
        new("%", Dimension.Fraction, 1e-2, 0, "percent"),
        new("ppm", Dimension.Fraction, 1e-6),
        new("ppb", Dimension.Fraction, 1e-9),
        new("rad", Dimension.Angle, 1),
        new("mrad", Dimension.Angle, 1e-3),
        new("°", Dimension.Angle, Math.PI / 180, 0, "degree", "degrees"),
        new("J", Dimension.BeamEnergy, 1),
        new("eV", Dimension.BeamEnergy, ElementaryCharge),
        new("keV", Dimension.BeamEnergy, 1e3 * ElementaryCharge),
        new("e/m²", Dimension.Fluence, 1),
        new("e/Å²", Dimension.Fluence, 1 / SquareAngstrom, 0, "e/A²"),
        new("e/nm²", Dimension.Fluence, 1e18),
        new("e/m²/s", Dimension.FluenceRate, 1),
        new("e/Å²/s", Dimension.FluenceRate, 1 / SquareAngstrom, 0, "e/A²/s", "e/Å²s"),
        new("e/nm²/s", Dimension.FluenceRate, 1e18),
        new("kg", Dimension.Mass, 1),
        new("g", Dimension.Mass, 1e-3),
        new("mg", Dimension.Mass, 1e-6),
        new("kg/m²", Dimension.SurfaceMass, 1),
        new("mg/cm²", Dimension.SurfaceMass, 1e-2),
        new("", Dimension.Count, 1),
    ];

    private static readonly FrozenDictionary<(Dimension, string), Unit> ByName = All
        .SelectMany(unit => unit.Spellings.Prepend(unit.Symbol).Select(name => (Key: (unit.Dimension, Plain(name)), Unit: unit))).ToFrozenDictionary(pair => pair.Key, pair => pair.Unit);

    /// <summary>The SI unit of a dimension.</summary>
    public static Unit Si(Dimension dimension) => All.First(unit => unit.Dimension == dimension);

    /// <summary>The unit of that spelling, sought in one dimension first: A is an ampere among currents and an ångström among lengths.</summary>
    public static Unit? Find(string spelling, Dimension wanted)
    {
        var plain = Plain(spelling);
        return ByName.GetValueOrDefault((wanted, plain)) ?? Enum.GetValues<Dimension>().Select(other => ByName.GetValueOrDefault((other, plain))).FirstOrDefault(unit => unit is not null);
    }

    /// <exception cref="ArgumentException">No unit of that symbol measures the dimension.</exception>
    public static Unit Of(Dimension dimension, string symbol) =>
        ByName.GetValueOrDefault((dimension, Plain(symbol))) ?? throw new ArgumentException($"{symbol} is no unit of {dimension}.", nameof(symbol));

    /// <summary>One spelling of what keyboards write in several ways.</summary>
    private static string Plain(string symbol) => symbol.Trim().Replace(" ", "", StringComparison.Ordinal).Replace('μ', 'µ').Replace('Å', 'Å').Replace("^", "", StringComparison.Ordinal)
        .Replace('²', '2').Replace('³', '3').Replace("deg", "°", StringComparison.Ordinal).Replace("º", "°", StringComparison.Ordinal)
        is var plain && plain.StartsWith('u') && plain.Length > 1 ? "µ" + plain[1..] : plain;
}
