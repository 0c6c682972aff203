using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CryoHub.Formats.Bytes;
using CryoHub.Imaging;

namespace CryoHub.Formats.Nanoscope;

/// <summary>Bruker (Veeco, Digital Instruments) Nanoscope: images and force curves of atomic force microscopes.</summary>
public sealed partial class NanoscopeReader : IFormatReader
{
    public FormatInfo Format { get; } = new(
        "nanoscope", "Bruker Nanoscope", [".spm", ".000", ".001", ".002", ".003"],
        "all images, force curves and force volumes, as stored (16 or 32 bit) and, for images and volumes, as calibrated values", "files without binary data",
        "https://gwyddion.net/documentation/user-guide-en/supported-file-formats.html");

    public Match Recognise(ReadOnlySpan<byte> head, string fileName) =>
        head.StartsWith("\\*File list"u8) || head.StartsWith("\\*Force file list"u8) || head.StartsWith("\\*EC File list"u8) ? Match.Certain : Match.No;

    public async Task<IReadOnlyList<ISignal>> OpenAsync(ISourceFile file, CancellationToken ct)
    {
        var text = await NanoscopeText.ReadAsync(file.Bytes, ct);
        var metadata = new AcquisitionMetadata { AcquiredAt = Moment(text.Find("Date")), Instrument = text.Find("Microscope") };
        var original = text.Original;
        List<ISignal> signals = [];
        foreach (var (section, image) in text.Sections.Where(section => section.Name.EndsWith("image list", StringComparison.OrdinalIgnoreCase) && NanoscopeText.Text(section.Lines, "Data offset") is not null))
        {
            original = (JsonObject)original.DeepClone();
            if (!section.Contains("force", StringComparison.OrdinalIgnoreCase))
            {
                signals.AddRange(Images(file.Bytes, text, image, metadata, original));
            }
            else if (NanoscopeVolume.Of(text, image) is { } volume)
            {
                signals.AddRange(Volume(file.Bytes, text, image, volume, metadata, original));
            }
            else
            {
                signals.Add(Curve(file.Bytes, text, image, metadata, original));
            }
        }

        return signals.Count > 0 ? signals : throw ProblemException.Unreadable($"{file.Name} has {text.Sections.Count} sections and no image among them.");
    }

    private static IEnumerable<ISignal> Images(IByteSource file, NanoscopeText text, JsonObject image, AcquisitionMetadata metadata, JsonObject original)
    {
        var (width, height) = (NanoscopeText.Integer(image, "Samps/line"), NanoscopeText.Integer(image, "Number of lines"));
        var bytes = Bytes(image, width * height);
        var (x, y) = Field(image);
        Axis[] axes = [Axis("y", height, y), Axis("x", width, x)];
        var header = new SignalHeader(Name(image), SignalKind.Image, Pixel(bytes), axes, metadata, new MetadataTree(original));
        return StoredAndCalibrated(file, text, image, bytes, header);
    }

    /// <summary>A curve at every point of the grid, approach and retract one after the other as in a file of one curve.</summary>
    private static IEnumerable<ISignal> Volume(IByteSource file, NanoscopeText text, JsonObject image, NanoscopeVolume volume, AcquisitionMetadata metadata, JsonObject original)
    {
        var (x, y) = Field(NanoscopeText.Text(image, "Scan size") is null ? volume.Scan : image);
        Axis[] axes = [Axis("y", volume.Rows, y), Axis("x", volume.Columns, x), new Axis("sample", volume.Points, "", AxisRole.Index)];
        var header = new SignalHeader(Name(image), SignalKind.SpectrumImage, Pixel(volume.Bytes), axes, metadata, new MetadataTree(original));
        return StoredAndCalibrated(file, text, image, volume.Bytes, header);
    }

    private static IEnumerable<ISignal> StoredAndCalibrated(IByteSource file, NanoscopeText text, JsonObject image, int bytes, SignalHeader header)
    {
        var stored = RawSignal.Of(header, file, NanoscopeText.Integer(image, "Data offset"));
        yield return stored;
        if (NanoscopeScale.Of(text, image, bytes) is { } scale)
        {
            var calibrated = header with { Name = $"{header.Name} ({scale.Unit})", Pixel = PixelType.Float32, ValueUnit = scale.Unit };
            yield return new NanoscopeHeights(calibrated, stored, scale.Factor);
        }
    }

    private static PixelType Pixel(int bytes) => bytes == 4 ? PixelType.Int32 : PixelType.Int16;

    /// <summary>Approach and retract, one after the other.</summary>
    private static RawSignal Curve(IByteSource file, NanoscopeText text, JsonObject image, AcquisitionMetadata metadata, JsonObject original)
    {
        var counts = NanoscopeVolume.Samples(image);
        var points = NanoscopeVolume.PointsOf(counts);
        var bytes = Bytes(image, points);
        Axis[] axes = counts.Length == 2 && counts[0] != counts[1]
            ? [new Axis("sample", points, "", AxisRole.Index)]
            : [new Axis("direction", 2, "", AxisRole.Index), new Axis("sample", points / 2, "", AxisRole.Index)];
        var scale = NanoscopeScale.Of(text, image, bytes);
        original["value of one step"] = scale is null ? null : $"{scale.Factor.ToString(CultureInfo.InvariantCulture)} {scale.Unit}";
        var header = new SignalHeader(Name(image), SignalKind.Trace, Pixel(bytes), axes, metadata, new MetadataTree(original));
        return RawSignal.Of(header, file, NanoscopeText.Integer(image, "Data offset"));
    }

    /// <summary>Version 9.2 and later store 32 bits and may still state two bytes a pixel: the length decides.</summary>
    private static int Bytes(JsonObject image, long points)
    {
        var stated = NanoscopeText.Integer(image, "Bytes/pixel");
        return points > 0 && NanoscopeText.Integer(image, "Data length") / 4 == points ? 4 : stated is 2 or 4 ? (int)stated
            : throw ProblemException.Unreadable($"{Name(image)} states {stated} bytes a pixel; 2 and 4 are known.");
    }

    /// <summary>"S [Height] "Height"": internal and shown name.</summary>
    private static string Name(JsonObject image)
    {
        var line = image.FirstOrDefault(pair => pair.Key.StartsWith('@') && pair.Key.EndsWith("Image Data", StringComparison.OrdinalIgnoreCase)).Value?.ToString() ?? NanoscopeText.Text(image, "Image data") ?? "Image";
        return Quoted().Match(line) is { Success: true } quoted ? quoted.Groups[1].Value : line;
    }

    /// <summary>"2 2 ~m": width and height; ~ stands for µ.</summary>
    private static ((double, string)? X, (double, string)? Y) Field(JsonObject image)
    {
        var parts = (NanoscopeText.Text(image, "Scan size") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var unit = parts.Length > 1 ? parts[^1].Replace("~m", "µm", StringComparison.Ordinal) : "";
        var sizes = parts[..^Math.Min(1, parts.Length)].Select(part => double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out var size) ? size : 0).Where(size => size > 0).ToArray();
        return sizes.Length == 0 ? (null, null) : ((sizes[0], unit), (sizes[^1], unit));
    }

    private static Axis Axis(string name, long size, (double Length, string Unit)? field) => field is { } known && size > 0
        ? new Axis(name, size, known.Unit, AxisRole.Space, known.Length / size)
        : new Axis(name, size, "", AxisRole.Space);

    private static string? Moment(string? text) =>
        DateTime.TryParseExact(text, "hh:mm:ss tt ddd MMM dd yyyy", CultureInfo.InvariantCulture, DateTimeStyles.AllowWhiteSpaces, out var moment) ? moment.ToString("s", CultureInfo.InvariantCulture) : null;

    [GeneratedRegex("\"([^\"]+)\"")]
    private static partial Regex Quoted();
}
