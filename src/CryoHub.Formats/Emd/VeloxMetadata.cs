using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CryoHub.Formats.Hdf5;
using CryoHub.Imaging;

namespace CryoHub.Formats.Emd;

/// <summary>The JSON that Velox keeps beside each data set: numbers as text, SI units, angles in radian.</summary>
internal sealed class VeloxMetadata(JsonObject json)
{
    private const long LongestText = 1 << 22;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    public MetadataTree Tree { get; } = new(json);

    public string DetectorName => Tree.Find("BinaryResult", "Detector")?.ToString() ?? "";

    public AcquisitionMetadata Acquisition => new()
    {
        BeamEnergyKeV = Number("Optics", "AccelerationVoltage") / 1000,
        Magnification = (Number("CustomProperties", "StemMagnification", "value") ?? Number("Optics", "NominalMagnification")) is > 0 and var magnification ? magnification : null,
        ExposureS = Detector is { } detector ? Parse(detector["ExposureTime"]) ?? Number("Scan", "DwellTime") : Number("Scan", "DwellTime"),
        AcquiredAt = Number("Acquisition", "AcquisitionStartDatetime", "DateTime") is > 0 and < 253402300800 and var seconds
            ? DateTime.UnixEpoch.AddSeconds(seconds).ToString("s", CultureInfo.InvariantCulture)
            : null,
        Instrument = Tree.Find("Instrument", "InstrumentClass")?.ToString(),
        Detector = DetectorName is { Length: > 0 } name ? name : null,
        TiltDeg = Number("Stage", "AlphaTilt") * 180 / Math.PI,
        ConvergenceMrad = Number("Optics", "BeamConvergence") * 1000,
    };

    private JsonNode? Detector => Tree.Find("BinaryResult", "DetectorIndex") is { } index
        ? Tree.Find("Detectors", $"Detector-{index}")
        : (Tree.Find("Detectors") as JsonObject)?.Select(entry => entry.Value).FirstOrDefault(entry => DetectorName.Length > 0 && entry?["DetectorName"]?.ToString().Contains(DetectorName, StringComparison.Ordinal) == true);

    /// <summary>The first column of the group's Metadata.</summary>
    public static VeloxMetadata Read(Hdf5File file, string group)
    {
        if (file.Dataset($"{group}/Metadata") is not { Pixel: PixelType.UInt8, Shape: [> 0 and <= LongestText and var length, > 0] } dataset)
        {
            return new VeloxMetadata([]);
        }

        var bytes = new byte[length];
        file.Read(dataset, [0, 0], [length, 1], bytes);
        return new VeloxMetadata(Parse(Encoding.UTF8.GetString(bytes.AsSpan(0, Math.Max(0, bytes.AsSpan().IndexOf((byte)0) is var end and >= 0 ? end : bytes.Length)))) ?? []);
    }

    /// <summary><c>null</c> where the text is no JSON object: Velox leaves such texts empty.</summary>
    public static JsonObject? Parse(string? text)
    {
        try
        {
            return string.IsNullOrWhiteSpace(text) ? null : JsonNode.Parse(text, documentOptions: Strict) as JsonObject;
        }
        catch (JsonException e)
        {
            throw ProblemException.Unreadable($"A metadata text of the file is no JSON: {e.Message}", e);
        }
    }

    public Axis X(long size) => Space("x", size, "width", "PixelUnitX");

    public Axis Y(long size) => Space("y", size, "height", "PixelUnitY");

    public Axis Time(long size) => (Number("Scan", "FrameTime") ?? Parse(Detector?["ExposureTime"])) is { } step and > 0
        ? new Axis("t", size, "s", AxisRole.Time, step)
        : new Axis("t", size, "", AxisRole.Time);

    /// <summary>Dispersion and offset of the detector are in electronvolt.</summary>
    public Axis Energy(long size) => Parse(Detector?["Dispersion"]) is { } dispersion and > 0
        ? new Axis("energy", size, "keV", AxisRole.Energy, dispersion / 1000, (Parse(Detector?["OffsetEnergy"]) ?? 0) / 1000)
        : new Axis("energy", size, "", AxisRole.Energy);

    public double? Number(params ReadOnlySpan<string> path) => Parse(Tree.Find(path));

    private static double? Parse(JsonNode? node) =>
        node is JsonValue && double.TryParse(node.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    private Axis Space(string name, long size, string side, string unitName)
    {
        var unit = Tree.Find("BinaryResult", unitName)?.ToString() ?? "";
        return Number("BinaryResult", "PixelSize", side) is { } step and > 0 && unit.Length > 0
            ? new Axis(name, size, unit, unit.StartsWith('1') ? AxisRole.Reciprocal : AxisRole.Space, step, Number("BinaryResult", "Offset", name) ?? 0)
            : new Axis(name, size, "", AxisRole.Space);
    }
}
