using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace CryoHub.Formats.Nanoscope;

/// <summary>
/// What one step of a stored integer means. "@2:Z scale: V [Sens. Zscan] (0.0067 V/LSB) 440 V" says that the whole range of the integer is 440 V, and
/// "@Sens. Zscan: V 15.068 nm/V" what a volt is.
/// </summary>
internal sealed partial record NanoscopeScale(double Factor, string Unit)
{
    public static NanoscopeScale? Of(NanoscopeText text, JsonObject image, int bytes)
    {
        var line = image.FirstOrDefault(pair => pair.Key.StartsWith('@') && pair.Key.EndsWith(":Z scale", StringComparison.OrdinalIgnoreCase)).Value?.ToString();
        if (line is null || Hard().Match(line) is not { Success: true } hard || !Number(hard.Groups[2].Value, out var range))
        {
            return null;
        }

        var perStep = range / Math.Pow(2, 8 * bytes);
        if (hard.Groups[1].Length == 0)
        {
            return new NanoscopeScale(perStep, hard.Groups[3].Value);
        }

        return text.Find($"@{hard.Groups[1].Value}") is { } soft && Soft().Match(soft) is { Success: true } sensitivity && Number(sensitivity.Groups[1].Value, out var factor)
            ? new NanoscopeScale(perStep * factor, sensitivity.Groups[2].Length > 0 ? sensitivity.Groups[2].Value : hard.Groups[3].Value)
            : null;
    }

    private static bool Number(string text, out double number) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number) && number != 0;

    [GeneratedRegex(@"^V (?:\[([^\]]+)\] )?\([^)]*\)\s*([-+0-9.eE]+)\s*(\S*)$")]
    private static partial Regex Hard();

    [GeneratedRegex(@"^V\s+([-+0-9.eE]+)\s*([^/\s]*)(?:/V)?\s*$")]
    private static partial Regex Soft();
}
