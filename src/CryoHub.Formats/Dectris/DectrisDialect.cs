using System.Globalization;
using System.Text.Json.Nodes;
using CryoHub.Formats.Bytes;
using CryoHub.Formats.Hdf5;
using CryoHub.Imaging;

namespace CryoHub.Formats.Dectris;

/// <summary>Dectris detectors: a master file (NXmx) whose frames lie in data files beside it; ARINA adds a file that states the scan.</summary>
internal sealed class DectrisDialect : IHdf5Dialect
{
    private const string Data = "/entry/data";
    private const string Scan = "/STEM Metadata";
    private const string MasterEnding = "_master.h5";
    private const long LargestRaster = 1 << 20;

    public FormatInfo Format { get; } = new(
        "dectris", "Dectris (EIGER, QUADRO, ARINA)", [".h5"],
        "master files with the frames of the data files beside them, as one series or, where the scan is stated, as a diffraction scan; data files by themselves; bit shuffle and LZ4; flat field, masks and all settings",
        "data files in other folders; calibration of the scan, whose unit the file does not state", "https://media.dectris.com/filefactory/Manual_NXmx.pdf");

    public bool Knows(Hdf5File file, string fileName) =>
        file.IsGroup("/entry/instrument/detector/detectorSpecific") || file.IsGroup(Scan) || file.Attributes($"{Data}/data").ContainsKey("image_nr_low");

    public IReadOnlyList<ISignal> Open(Hdf5File file, ISourceFile source)
    {
        if (file.IsGroup(Scan) && !file.IsGroup("/entry") && Sibling(source, Path.GetFileNameWithoutExtension(source.Name) + MasterEnding) is { } master)
        {
            return Open(master, source, Path.GetFileNameWithoutExtension(source.Name), file.Attributes(Scan));
        }

        var name = source.Name.EndsWith(MasterEnding, StringComparison.OrdinalIgnoreCase) ? source.Name[..^MasterEnding.Length] : Path.GetFileNameWithoutExtension(source.Name);
        var scan = Sibling(source, $"{name}.h5");
        var settings = scan?.Attributes(Scan) ?? file.Attributes(Scan);
        scan?.Dispose();
        return file.IsGroup("/entry") ? Open(file, source, name, settings) : new PlainDialect().Open(file, source);
    }

    private static IReadOnlyList<ISignal> Open(Hdf5File file, ISourceFile source, string name, JsonObject settings)
    {
        var tree = Hdf5Tree.Of(file);
        if (settings.Count > 0)
        {
            tree.Original[Scan.Trim('/')] = settings.DeepClone();
        }

        var original = new MetadataTree(tree.Original);
        var metadata = Metadata(original, settings);
        var parts = Parts(file, source, tree, original, metadata);
        var rest = tree.Arrays.Where(node => !parts.Exists(part => part.Header.Name == node.Dataset.Path.TrimStart('/'))).Select(node => PlainSignals.Of(file, node, original, metadata));
        List<ISignal> signals = [.. parts.Count > 0 ? [Join(name, parts, settings)] : Array.Empty<ISignal>(), .. rest];
        return signals.Count > 0 ? signals : new PlainDialect().Open(file, source);
    }

    // /entry/data holds data_000001 ..., links into files beside this one, or in such a file the array data.
    private static List<ISignal> Parts(Hdf5File file, ISourceFile source, Hdf5Tree tree, MetadataTree original, AcquisitionMetadata metadata)
    {
        var parts = new List<ISignal>();
        foreach (var link in file.Links(Data).Where(link => link.Name.StartsWith("data", StringComparison.Ordinal)))
        {
            if (file.External(Data, link.Name) is var (other, path))
            {
                if (Sibling(source, other) is { } data && data.Dataset(path) is { Pixel: not null, Shape.Count: 3, Count: > 0 } frames)
                {
                    parts.Add(PlainSignals.Of(data, new Hdf5Node(frames, []), original, metadata));
                }
            }
            else if (tree.Arrays.FirstOrDefault(node => node.Dataset.Path == $"{Data}/{link.Name}") is { Dataset.Shape.Count: 3 } own)
            {
                parts.Add(PlainSignals.Of(file, own, original, metadata));
            }
        }

        return parts.FindAll(part => part.Header.Pixel == parts[0].Header.Pixel && part.Header.Shape.Skip(1).SequenceEqual(parts[0].Header.Shape.Skip(1)));
    }

    private static ISignal Join(string name, List<ISignal> parts, JsonObject settings)
    {
        var first = parts[0].Header;
        var frames = parts.Sum(part => part.Header.Shape[0]);
        var (columns, rows) = (Whole(settings["NumPixelsX"]), Whole(settings["NumPixelsY"]));
        List<Axis> patterns = [.. first.Axes.Skip(1).Select(axis => axis with { Name = $"k{axis.Name}", Role = AxisRole.Reciprocal })];
        if (rows is > 0 and <= LargestRaster && columns is > 0 and <= LargestRaster && rows * columns == frames)
        {
            List<Axis> axes = [new("y", rows, "", AxisRole.Space), new("x", columns, "", AxisRole.Space), .. patterns];
            return new JoinedSignal(first with { Name = name, Kind = SignalKind.DiffractionScan, Axes = axes }, parts);
        }

        return parts.Count == 1 ? parts[0] : new JoinedSignal(first with { Name = name, Axes = [first.Axes[0] with { Size = frames }, .. first.Axes.Skip(1)] }, parts);
    }

    private static AcquisitionMetadata Metadata(MetadataTree original, JsonObject settings) => new()
    {
        BeamEnergyKeV = Real(settings["High Tension"]) / 1e3,
        Magnification = Real(settings["Magnification"]),
        ExposureS = Real(original.Find("entry", "instrument", "detector", "count_time")),
        Detector = original.Find("entry", "instrument", "detector", "description")?.ToString(),
        AcquiredAt = original.Find("entry", "instrument", "detector", "detectorSpecific", "data_collection_date")?.ToString(),
    };

    private static Hdf5File? Sibling(ISourceFile source, string name) =>
        name == Path.GetFileName(name) && name != source.Name && source.Sibling(name) is { } bytes ? Hdf5File.Open(bytes, name) : null;

    private static long Whole(JsonNode? node) => Real(node) is { } number and >= 0 and < 1e9 ? (long)number : 0;

    private static double? Real(JsonNode? node) => node is JsonValue value && double.TryParse(value.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;
}
