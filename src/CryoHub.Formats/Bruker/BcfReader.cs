using CryoHub.Imaging;

namespace CryoHub.Formats.Bruker;

/// <summary>EDX hypermaps of Bruker Esprit with the images taken beside them.</summary>
public sealed class BcfReader : IFormatReader
{
    private const string Folder = "EDSDatabase";
    private const long LargestHeader = 1 << 29;

    public FormatInfo Format { get; } = new(
        "bruker-bcf", "Bruker Esprit hypermap", [".bcf"],
        "Spectrum images (all packings), detector and overview images, sum-spectrum calibration, elements", "EBSD patterns; containers that are encrypted or not packed by zlib",
        "https://hyperspy.org/rosettasciio/supported_formats/bruker.html");

    public Match Recognise(ReadOnlySpan<byte> head, string fileName) =>
        SfsContainer.IsOne(head) ? Match.Certain : head.Length > 0 && fileName.EndsWith(".bcf", StringComparison.OrdinalIgnoreCase) ? Match.Maybe : Match.No;

    public async Task<IReadOnlyList<ISignal>> OpenAsync(ISourceFile file, CancellationToken ct)
    {
        var container = await SfsContainer.OpenAsync(file.Bytes, ct);
        var header = await HeaderAsync(container, file.Name, ct);
        var images = new[] { header.MapImage }.Concat(header.Overviews).SelectMany(image => image.Planes().Select(plane => Image(header, image, plane))).ToList();
        var signals = new List<ISignal>(images);
        foreach (var name in container.Files(Folder).Where(name => name.StartsWith("SpectrumData", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            if (int.TryParse(name.AsSpan("SpectrumData".Length), out var index))
            {
                signals.Add(await MapAsync(header, (await container.FileAsync(Folder, name, ct))!, index, ct));
            }
        }

        return signals;
    }

    private static async Task<BcfHeader> HeaderAsync(SfsContainer container, string name, CancellationToken ct)
    {
        var content = await container.FileAsync(Folder, "HeaderData", ct) ?? throw ProblemException.Unreadable($"{name} holds no {Folder}/HeaderData.");
        if (content.Length > LargestHeader)
        {
            throw ProblemException.Unreadable($"The header of {name} inflates to {content.Length} bytes; at most {LargestHeader} are read.");
        }

        var bytes = new byte[content.Length];
        await content.ReadAsync(0, bytes, ct);
        return new BcfHeader(EspritXml.Parse(bytes, $"{Folder}/HeaderData"));
    }

    private static ArraySignal Image(BcfHeader header, EspritImage image, (string? Detector, byte[] Pixels) plane) =>
        new(
            new SignalHeader(
                plane.Detector ?? "Image", SignalKind.Image, image.Pixel, [header.Y(image.Height), header.X(image.Width)], header.Metadata with { Detector = plane.Detector, Elements = null },
                new MetadataTree(header.Original)),
            plane.Pixels);

    private static async Task<ISignal> MapAsync(BcfHeader header, IByteSource stream, int index, CancellationToken ct)
    {
        var sum = header.SumSpectrum(index);
        var map = await Hypermap.OpenAsync(stream, header.MapImage.Height, header.MapImage.Width, sum.Counts.Length, ct);
        var original = header.Original;
        foreach (var (name, group) in sum.Original)
        {
            original[name] = group?.DeepClone();
        }

        var metadata = header.Metadata with { Detector = sum.Metadata.Detector };
        return new HypermapSignal(
            new SignalHeader("EDX", SignalKind.SpectrumImage, Counts(sum, map), [header.Y(map.Height), header.X(map.Width), sum.Energy], metadata, new MetadataTree(original)), map);
    }

    // Esprit stores no type: the smallest that holds twice the mean of the strongest channel, as other readers choose, and every count there is.
    private static PixelType Counts(EspritSpectrum sum, Hypermap map)
    {
        var expected = sum.Counts.Max() / (ulong)map.Width / (ulong)map.Height * 2;
        return Math.Max(expected, map.Largest) switch
        {
            <= byte.MaxValue => PixelType.UInt8,
            <= ushort.MaxValue => PixelType.UInt16,
            _ => PixelType.UInt32,
        };
    }
}
