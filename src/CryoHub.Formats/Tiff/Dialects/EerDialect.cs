using System.Globalization;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using CryoHub.Formats.Xml;
using CryoHub.Imaging;

namespace CryoHub.Formats.Tiff.Dialects;

/// <summary>Movies of electron events (Falcon 4 and later): tag 65001 of the first page holds named items as XML.</summary>
internal sealed class EerDialect : ITiffDialect
{
    private const int Metadata = 65001;

    public async Task<TiffDescription?> DescribeAsync(ISourceFile file, TiffTags tags, CancellationToken ct)
    {
        if (await tags.LongAsync(259, 1, ct) is not (65000 or 65001 or 65002))
        {
            return null;
        }

        var text = await tags.TextAsync(Metadata, ct);
        var items = text.IndexOf("<metadata", StringComparison.Ordinal) is >= 0 and var start
            ? SafeXml.Parse(text[start..], "the electron event movie").Elements("item").ToList() : [];
        var original = new JsonObject();
        foreach (var item in items)
        {
            original[(string?)item.Attribute("name") ?? item.Name.LocalName] = item.Attribute("unit") is null
                ? XmlJson.Leaf(item.Value) : XmlJson.Convert(item);
        }

        var (width, height) = (Metres("sensorPixelSize.width"), Metres("sensorPixelSize.height"));
        return new TiffDescription("EER")
        {
            X = TiffScale.Of(width * 1e9, "nm"),
            Y = TiffScale.Of(height * 1e9, "nm"),
            Metadata = new()
            {
                ExposureS = Number("exposureTime"),
                AcquiredAt = Text("timestamp"),
                Detector = Text("commercialName") ?? Text("cameraName"),

                // The dose is stated in electrons a pixel.
                FluenceEPerA2 = width > 0 && height > 0 ? Number("totalDose") / (width * height * 1e20) : null,
            },
            Original = original,
        };

        XElement? Item(string name) => items.FirstOrDefault(item => (string?)item.Attribute("name") == name);

        string? Text(string name) => Item(name)?.Value.Trim() is { Length: > 0 } value ? value : null;

        double? Number(string name) => double.TryParse(Text(name), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && double.IsFinite(number) ? number : null;

        double? Metres(string name) => (string?)Item(name)?.Attribute("unit") is null or "m" ? Number(name) : null;
    }
}
