using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace CryoHub.Formats.Mrc;

/// <summary>SerialEM's metadata beside an image file: global keys, titles, and one section an image.</summary>
public sealed partial class Mdoc
{
    private readonly Dictionary<string, string> globals = [];
    private readonly List<string> titles = [];
    private readonly List<Dictionary<string, string>> sections = [];

    /// <summary>One a section, in the order of their Z value; <c>null</c> where a section states none.</summary>
    public IReadOnlyList<double>? TiltDeg =>
        sections.OrderBy(section => Number(section, "ZValue")).Select(section => Number(section, "TiltAngle")).ToList() is { Count: > 0 } angles && angles.TrueForAll(angle => angle is not null)
            ? [.. angles.Select(angle => angle!.Value)]
            : null;

    /// <summary>IMOD's angle, from the title line <c>Tilt axis angle = 85.3, binning = 4</c>.</summary>
    public double? TiltAxisDeg => titles.Select(title => TiltAxis().Match(title)).FirstOrDefault(match => match.Success) is { } found
        ? double.Parse(found.Groups[1].ValueSpan, CultureInfo.InvariantCulture)
        : null;

    public double? BeamEnergyKeV => First("Voltage");

    public double? Magnification => First("Magnification");

    public double? ExposureS => First("ExposureTime");

    /// <summary>Electrons per square angstrom of all sections together; <c>null</c> where none states a dose.</summary>
    public double? FluenceEPerA2 => sections.Sum(section => Number(section, "ExposureDose") ?? 0) is > 0 and var dose ? dose : null;

    public JsonObject Original => new()
    {
        ["global"] = Group(globals),
        ["titles"] = new JsonArray([.. titles.Select(title => JsonValue.Create(title))]),
        ["sections"] = new JsonArray([.. sections.Select(Group)]),
    };

    public static Mdoc Parse(string text)
    {
        var mdoc = new Mdoc();
        var current = mdoc.globals;
        foreach (var line in text.Split('\n').Select(line => line.Trim()))
        {
            var equals = line.IndexOf('=');
            if (equals < 0)
            {
                continue;
            }

            if (!line.StartsWith('['))
            {
                current[line[..equals].Trim()] = line[(equals + 1)..].Trim();
                continue;
            }

            var value = line[(equals + 1)..].TrimEnd(']').Trim();
            if (line.StartsWith("[T ", StringComparison.Ordinal) || line.StartsWith("[T=", StringComparison.Ordinal))
            {
                mdoc.titles.Add(value);
                continue;
            }

            current = new Dictionary<string, string> { [line[1..equals].Trim()] = value };
            mdoc.sections.Add(current);
        }

        return mdoc;
    }

    private double? First(string key) => Number(globals, key) ?? sections.Select(section => Number(section, key)).FirstOrDefault(value => value is not null);

    private static double? Number(Dictionary<string, string> keys, string key) =>
        keys.TryGetValue(key, out var text) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : null;

    private static JsonObject Group(Dictionary<string, string> keys) => new(keys.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)JsonValue.Create(pair.Value))));

    [GeneratedRegex(@"[Tt]ilt axis angle = (-?\d+(?:\.\d+)?)")]
    private static partial Regex TiltAxis();
}
