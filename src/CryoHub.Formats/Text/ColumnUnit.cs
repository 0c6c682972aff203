using System.Text.RegularExpressions;

namespace CryoHub.Formats.Text;

/// <summary>The unit that a column's name carries: <c>Current(mA)</c>, <c>Voltage / V</c>, <c>Pressure [mbar]</c>, <c>time/s</c>.</summary>
internal static partial class ColumnUnit
{
    public static string Of(string name) =>
        Brackets().Match(name) is { Success: true } bracket ? bracket.Groups["unit"].Value.Trim()
        : Slash().Match(name) is { Success: true } slash ? slash.Groups["unit"].Value
        : Word().Match(name) is { Success: true } word ? Words[word.Groups["unit"].Value]
        : "";

    /// <summary>The Battery Data Format's names for machines end with the unit in words: <c>voltage_volt</c>.</summary>
    private static readonly Dictionary<string, string> Words = new(StringComparer.Ordinal)
    {
        ["second"] = "s",
        ["millisecond"] = "ms",
        ["volt"] = "V",
        ["ampere"] = "A",
        ["watt"] = "W",
        ["celsius"] = "°C",
        ["ah"] = "Ah",
        ["wh"] = "Wh",
        ["ohm"] = "Ohm",
    };

    [GeneratedRegex("[a-z0-9]_(?<unit>second|millisecond|volt|ampere|watt|celsius|ah|wh|ohm)$")]
    private static partial Regex Word();

    [GeneratedRegex(@"[(\[](?<unit>[^()\[\]]{1,40})[)\]]\s*$")]
    private static partial Regex Brackets();

    // Only symbols that are units: "charge/discharge" and "dV/dt" carry none.
    [GeneratedRegex(@"/\s*(?<unit>1|s|min|h|K|V|mV|A|mA|µA|W|mW|Hz|C|%|deg|°C|degC|Ohms?|mOhm|Ohm-1|A\.?h|mA\.?h|W\.?h|mW\.?h|[µnpm]?F|µF-2|Ohm\.cm|mS/cm|bar|Pa|Torr)\s*$")]
    private static partial Regex Slash();
}
