using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace CryoHub.Formats.HyperSpy;

/// <summary>
/// HyperSpy writes what HDF5 and JSON cannot hold into the names: lists as groups <c>_list_3_name</c> of members 0, 1, 2, dates as <c>_datetime_date</c>, None as
/// the text <c>_None_</c>. Here the names are as the user gave them.
/// </summary>
internal static partial class HyperSpyNames
{
    public static JsonObject Decode(JsonObject stored)
    {
        var plain = new JsonObject();
        foreach (var (name, value) in stored)
        {
            if (List().Match(name) is { Success: true } list)
            {
                plain[list.Groups[2].Value] = value is JsonObject members
                    ? new JsonArray([.. Decode(members).OrderBy(member => int.TryParse(member.Key, out var at) ? at : int.MaxValue).Select(member => member.Value?.DeepClone())])
                    : new JsonArray();
            }
            else if (name.StartsWith("_datetime_", StringComparison.Ordinal))
            {
                plain[name["_datetime_".Length..]] = Moment(value?.ToString() ?? "");
            }
            else if (name.StartsWith("_bs_", StringComparison.Ordinal))
            {
                plain[name["_bs_".Length..]] = value?.DeepClone();
            }
            else
            {
                plain[name] = value switch
                {
                    JsonObject group => Decode(group),
                    JsonValue text when text.TryGetValue(out string? none) && none == "_None_" => null,
                    _ => value?.DeepClone(),
                };
            }
        }

        return plain;
    }

    // "datetime.date(1991, 10, 1)" and "datetime.time(12, 0)", as Python prints them.
    private static string Moment(string python)
    {
        var numbers = Number().Matches(python).Select(match => int.Parse(match.Value, CultureInfo.InvariantCulture)).ToList();
        return python.Contains("date(", StringComparison.Ordinal) && numbers is [var year, var month, var day] ? $"{year:D4}-{month:D2}-{day:D2}"
            : python.Contains("time(", StringComparison.Ordinal) && numbers is [var hour, var minute, ..] ? $"{hour:D2}:{minute:D2}:{(numbers.Count > 2 ? numbers[2] : 0):D2}"
            : python;
    }

    [GeneratedRegex(@"^_(?:list|tuple)_(\d+|empty)_(.*)$", RegexOptions.Singleline)]
    private static partial Regex List();

    [GeneratedRegex(@"\d{1,6}")]
    private static partial Regex Number();
}
