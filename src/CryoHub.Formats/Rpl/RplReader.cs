using CryoHub.Formats.Bytes;
using CryoHub.Formats.Empad;
using CryoHub.Formats.Text;
using CryoHub.Imaging;

namespace CryoHub.Formats.Rpl;

/// <summary>
/// Lispix ripple files: a text with the sizes (.rpl) beside the pixels (.raw). Either may be opened; pixels of an EMPAD detector are passed on.
/// </summary>
public sealed class RplReader : IFormatReader
{
    public FormatInfo Format { get; } = new(
        "ripple",
        "Lispix ripple (.rpl and .raw)",
        [".rpl", ".raw"],
        "integers and floats of 1 to 8 bytes, both byte orders, recorded by vector or by image, calibration of every axis, INCA's variant",
        ".raw files without the .rpl file that describes them",
        "https://www.nist.gov/services-resources/software/lispix");

    public Match Recognise(ReadOnlySpan<byte> head, string fileName) => Path.GetExtension(fileName).ToLowerInvariant() switch
    {
        ".rpl" when TextBytes.Head(head) is var text && TextBytes.LooksLikeText(text) && text.Contains("width", StringComparison.OrdinalIgnoreCase)
            && text.Contains("record-by", StringComparison.OrdinalIgnoreCase) => Match.Certain,
        ".rpl" or ".raw" when !head.IsEmpty => Match.Maybe,
        _ => Match.No,
    };

    public async Task<IReadOnlyList<ISignal>> OpenAsync(ISourceFile file, CancellationToken ct)
    {
        var stem = Path.GetFileNameWithoutExtension(file.Name);
        if (Path.GetExtension(file.Name).Equals(".rpl", StringComparison.OrdinalIgnoreCase))
        {
            var raw = Beside(file, stem, ".raw", ".RAW") ?? throw ProblemException.Unreadable($"{file.Name} describes the pixels of {stem}.raw, which did not come with it.");
            return [await OpenAsync(file.Name, file.Bytes, raw, ct)];
        }

        if (Beside(file, stem, ".rpl", ".RPL") is { } rpl)
        {
            return [await OpenAsync($"{stem}.rpl", rpl, file.Bytes, ct)];
        }

        return file.Sibling($"{stem}.xml") is { } xml
            ? await EmpadReader.OpenAsync($"{stem}.xml", xml, file, ct)
            : throw ProblemException.Unreadable($"{file.Name} holds bare pixels; the file that describes them ({stem}.rpl or {stem}.xml) did not come with it.");
    }

    private static IByteSource? Beside(ISourceFile file, string stem, params ReadOnlySpan<string> endings)
    {
        foreach (var ending in endings)
        {
            if (file.Sibling(stem + ending) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private static async Task<ISignal> OpenAsync(string name, IByteSource rpl, IByteSource raw, CancellationToken ct)
    {
        var header = RplHeader.Parse(name, await TextBytes.ReadAsync(name, rpl, ct));
        var pixel = Pixel(header);
        var byVector = Is(header, "record-by", "vector");
        string[] order = byVector ? ["height", "width", "depth"] : ["depth", "height", "width"];
        var axes = order.Where(key => header.Whole(key, 1) != 1).Select(key => Axis(header, key, byVector)).ToList();
        if (axes.Count == 0)
        {
            axes.Add(Axis(header, order[^1], byVector));
        }

        var metadata = new AcquisitionMetadata
        {
            BeamEnergyKeV = header.Number("beam-energy"),
            ConvergenceMrad = header.Number("convergence-angle"),
            CollectionMrad = header.Number("collection-angle"),
            TiltDeg = header.Number("tilt-stage"),
            AcquiredAt = header.Text("date") is { } date ? header.Text("time") is { } time ? $"{date}T{time}" : date : null,
        };
        var title = header.Text("title") ?? Path.GetFileNameWithoutExtension(name);
        var signal = new SignalHeader(title, Kind(axes.Count, byVector), pixel, axes, metadata, new MetadataTree(header.Original));
        return RawSignal.Of(signal, raw, header.Whole("offset", 0), Is(header, "byte-order", "big-endian"));
    }

    private static PixelType Pixel(RplHeader header) => (header.Text("data-type")?.ToLowerInvariant(), header.Whole("data-length")) switch
    {
        ("signed", 1) => PixelType.Int8,
        ("signed", 2) => PixelType.Int16,
        ("signed", 4) => PixelType.Int32,
        ("signed", 8) => PixelType.Int64,
        ("unsigned", 1) => PixelType.UInt8,
        ("unsigned", 2) => PixelType.UInt16,
        ("unsigned", 4) => PixelType.UInt32,
        ("unsigned", 8) => PixelType.UInt64,
        ("float", 4) => PixelType.Float32,
        ("float", 8) => PixelType.Float64,
        var (type, length) => throw ProblemException.Unreadable($"{header.Name} states numbers of type {type ?? "(none)"} and {length} bytes; signed and unsigned of 1, 2, 4, 8 and float of 4, 8 are known."),
    };

    private static Axis Axis(RplHeader header, string key, bool byVector)
    {
        var isEnergy = byVector && key == "depth";
        var perChannel = isEnergy ? header.Number("ev-per-chan") : null;
        var isPerChannel = perChannel is not null && header.Number($"{key}-scale") is null;
        var unit = header.Text($"{key}-units") is { } stated && stated != "<undefined>" ? stated : isPerChannel ? "eV" : "";
        var name = header.Text($"{key}-name") ?? key switch { "height" => "y", "width" => "x", _ => isEnergy ? "energy" : "frame" };
        var role = isEnergy ? AxisRole.Energy : key == "depth" ? AxisRole.Frame : AxisRole.Space;
        return new Axis(name, header.Whole(key, 1), unit, role, header.Number($"{key}-scale") ?? perChannel ?? 1, header.Number($"{key}-origin") ?? 0);
    }

    private static SignalKind Kind(int axes, bool byVector) => (axes, byVector) switch
    {
        (1, true) => SignalKind.Spectrum,
        (1, false) => SignalKind.Trace,
        (2, true) => SignalKind.SpectrumLine,
        (2, false) => SignalKind.Image,
        (_, true) => SignalKind.SpectrumImage,
        _ => SignalKind.ImageStack,
    };

    private static bool Is(RplHeader header, string key, string value) => string.Equals(header.Text(key), value, StringComparison.OrdinalIgnoreCase);
}
