using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using CryoHub.Formats.Text;
using CryoHub.Formats.Xml;
using CryoHub.Imaging;

namespace CryoHub.Formats.Specs;

/// <summary>SPECS SpecsLab2 experiments as XML: every region as counts of each channel of the analyser.</summary>
public sealed class SpecsXmlReader : IFormatReader
{
    public FormatInfo Format { get; } = new(
        "specs-xml", "SPECS SpecsLab2 XML (XPS)", [".xml"], "every region: counts of each cycle and channel over the kinetic energy, settings of analyser and source as metadata",
        "the shift between channels is stated, not applied; compact cycles", "https://www.specs-group.com");

    public Match Recognise(ReadOnlySpan<byte> head, string fileName)
    {
        var text = TextBytes.Head(head);
        return text.Contains("CORBA XML document created by XMLSerializer", StringComparison.Ordinal) ? Match.Certain : Match.No;
    }

    public async Task<IReadOnlyList<ISignal>> OpenAsync(ISourceFile file, CancellationToken ct)
    {
        var text = await TextBytes.ReadAsync(file.Name, file.Bytes, ct);
        var root = SafeXml.Parse(text.Span, file.Name, skipDtd: true);
        List<ISignal> signals = [];
        foreach (var region in root.Descendants("struct").Where(element => Named(element, "type_name") == "RegionData"))
        {
            ct.ThrowIfCancellationRequested();
            var group = Value(region.Parent?.Parent, "name");
            if (Region(region, string.Join(", ", ((string[])[Path.GetFileNameWithoutExtension(file.Name), group, Value(region, "name")]).Where(part => part.Length > 0))) is { } signal)
            {
                signals.Add(signal);
            }
        }

        return signals.Count > 0 ? signals : throw ProblemException.Unreadable($"{file.Name} holds no region with counts.");
    }

    /// <summary>Counts stand point by point, all channels of one point together, with points before and after the region for the channels beside the middle.</summary>
    private static ISignal? Region(XElement region, string name)
    {
        var definition = Child(region, "region");
        var detectors = region.Descendants("struct").Count(element => Named(element, "type_name") == "Detector");
        var scans = region.Descendants("ulong").Where(element => Named(element, "type_name") == "Counts").Select(element => XmlNumbers.Of(element.Value, name)).ToList();
        if (scans.Count == 0)
        {
            return null;
        }

        var (points, before, after) = (Whole(definition, "values_per_curve"), Whole(region, "mcd_head"), Whole(region, "mcd_tail"));
        var step = Number(definition, "scan_delta");
        var start = Number(definition, "kinetic_energy");
        var each = (points + before + after) * Math.Max(1, detectors);
        if (detectors == 0 || points < 1 || before < 0 || after < 0 || scans.Exists(scan => scan.Length != each))
        {
            throw ProblemException.Unreadable($"{name} states {points} points, {before} before and {after} after them, of {detectors} channels: {each} counts; a scan has {scans.Select(scan => scan.Length).FirstOrDefault(length => length != each)}.");
        }

        var pixels = new double[scans.Count * detectors * points];
        for (var scan = 0; scan < scans.Count; scan++)
        {
            for (var channel = 0; channel < detectors; channel++)
            {
                for (var point = 0; point < points; point++)
                {
                    pixels[(((scan * detectors) + channel) * points) + point] = scans[scan][((point + before) * detectors) + channel];
                }
            }
        }

        List<Axis> axes = [new Axis("channel", detectors, "", AxisRole.Channel), double.IsFinite(step) && step != 0 && double.IsFinite(start) ? new Axis("Kinetic Energy", points, "eV", AxisRole.Energy, step, start) : new Axis("point", points, "", AxisRole.Index)];
        if (scans.Count > 1)
        {
            axes.Insert(0, new Axis("scan", scans.Count, "", AxisRole.Index));
        }

        var seconds = Number(definition, "dwell_time");
        var metadata = new AcquisitionMetadata { ExposureS = seconds > 0 ? seconds : null, Instrument = Value(Child(region, "analyzer_info"), "name") is { Length: > 0 } analyser ? analyser : null };
        var header = new SignalHeader(name, scans.Count > 1 ? SignalKind.SpectrumImage : SignalKind.SpectrumLine, PixelType.Float64, axes, metadata, new MetadataTree(Tree(region))) { ValueUnit = "counts" };
        return new ArraySignal(header, MemoryMarshal.AsBytes(pixels.AsSpan()).ToArray());
    }

    /// <summary>Structures by the names of their members; lists of counts and of the transmission are data.</summary>
    private static JsonObject Tree(XElement element)
    {
        var group = new JsonObject();
        foreach (var child in element.Elements().Where(child => Named(child, "name") is not ("cycles" or "compact_cycles" or "transmission")))
        {
            var key = Named(child, "name") is { Length: > 0 } named ? named : FormattableString.Invariant($"{Named(child, "type_name")} {group.Count + 1}");
            group[key] = child.HasElements ? Tree(child) : XmlJson.Leaf(child.Value);
        }

        return group;
    }

    private static XElement? Child(XElement? parent, string name) => parent?.Elements().FirstOrDefault(element => Named(element, "name") == name);

    private static string Value(XElement? parent, string name) => Child(parent, name)?.Value.Trim() ?? "";

    private static int Whole(XElement? parent, string name) => int.TryParse(Value(parent, name), NumberStyles.None, CultureInfo.InvariantCulture, out var whole) && whole < 1 << 24 ? whole : -1;

    private static double Number(XElement? parent, string name) => double.TryParse(Value(parent, name), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN;

    private static string Named(XElement element, string attribute) => element.Attribute(attribute)?.Value ?? "";
}
