using System.Globalization;
using System.Text.Json.Nodes;
using CryoHub.Formats.Xml;
using CryoHub.Imaging;

namespace CryoHub.Formats.Tiff.Dialects;

/// <summary>ImageJ: "name=value" lines in the description; pages run over channels first, then slices, then frames.</summary>
internal sealed class ImageJDialect : ITiffDialect
{
    public async Task<TiffDescription?> DescribeAsync(ISourceFile file, TiffTags tags, CancellationToken ct)
    {
        var text = await tags.TextAsync(270, ct);
        if (!text.StartsWith("ImageJ=", StringComparison.Ordinal))
        {
            return null;
        }

        var lines = IniText.Parse(text);
        var unit = Unit(lines.Text("", "unit"));
        return new TiffDescription("ImageJ")
        {
            Leading = Axes(lines, unit),
            X = TiffScale.Of(1 / await tags.NumberAsync(282, ct), unit),
            Y = TiffScale.Of(1 / await tags.NumberAsync(283, ct), unit),
            Metadata = new() { AcquiredAt = TiffMoment.Iso(await tags.TextAsync(306, ct)) },
            Original = lines.Sections[""]!.DeepClone().AsObject(),
        };
    }

    private static List<Axis> Axes(IniText lines, string unit)
    {
        var axes = new List<Axis>();
        Add("t", "frames", AxisRole.Time, lines.Number("", "finterval"), "s");
        Add("z", "slices", AxisRole.Space, lines.Number("", "spacing"), unit);
        Add("channel", "channels", AxisRole.Channel, null, "");
        var images = (long)(lines.Number("", "images") ?? 1);
        return axes.Count == 0 && images > 1 ? [new Axis("frame", images, "", AxisRole.Frame)] : axes;

        void Add(string name, string key, AxisRole role, double? step, string stepUnit)
        {
            if (lines.Number("", key) is > 1 and <= int.MaxValue and var size)
            {
                axes.Add(step is { } known && known != 0 ? new Axis(name, (long)size, stepUnit, role, Math.Abs(known)) : new Axis(name, (long)size, "", role));
            }
        }
    }

    // ImageJ writes the micro sign as an escape, and "pixel" where nothing is calibrated.
    private static string Unit(string? unit) => unit switch
    {
        null or "pixel" or "pixels" or "inch" => unit == "inch" ? "inch" : "",
        "micron" or "microns" or "um" or "\\u00B5m" or "\u00B5m" => "µm",
        _ => unit,
    };
}
