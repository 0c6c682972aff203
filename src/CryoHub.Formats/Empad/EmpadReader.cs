using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using CryoHub.Formats.Bytes;
using CryoHub.Formats.Xml;
using CryoHub.Imaging;
using CryoHub.Imaging.Sources;

namespace CryoHub.Formats.Empad;

/// <summary>
/// Scans and series of the EMPAD detector: an XML description beside the pixels, 130 rows of 128, of which the last two are the detector's own.
/// </summary>
public sealed class EmpadReader : IFormatReader
{
    private const int Side = 128;
    private const int RowsOfOwn = 2;
    private const int LongestXml = 16 << 20;

    public FormatInfo Format { get; } = new(
        "empad",
        "EMPAD (.xml and .raw)",
        [".xml"],
        "diffraction scans and series, scan step, angle of a detector pixel, exposure, voltage; the description alone as text",
        "",
        "https://hyperspy.org/rosettasciio/supported_formats/empad.html");

    public Match Recognise(ReadOnlySpan<byte> head, string fileName)
    {
        if (!fileName.EndsWith(".xml", StringComparison.OrdinalIgnoreCase))
        {
            return Match.No;
        }

        var text = Encoding.Latin1.GetString(head);
        return text.Contains("<raw_file", StringComparison.Ordinal) || text.Contains("camserver_parameters", StringComparison.Ordinal)
            ? Match.Certain : Match.No;
    }

    public Task<IReadOnlyList<ISignal>> OpenAsync(ISourceFile file, CancellationToken ct) => OpenAsync(file.Name, file.Bytes, file, ct);

    /// <summary>From a description that was found beside the pixels.</summary>
    internal static async Task<IReadOnlyList<ISignal>> OpenAsync(string name, IByteSource xml, ISourceFile file, CancellationToken ct)
    {
        if (xml.Length > LongestXml)
        {
            throw ProblemException.Unreadable($"{name} holds {xml.Length} bytes; descriptions of up to {LongestXml} are read.");
        }

        var bytes = await xml.ReadBlockAsync(0, xml.Length, ct);
        var root = SafeXml.Parse(bytes, name);
        var original = new MetadataTree(XmlJson.Convert(root) as JsonObject ?? []);
        var metadata = Metadata(root);
        var rawName = Path.GetFileName(((string?)root.Element("raw_file")?.Attribute("filename") ?? "").Replace('\\', '/'));
        var isPixels = file.Name == rawName || file.Name.EndsWith(".raw", StringComparison.OrdinalIgnoreCase);
        var raw = isPixels ? file.Bytes : rawName.Length > 0 ? file.Sibling(rawName) : null;
        var title = Path.GetFileNameWithoutExtension(name);
        if (raw is null)
        {
            return [DocumentSignal.Of(title, Encoding.UTF8.GetString(bytes), metadata, original)];
        }

        var header = new SignalHeader(title, SignalKind.DiffractionScan, PixelType.Float32, Axes(root), metadata, original);
        if (header.Axes.Count == 3)
        {
            header = header with { Kind = SignalKind.ImageStack };
        }

        return [RawSignal.Of(header, raw, 0, gap: RowsOfOwn * Side * sizeof(float))];
    }

    private static List<Axis> Axes(XElement root)
    {
        // The detector's own calibration; the file's "calibrated_pixelsize" is the full field of the scan divided by 25,000 and says nothing about the
        // detector.
        var angle = Number(root, "iom_measurements", "calibrated_diffraction_angle");
        var pixel = angle is > 0
            ? new Axis("x", Side, "mrad", AxisRole.Reciprocal, angle.Value * 1000, -Side / 2 * angle.Value * 1000) : new Axis("x", Side, "", AxisRole.Reciprocal);
        List<Axis> axes = [pixel with { Name = "y" }, pixel];
        if (Number(root, "pix_x") is >= 1 and var columns && Number(root, "pix_y") is >= 1 and var rows)
        {
            var (fieldX, fieldY) = Field(root);
            return [Scan("scan_y", (long)rows, fieldY), Scan("scan_x", (long)columns, fieldX), .. axes];
        }

        var count = root.Elements("scan_parameters").Select(parameters => Number(parameters, "series_count")).FirstOrDefault(number => number is >= 1);
        return count is { } series ? [new Axis("frame", (long)series, "", AxisRole.Frame), .. axes]
            : throw ProblemException.Unreadable("The EMPAD description states neither pix_x and pix_y nor series_count.");
    }

    private static Axis Scan(string name, long size, double? metres) =>
        metres is > 0 ? new Axis(name, size, "nm", AxisRole.Space, metres.Value / size * 1e9) : new Axis(name, size, "", AxisRole.Space);

    /// <summary>The full field of the scan and the part of it that was acquired.</summary>
    private static (double? X, double? Y) Field(XElement root)
    {
        var acquired = root.Elements("scan_parameters").FirstOrDefault(parameters => (string?)parameters.Attribute("mode") == "acquire");
        var share = acquired is null ? null : Number(acquired, "scan_size");
        var list = root.Element("iom_measurements")?.Elements().FirstOrDefault(element => element.Name.LocalName.EndsWith("full_scan_field_of_view", StringComparison.Ordinal));
        if (list is { HasElements: true })
        {
            return (Number(list, "x") * share, Number(list, "y") * share);
        }

        var numbers = (list?.Value ?? "").Trim('[', ']', ' ').Split(',').Select(Parse).ToArray();
        return numbers is [{ } x, { } y] ? (x * share, y * share) : (null, null);
    }

    private static AcquisitionMetadata Metadata(XElement root) => new()
    {
        BeamEnergyKeV = (Number(root, "iom_measurements", "source.get_voltage") ?? Number(root, "iom_measurements", "high_voltage")) / 1000,
        ExposureS = Number(root, "exposure_time") / 1000,
        AcquiredAt = (string?)root.Element("timestamp")?.Attribute("isoformat"),
        Detector = "EMPAD",
    };

    private static double? Number(XElement parent, params ReadOnlySpan<string> path)
    {
        XElement? element = parent;
        foreach (var name in path)
        {
            element = element?.Element(name);
        }

        return Parse(element?.Value ?? "");
    }

    private static double? Parse(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) && Math.Abs(number) < 1e15
            ? number : null;
}
