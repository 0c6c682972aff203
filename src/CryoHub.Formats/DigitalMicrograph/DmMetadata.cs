using System.Globalization;
using System.Text.Json.Nodes;
using CryoHub.Imaging;

namespace CryoHub.Formats.DigitalMicrograph;

/// <summary>The acquisition's tags as normalised metadata.</summary>
internal static class DmMetadata
{
    private static readonly string[] DateFormats = ["M/d/yyyy", "d/M/yyyy", "yyyy-MM-dd", "d.M.yyyy"];

    private static readonly string[] Techniques = ["SI", "EELS", "EDS", "CL"];

    public static AcquisitionMetadata Of(DmImage image) => new()
    {
        BeamEnergyKeV = Stated(image.Tag("Microscope Info", "Voltage")) / 1e3,
        Magnification = IsDiffraction(image) ? null : Stated(image.Tag("Microscope Info", "Indicated Magnification")),
        TiltDeg = DmImage.Real(image.Tag("Microscope Info", "Stage Position", "Stage Alpha")),
        ConvergenceMrad = Stated(image.Tag("EELS", "Experimental Conditions", "Convergence semi-angle (mrad)")) ?? Stated(image.Tag("EELS", "Convergence semi-angle (mrad)")),
        CollectionMrad = Stated(image.Tag("EELS", "Experimental Conditions", "Collection semi-angle (mrad)")) ?? Stated(image.Tag("EELS", "Collection semi-angle (mrad)")),
        ExposureS = Exposure(image),
        Instrument = Text(image.Tag("Session Info", "Microscope")) ?? Text(image.Tag("Microscope Info", "Name")) ?? Text(image.Tag("Microscope Info", "Microscope")),
        Detector = Text(image.Tag("Acquisition", "Device", "Name")) ?? Text(image.Tag("DataBar", "Device Name")),
        AcquiredAt = AcquiredAt(image),
    };

    /// <summary>In diffraction mode the "magnification" is a camera length.</summary>
    public static bool IsDiffraction(DmImage image) => Text(image.Tag("Microscope Info", "Imaging Mode")) == "DIFFRACTION" && Text(image.Tag("Microscope Info", "Illumination Mode")) == "TEM";

    private static double? Exposure(DmImage image)
    {
        if (Stated(image.Tag("EELS", "Acquisition", "Integration time (s)")) is { } integrated)
        {
            return integrated;
        }

        return Stated(image.Tag("EELS", "Acquisition", "Exposure (s)")) is { } exposure
            ? exposure * (Stated(image.Tag("EELS", "Acquisition", "Number of frames")) ?? 1)
            : Stated(image.Tag("Acquisition", "Parameters", "High Level", "Exposure (s)")) ?? Stated(image.Tag("DataBar", "Exposure Time (s)"));
    }

    /// <summary>Dates are in the computer's own order, month first where both readings are possible.</summary>
    private static string? AcquiredAt(DmImage image)
    {
        List<(JsonNode? Date, JsonNode? Time)> places = [(image.Tag("DataBar", "Acquisition Date"), image.Tag("DataBar", "Acquisition Time"))];
        places.AddRange(Techniques.Select(technique => (image.Tag(technique, "Acquisition", "Date"), image.Tag(technique, "Acquisition", "Start time"))));
        foreach (var (date, time) in places)
        {
            if (Text(date) is { } day && DateOnly.TryParseExact(day, DateFormats, CultureInfo.InvariantCulture, DateTimeStyles.AllowWhiteSpaces, out var parsed))
            {
                var clock = Text(time)?.Replace("p.m.", "PM", StringComparison.Ordinal).Replace("a.m.", "AM", StringComparison.Ordinal);
                return TimeOnly.TryParse(clock, CultureInfo.InvariantCulture, out var at)
                    ? parsed.ToDateTime(at).ToString("s", CultureInfo.InvariantCulture)
                    : parsed.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            }
        }

        return null;
    }

    /// <summary>DigitalMicrograph writes zero where it does not know.</summary>
    private static double? Stated(JsonNode? node) => DmImage.Real(node) is { } number && number != 0 && double.IsFinite(number) ? number : null;

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) && text.Length > 0 && text != "[]" ? text : null;
}
