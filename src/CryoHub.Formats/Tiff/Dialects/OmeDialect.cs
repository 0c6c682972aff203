using System.Globalization;
using System.Xml.Linq;
using CryoHub.Formats.Tiff.Ome;
using CryoHub.Formats.Xml;
using CryoHub.Imaging;

namespace CryoHub.Formats.Tiff.Dialects;

/// <summary>OME-TIFF: an XML description with sizes, order and physical sizes of the pixels.</summary>
internal sealed class OmeDialect : ITiffDialect
{
    public async Task<TiffDescription?> DescribeAsync(ISourceFile file, TiffTags tags, CancellationToken ct)
    {
        var text = await tags.TextAsync(270, ct);
        if (!text.Contains("<OME", StringComparison.Ordinal) || !text.AsSpan().TrimStart().StartsWith("<"))
        {
            return null;
        }

        return Describe(SafeXml.Parse(text, "the OME description"));
    }

    /// <summary>The first image of a description.</summary>
    public static TiffDescription Describe(XElement ome)
    {
        var pixels = ome.Descendants().FirstOrDefault(element => element.Name.LocalName == "Pixels");
        var instrument = ome.Descendants().FirstOrDefault(element => element.Name.LocalName == "Microscope");
        var image = pixels?.Parent;
        var shared = new TiffDescription("OME")
        {
            Metadata = new()
            {
                AcquiredAt = image?.Elements().FirstOrDefault(element => element.Name.LocalName is "AcquisitionDate" or "AcquiredDate")?.Value,
                Instrument = (string?)instrument?.Attribute("Model"),
            },
            Original = XmlJson.Convert(ome) as System.Text.Json.Nodes.JsonObject ?? [],
            Planes = ome,
            Labels = OmeLabels.Of(ome),
        };
        return Describe(pixels, shared);
    }

    /// <summary>Axes and calibration of one of several images.</summary>
    public static TiffDescription Describe(XElement? pixels, TiffDescription shared) => shared with { Leading = Axes(pixels), X = Scale(pixels, "X"), Y = Scale(pixels, "Y") };

    // DimensionOrder names the fastest axis first, for instance XYZCT; axes of one point are left out.
    private static List<Axis> Axes(XElement? pixels)
    {
        var axes = new List<Axis>();
        foreach (var letter in ((string?)pixels?.Attribute("DimensionOrder") ?? "").Skip(2).Reverse())
        {
            var size = Number(pixels, $"Size{letter}");
            if (size is not (> 1 and <= int.MaxValue))
            {
                continue;
            }

            axes.Add(letter switch
            {
                'Z' => Named("z", (long)size, AxisRole.Space, Scale(pixels, "Z")),
                'T' => Named("t", (long)size, AxisRole.Time, TiffScale.Of(Number(pixels, "TimeIncrement"), (string?)pixels?.Attribute("TimeIncrementUnit") ?? "s")),
                _ => new Axis("channel", (long)size, "", AxisRole.Channel),
            });
        }

        return axes;
    }

    private static Axis Named(string name, long size, AxisRole role, TiffScale scale) => new(name, size, scale.Unit, role, scale.Step);

    private static TiffScale Scale(XElement? pixels, string axis) =>
        TiffScale.Of(Number(pixels, $"PhysicalSize{axis}"), (string?)pixels?.Attribute($"PhysicalSize{axis}Unit") ?? "µm");

    private static double? Number(XElement? pixels, string name) =>
        double.TryParse((string?)pixels?.Attribute(name), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
}
