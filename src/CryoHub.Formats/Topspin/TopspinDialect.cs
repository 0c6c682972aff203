using System.Globalization;
using System.Xml.Linq;
using CryoHub.Formats.Hdf5;
using CryoHub.Formats.Xml;
using CryoHub.Imaging;

namespace CryoHub.Formats.Topspin;

/// <summary>NanoMegas TopSpin: procedures with metadata as XML, virtual images as arrays, patterns as one group each.</summary>
internal sealed class TopspinDialect : IHdf5Dialect
{
    private const int MostProcedures = 256;

    public FormatInfo Format { get; } = new(
        "topspin", "NanoMegas TopSpin", [".app5"],
        "virtual images and precession diffraction scans with their calibrations; the procedure's settings", "thumbnails; series of points that are no raster are stacks", "https://nanomegas.com/topspin/");

    public bool Knows(Hdf5File file, string fileName) => Procedures(file).Any();

    public IReadOnlyList<ISignal> Open(Hdf5File file, ISourceFile source) =>
        [.. Procedures(file).SelectMany(procedure => Signals(file, procedure))];

    // One procedure at the root, or one in each group.
    private static IEnumerable<string> Procedures(Hdf5File file) =>
        IsProcedure(file, "") ? [""] : file.Members("/").Take(MostProcedures).Select(name => $"/{name}").Where(group => IsProcedure(file, group));

    private static bool IsProcedure(Hdf5File file, string group) => file.Text($"{group}/Metadata")?.Contains("ProcedureDocumentSerializer", StringComparison.Ordinal) == true;

    private static IEnumerable<ISignal> Signals(Hdf5File file, string procedure)
    {
        var xml = SafeXml.Parse(file.Text($"{procedure}/Metadata")!, "the procedure");
        var original = new MetadataTree(XmlJson.Convert(xml) as System.Text.Json.Nodes.JsonObject ?? []);
        var metadata = Metadata(xml);
        foreach (var name in file.Members(procedure).Where(name => name is not ("Metadata" or "Version" or "Thumbnail")))
        {
            var path = $"{procedure}/{name}";
            if (file.IsGroup(path))
            {
                if (TopspinSeries.Open(file, path, xml.Element("FriendlyName")?.Value ?? name, metadata, original) is { } series)
                {
                    yield return series;
                }
            }
            else if (file.Dataset(path) is { Pixel: { } pixel, Shape.Count: 2, Count: > 0 } image)
            {
                var result = xml.Descendants("Value").FirstOrDefault(value => value.Element("Id")?.Value == name);
                var axes = TopspinCalibration.Axes(result, image.Shape, "y", "x");
                var title = result?.Parent?.Element("Name")?.Value ?? name;
                yield return new Hdf5Signal(file, new SignalHeader(title, PlainSignals.Kind(axes), pixel, axes, metadata, original), image, [0, 1]);
            }
        }
    }

    private static AcquisitionMetadata Metadata(XElement xml) => new()
    {
        BeamEnergyKeV = Setting(xml, "GunHighVoltage") / 1e3,
        Magnification = Setting(xml, "StemMagnification"),
        ExposureS = Setting(xml, "FrameTime"),
        Instrument = xml.Element("SystemName")?.Value is { Length: > 0 } system ? system : null,
        Detector = Value(xml, "Camera"),
        AcquiredAt = DateTime.TryParseExact(xml.Element("CreatedDateTime")?.Value, "MM/dd/yyyy HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? time.ToString("s", CultureInfo.InvariantCulture) : null,
    };

    private static double? Setting(XElement xml, string name) => TopspinCalibration.Real(Value(xml, name)) is > 0 and var number ? number : null;

    private static string? Value(XElement xml, string name) => xml.Descendants("Item").FirstOrDefault(item => item.Element("Name")?.Value == name)?.Element("Value")?.Value;
}
