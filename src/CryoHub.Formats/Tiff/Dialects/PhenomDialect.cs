using System.Globalization;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using CryoHub.Formats.Xml;
using CryoHub.Imaging;

namespace CryoHub.Formats.Tiff.Dialects;

/// <summary>Phenom desktop microscopes: an XML text "FeiImage" in tag 34683, each number with its unit.</summary>
internal sealed class PhenomDialect : ITiffDialect
{
    public async Task<TiffDescription?> DescribeAsync(ISourceFile file, TiffTags tags, CancellationToken ct)
    {
        if (!tags.Has(34683) || await tags.TextAsync(34683, ct) is not { } text || !text.Contains("<FeiImage", StringComparison.Ordinal))
        {
            return null;
        }

        var root = SafeXml.Parse(text, $"{file.Name}, tag 34683");
        var scan = root.Element("acquisition")?.Element("scan");
        var volts = scan?.Element("highVoltage");
        return new TiffDescription("Phenom")
        {
            X = Scale(root.Element("pixelWidth")),
            Y = Scale(root.Element("pixelHeight")),
            Metadata = new()
            {
                BeamEnergyKeV = Math.Abs(Number(volts) ?? 0) is > 0 and var energy ? energy / ((string?)volts?.Attribute("unit") == "V" ? 1000 : 1) : null,
                AcquiredAt = root.Element("time")?.Value is { Length: > 0 } time ? time : null,
                Instrument = $"Phenom {root.Element("instrument")?.Element("type")?.Value}".Trim(),
                Detector = scan?.Element("detector")?.Value is { Length: > 0 } detector ? detector : null,
            },
            Original = XmlJson.Convert(root) as JsonObject ?? [],
        };
    }

    private static TiffScale Scale(XElement? length) => TiffScale.Of(Number(length), (string?)length?.Attribute("unit") is "um" ? "µm" : (string?)length?.Attribute("unit") ?? "");

    private static double? Number(XElement? element) =>
        double.TryParse(element?.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;
}
