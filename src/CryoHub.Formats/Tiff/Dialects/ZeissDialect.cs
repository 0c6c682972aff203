using System.Globalization;
using System.Text.Json.Nodes;
using CryoHub.Imaging;

namespace CryoHub.Formats.Tiff.Dialects;

/// <summary>Zeiss SmartSEM: tag 34118 holds SI numbers without names, then pairs of lines, an internal name and "label = value unit".</summary>
internal sealed class ZeissDialect : ITiffDialect
{
    public async Task<TiffDescription?> DescribeAsync(ISourceFile file, TiffTags tags, CancellationToken ct)
    {
        if (!tags.Has(34118))
        {
            return null;
        }

        var lines = (await tags.TextAsync(34118, ct)).Split('\n', StringSplitOptions.TrimEntries);
        var named = Named(lines);

        // Line 3 is the size of a pixel on a display of 1,024 columns, in metres and in full precision.
        var width = await tags.LongAsync(256, 1024, ct);
        var scale = TiffScale.Of(lines.Length > 3 && Parse(lines[3]) is { } pixel ? pixel * 1024 / width : null, "m");
        return new TiffDescription("CZ_SEM")
        {
            X = scale,
            Y = scale,
            Metadata = new()
            {
                BeamEnergyKeV = Number(named, "AP_ACTUALKV") ?? Number(named, "AP_MANUALKV"),
                Magnification = Number(named, "AP_MAG") * (Text(named, "AP_MAG")?.Contains("K X", StringComparison.Ordinal) == true ? 1000 : 1),
                AcquiredAt = TiffMoment.Iso($"{Text(named, "AP_DATE")} {Text(named, "AP_TIME")}"),
                Instrument = Text(named, "DP_SEM") ?? Text(named, "SV_SERIAL_NUMBER"),
                FaceAngleDeg = FaceAngle(named),
                Detector = Text(named, "DP_DETECTOR_CHANNEL") ?? Text(named, "DP_DETECTOR_TYPE"),
            },
            Original = named,
        };
    }

    private static JsonObject Named(string[] lines)
    {
        var named = new JsonObject();
        for (var line = 0; line + 1 < lines.Length; line++)
        {
            if (lines[line] is ['A' or 'D' or 'S', 'P' or 'V', '_', ..])
            {
                named[lines[line]] = lines[line + 1];
            }
        }

        return named;
    }

    /// <summary>The angle between the columns, stated also by microscopes without an ion column.</summary>
    private static double? FaceAngle(JsonObject named) => (Text(named, "DP_FIB_PRESENT"), Text(named, "DP_TILT_CORRECTION")) switch
    {
        ("Yes", "On") => 90,
        ("Yes", "Off") => Number(named, "AP_FIB_SEM_ANGLE"),
        _ => null,
    };

    private static string? Text(JsonObject named, string name) =>
        named[name]?.ToString() is { } line && line.IndexOfAny(['=', ':']) is var at and > 0 ? line[(at + 1)..].Trim() : null;

    private static double? Number(JsonObject named, string name) => Text(named, name)?.Split(' ') is [var number, ..] ? Parse(number) : null;

    private static double? Parse(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;
}
