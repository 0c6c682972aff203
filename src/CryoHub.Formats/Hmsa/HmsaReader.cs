using System.Globalization;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using CryoHub.Formats.Bytes;
using CryoHub.Formats.Xml;
using CryoHub.Imaging;
using CryoHub.Imaging.Sources;

namespace CryoHub.Formats.Hmsa;

/// <summary>HyperDimensional data of the microscopy and microanalysis societies: a description (.xml) and its numbers (.hmsa).</summary>
public sealed class HmsaReader : IFormatReader
{
    private const long LargestDescription = 16 << 20;
    private const int MostDimensions = 8;

    public FormatInfo Format { get; } = new(
        "hmsa", "HMSA (MSA/MAS/AMAS)", [".hmsa"],
        "all data sets of a file: spectra, lists, rasters of numbers, spectra and patterns, with linear, polynomial and explicit calibrations", "",
        "https://www.csiro.au/luminescence/HMSA/");

    public Match Recognise(ReadOnlySpan<byte> head, string fileName) =>
        head.IndexOf("<MSAHyperDimensionalDataFile"u8) >= 0 ? Match.Certain : head.Length > 8 && fileName.EndsWith(".hmsa", StringComparison.OrdinalIgnoreCase) ? Match.Maybe : Match.No;

    public async Task<IReadOnlyList<ISignal>> OpenAsync(ISourceFile file, CancellationToken ct)
    {
        var stem = Path.GetFileNameWithoutExtension(file.Name);
        var isNumbers = file.Name.EndsWith(".hmsa", StringComparison.OrdinalIgnoreCase);
        var description = isNumbers ? file.Sibling($"{stem}.xml") ?? file.Sibling($"{stem}.XML") : file.Bytes;
        var numbers = isNumbers ? file.Bytes : file.Sibling($"{stem}.hmsa") ?? file.Sibling($"{stem}.HMSA");
        if (description is null || numbers is null)
        {
            throw ProblemException.Unreadable($"{file.Name} needs {stem}{(isNumbers ? ".xml" : ".hmsa")} beside it; none came with it.");
        }

        if (description.Length > LargestDescription)
        {
            throw ProblemException.Unreadable($"The description of {stem} has {description.Length} bytes; up to {LargestDescription} are read.");
        }

        var root = SafeXml.Parse(await description.ReadBlockAsync(0, description.Length, ct), $"{stem}.xml");
        await CheckPairAsync(root, numbers, stem, ct);
        var conditions = new HmsaConditions(root);
        var original = XmlJson.Convert(root) as JsonObject ?? [];
        var signals = (root.Element("Data")?.Elements() ?? []).Select(data => Open(data, conditions, original, numbers, stem)).ToList();
        return signals.Count > 0 ? signals : throw ProblemException.Unreadable($"{stem}.xml describes no data.");
    }

    /// <summary>Both files carry the same eight bytes.</summary>
    private static async Task CheckPairAsync(XElement root, IByteSource numbers, string stem, CancellationToken ct)
    {
        var stated = (string?)root.Attribute("UID") ?? "";
        var found = Convert.ToHexString(await numbers.ReadBlockAsync(0, Math.Min(8, numbers.Length), ct));
        if (!stated.Equals(found, StringComparison.OrdinalIgnoreCase))
        {
            throw ProblemException.Unreadable($"{stem}.xml states the identifier {stated}, {stem}.hmsa begins with {found}: they do not belong together.");
        }
    }

    private static ISignal Open(XElement data, HmsaConditions conditions, JsonObject original, IByteSource numbers, string stem)
    {
        var name = (string?)data.Attribute("Name") is { Length: > 0 } stated ? stated : stem;
        var datum = Dimensions(data, "DatumDimensions");
        var collection = Dimensions(data, "CollectionDimensions");
        var axes = new List<Axis>();

        // The first dimension runs fastest; a value, spectrum or pattern is stored as a whole.
        axes.AddRange(collection.AsEnumerable().Reverse().Select(dimension => conditions.Place(data, dimension.Name, dimension.Size)));
        axes.AddRange(datum.AsEnumerable().Reverse().Select(dimension => dimension.Name == "Channel"
            ? conditions.Channels(data, dimension.Size)
            : new Axis(dimension.Name.ToLowerInvariant(), dimension.Size, "", AxisRole.Reciprocal)));
        if (axes.Count == 0)
        {
            axes.Add(new Axis("value", 1, "", AxisRole.Index));
        }

        var header = new SignalHeader(name, Kind(datum, axes), Pixel(data.Element("DatumType")?.Value.Trim()), axes, conditions.Metadata(data), new MetadataTree((JsonObject)original.DeepClone()));
        return RawSignal.Of(header, numbers, long.TryParse(data.Element("DataOffset")?.Value, CultureInfo.InvariantCulture, out var offset) && offset >= 0 ? offset
            : throw ProblemException.Unreadable($"{name} states no DataOffset."));
    }

    private static List<(string Name, long Size)> Dimensions(XElement data, string element)
    {
        var list = (data.Element(element)?.Elements("Dimension") ?? []).Select(dimension => (
            (string?)dimension.Attribute("Name") ?? "",
            long.TryParse(dimension.Value, CultureInfo.InvariantCulture, out var size) ? size : 0)).ToList();
        return list.Count <= MostDimensions ? list : throw ProblemException.Unreadable($"{element} lists {list.Count} dimensions; at most {MostDimensions} are read.");
    }

    private static SignalKind Kind(List<(string Name, long Size)> datum, List<Axis> axes) => (datum.Count, axes.Count - datum.Count) switch
    {
        (1, 0) => SignalKind.Spectrum,
        (1, 1) => SignalKind.SpectrumLine,
        (1, _) => SignalKind.SpectrumImage,
        (2, 0) => SignalKind.Diffraction,
        (2, _) => SignalKind.DiffractionScan,
        (_, 1) => SignalKind.Trace,
        (_, 2) => SignalKind.Image,
        _ => SignalKind.Volume,
    };

    private static PixelType Pixel(string? type) => type switch
    {
        "byte" or "uint8" => PixelType.UInt8,
        "int16" => PixelType.Int16,
        "uint16" => PixelType.UInt16,
        "int32" => PixelType.Int32,
        "uint32" => PixelType.UInt32,
        "int64" => PixelType.Int64,
        "float" or "float32" => PixelType.Float32,
        "double" or "float64" => PixelType.Float64,
        _ => throw ProblemException.Unreadable($"Numbers of type \"{type}\" are not known; byte, int16, uint16, int32, uint32, int64, float and double are."),
    };
}
