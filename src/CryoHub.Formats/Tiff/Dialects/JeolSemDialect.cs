using System.Globalization;
using System.Text.Json.Nodes;
using CryoHub.Formats.Xml;
using CryoHub.Imaging;

namespace CryoHub.Formats.Tiff.Dialects;

/// <summary>JEOL scanning microscopes: a side file of the same name with lines "$NAME value"; the scale bar gives its length and its pixels.</summary>
internal sealed class JeolSemDialect : ITiffDialect
{
    public async Task<TiffDescription?> DescribeAsync(ISourceFile file, TiffTags tags, CancellationToken ct)
    {
        var text = await IniText.SiblingAsync(file, Path.ChangeExtension(file.Name, ".txt"), ct);
        if (text?.Contains("$CM_FORMAT", StringComparison.Ordinal) != true)
        {
            return null;
        }

        var lines = new JsonObject();
        foreach (var line in text.Split('\n', StringSplitOptions.TrimEntries).Where(line => line.StartsWith('$')))
        {
            var space = line.IndexOf(' ');
            lines[(space < 0 ? line : line[..space]).TrimStart('$')] = space < 0 ? null : XmlJson.Leaf(line[space..]);
        }

        var scale = Scale(lines);
        return new TiffDescription("JEOL")
        {
            X = scale,
            Y = scale,
            Metadata = new()
            {
                BeamEnergyKeV = Number(lines, "CM_ACCEL_VOLT"),
                Magnification = Number(lines, "CM_MAG"),
                AcquiredAt = TiffMoment.Iso($"{lines["CM_DATE"]} {lines["CM_TIME"]}"),
                Instrument = lines["CM_INSTRUMENT"]?.ToString(),
                Detector = lines["CM_SIGNAL_NAME"]?.ToString() ?? lines["CM_SIGNAL"]?.ToString(),
            },
            Original = lines,
        };
    }

    private static TiffScale Scale(JsonObject lines)
    {
        var marker = lines["SM_MICRON_MARKER"]?.ToString() ?? "";                               // for instance 10um
        var unit = marker.TrimStart("0123456789. ".ToCharArray());
        return double.TryParse(marker[..^unit.Length], CultureInfo.InvariantCulture, out var length)
            ? TiffScale.Of(length / Number(lines, "SM_MICRON_BAR"), unit == "um" ? "µm" : unit)
            : TiffScale.None;
    }

    private static double? Number(JsonObject lines, string name) =>
        double.TryParse(lines[name]?.ToString(), CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;
}
