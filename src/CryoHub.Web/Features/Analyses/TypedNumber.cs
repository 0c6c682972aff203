using System.Globalization;
using System.Text.RegularExpressions;

namespace CryoHub.Web.Features.Analyses;

/// <summary>A number as typed into a field, with or without a unit of the field's dimension.</summary>
/// <param name="Value">In the field's unit.</param>
/// <param name="Note">How another unit was read, for instance "2 keV read as 2000 eV"; empty where none was typed.</param>
public sealed partial record TypedNumber(double Value, string Note)
{
    // Typed unit -> factor and offset to the field's unit.
    private static readonly Dictionary<(string Typed, string Field), (double Factor, double Offset)> Units = new()
    {
        [("pm", "nm")] = (1e-3, 0),
        [("Å", "nm")] = (0.1, 0),
        [("A", "nm")] = (0.1, 0),
        [("µm", "nm")] = (1e3, 0),
        [("um", "nm")] = (1e3, 0),
        [("mm", "nm")] = (1e6, 0),
        [("meV", "eV")] = (1e-3, 0),
        [("keV", "eV")] = (1e3, 0),
        [("°", "deg")] = (1, 0),
        [("rad", "deg")] = (180 / Math.PI, 0),
        [("mrad", "deg")] = (0.18 / Math.PI, 0),
        [("K", "°C")] = (1, -273.15),
    };

    /// <summary><c>null</c> where it is no number, or of a unit that cannot be converted.</summary>
    public static TypedNumber? Read(string text, string unit)
    {
        var match = Shape().Match(text.Trim().Replace('−', '-').Replace('\u00a0', ' '));
        if (!match.Success || !double.TryParse(match.Groups[1].ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            return null;
        }

        var typed = match.Groups[2].Value;
        if (typed.Length == 0 || typed == unit)
        {
            return new TypedNumber(number, "");
        }

        if (!Units.TryGetValue((typed, unit), out var scale))
        {
            return null;
        }

        // Twelve digits hide the last bit of the conversion.
        var value = double.Parse(((number * scale.Factor) + scale.Offset).ToString("G12", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return new TypedNumber(value, string.Create(CultureInfo.InvariantCulture, $"{number} {typed} read as {value} {(unit == "deg" ? "°" : unit)}"));
    }

    [GeneratedRegex(@"^([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)\s*(\D*)$")]
    private static partial Regex Shape();
}
