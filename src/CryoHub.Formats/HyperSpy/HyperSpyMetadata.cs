using System.Globalization;
using System.Text.Json.Nodes;
using CryoHub.Imaging;

namespace CryoHub.Formats.HyperSpy;

/// <summary>HyperSpy's metadata tree, <see href="https://hyperspy.org/hyperspy-doc/current/reference/metadata.html"/>: kilovolt, milliradian, degree, second.</summary>
internal sealed class HyperSpyMetadata(JsonObject root)
{
    private readonly MetadataTree tree = new(root);

    public string Title => Text("General", "title") ?? Text("title") ?? Text("name") ?? "";

    public string SignalType => Text("Signal", "signal_type") ?? Text("signal_type") ?? "";

    /// <summary>Before version 2.0 of the format: <c>spectrum</c> or <c>image</c> instead of the axes' own <c>navigate</c>.</summary>
    public string RecordBy => Text("Signal", "record_by") ?? Text("record_by") ?? "";

    public string Quantity => Text("Signal", "quantity") ?? "";

    public AcquisitionMetadata Acquisition => new()
    {
        BeamEnergyKeV = Instrument("beam_energy"),
        Magnification = Instrument("magnification"),
        ConvergenceMrad = Instrument("convergence_angle"),
        CollectionMrad = Instrument("Detector", "EELS", "collection_angle"),
        TiltDeg = Instrument("Stage", "tilt_alpha") ?? Instrument("tilt_stage"),
        ExposureS = Instrument("Detector", "EELS", "exposure") ?? Instrument("Detector", "Camera", "exposure"),
        Instrument = Text("Acquisition_instrument", "TEM", "microscope") ?? Text("Acquisition_instrument", "SEM", "microscope"),
        Detector = Text("Acquisition_instrument", "TEM", "detector") ?? Text("Acquisition_instrument", "SEM", "detector"),
        AcquiredAt = AcquiredAt(),
        Elements = tree.Find("Sample", "elements") switch
        {
            JsonArray { Count: > 0 } list => [.. list.Select(element => element?.ToString() ?? "")],
            JsonValue one when one.TryGetValue(out string? element) && element.Length > 0 => [element],
            _ => null,
        },
    };

    // Before version 1.2 the instrument stood at the root.
    private double? Instrument(params string[] path) =>
        Number(["Acquisition_instrument", "TEM", .. path]) ?? Number(["Acquisition_instrument", "SEM", .. path]) ?? Number(["TEM", .. path]) ?? Number(["SEM", .. path]);

    private double? Number(string[] path) => HyperSpyAxes.Number(tree.Find(path));

    private string? Text(params ReadOnlySpan<string> path) => tree.Find(path) is JsonValue value && value.TryGetValue(out string? text) && text.Length > 0 ? text : null;

    // Older files keep the date as other programs wrote it ("14.10.2014"): only what is a date in ISO order is taken.
    private string? AcquiredAt()
    {
        if (!DateOnly.TryParseExact(Text("General", "date"), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            return null;
        }

        var day = date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return Text("General", "time") is { } time && TimeOnly.TryParse(time, CultureInfo.InvariantCulture, out _) ? $"{day}T{time}" : day;
    }
}
