using System.Globalization;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using CryoHub.Imaging;

namespace CryoHub.Formats.Ser;

/// <summary>What an .emi file says of one series.</summary>
internal sealed class EmiObject(XElement info)
{
    private const int DeepestNesting = 32;   // real files need four

    private readonly Dictionary<string, (string Value, string Unit)> description = Describe(info);

    /// <summary>A camera in scanning mode or a diffraction mode records reciprocal space.</summary>
    public bool IsReciprocal(bool isScan) =>
        description.TryGetValue("Mode", out var mode)
        && (mode.Value.Contains("STEM", StringComparison.Ordinal) ? isScan || info.Element("AcquireInfo")?.Element("CameraNamePath") is not null : mode.Value.Contains("Diffraction", StringComparison.Ordinal));

    public AcquisitionMetadata Metadata => new()
    {
        BeamEnergyKeV = Number("High tension") ?? (double.TryParse(info.Descendants("AcceleratingVoltage").FirstOrDefault()?.Value, CultureInfo.InvariantCulture, out var volts) ? volts / 1e3 : null),
        Magnification = Number("Magnification"),
        TiltDeg = Number("Stage A"),
        ExposureS = Number("Integration time") ?? Number("Exposure time"),
        Instrument = description.TryGetValue("Microscope", out var microscope) && microscope.Value.Length > 0 ? microscope.Value : null,
        Detector = info.Element("AcquireInfo")?.Element("CameraNamePath")?.Value is { Length: > 0 } camera ? camera : null,
        AcquiredAt = DateTime.TryParseExact(info.Element("AcquireDate")?.Value, "ddd MMM d HH:mm:ss yyyy", CultureInfo.InvariantCulture, DateTimeStyles.AllowWhiteSpaces, out var at) ? at.ToString("s", CultureInfo.InvariantCulture) : null,
    };

    public JsonObject Original
    {
        get
        {
            var tree = Tree(info, 0);
            tree["ExperimentalDescription"] = new JsonObject(description.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)JsonValue.Create($"{pair.Value.Value} {pair.Value.Unit}".Trim()))));
            return tree;
        }
    }

    private double? Number(string label) => description.TryGetValue(label, out var entry) && double.TryParse(entry.Value, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : null;

    private static Dictionary<string, (string Value, string Unit)> Describe(XElement info)
    {
        var entries = new Dictionary<string, (string, string)>();
        foreach (var data in info.Element("ExperimentalDescription")?.Descendants("Data") ?? [])
        {
            entries[data.Element("Label")?.Value ?? ""] = (data.Element("Value")?.Value ?? "", data.Element("Unit")?.Value ?? "");
        }

        return entries;
    }

    private static JsonObject Tree(XElement element, int depth)
    {
        if (depth > DeepestNesting)
        {
            throw ProblemException.Unreadable($"The .emi file's description is nested deeper than {DeepestNesting} levels.");
        }

        var tree = new JsonObject();
        foreach (var child in element.Elements().Where(child => child.Name != "ExperimentalDescription"))
        {
            tree[child.Name.LocalName] = child.HasElements ? Tree(child, depth + 1) : JsonValue.Create(child.Value);
        }

        return tree;
    }
}
