using System.Text.RegularExpressions;

namespace CryoHub.Formats.Text;

/// <summary>The unit that a column's name carries: <c>Current(mA)</c>, <c>Voltage / V</c>, <c>Pressure [mbar]</c>, <c>time/s</c>.</summary>
internal static partial class ColumnUnit
{
    public static string Of(string name) =>
        Brackets().Match(name) is { Success: true } bracket ? bracket.Groups["unit"].Value.Trim()
        : Slash().Match(name) is { Success: true } slash ? slash.Groups["unit"].Value
        : "";

    [GeneratedRegex(@"[(\[](?<unit>[^()\[\]]{1,40})[)\]]\s*$")]
    private static partial Regex Brackets();

    // Only symbols that are units: "charge/discharge" and "dV/dt" carry none.
    [GeneratedRegex(@"/\s*(?<unit>1|s|min|h|K|V|mV|A|mA|µA|W|mW|Hz|C|%|deg|°C|degC|Ohms?|mOhm|Ohm-1|A\.?h|mA\.?h|W\.?h|mW\.?h|[µnpm]?F|µF-2|Ohm\.cm|mS/cm|bar|Pa|Torr)\s*$")]
    private static partial Regex Slash();
}
