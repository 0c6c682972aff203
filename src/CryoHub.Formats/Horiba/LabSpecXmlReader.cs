using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using CryoHub.Formats.Text;
using CryoHub.Formats.Xml;
using CryoHub.Imaging;

namespace CryoHub.Formats.Horiba;

/// <summary>Horiba Jobin Yvon LabSpec 6 as XML: spectra, line scans and maps with the axes they state.</summary>
public sealed class LabSpecXmlReader : IFormatReader
{
    // What an element is says its ID.
    private const string Axes = "0x7B697861";
    private const string Values = "0x7D6CD4DB";
    private const string Kind = "0x6D707974";
    private const string Unit = "0x7C696E75";
    private const string Title = "0x6C7469D9";
    private const string Named = "0x6D6D616E";
    private const string Single = "0x7D6C61DB";
    private const string Settings = "0x6C62D4D9";

    public FormatInfo Format { get; } = new(
        "labspec-xml", "Horiba LabSpec 6 XML", [".xml"], "single spectra, line scans and maps with their axes; every named setting", "images and profiles without a spectral axis",
        "https://hyperspy.org/rosettasciio/supported_formats/jobinyvon.html");

    public Match Recognise(ReadOnlySpan<byte> head, string fileName) => TextBytes.Head(head).Contains("<LSX_Data", StringComparison.Ordinal) ? Match.Certain : Match.No;

    public async Task<IReadOnlyList<ISignal>> OpenAsync(ISourceFile file, CancellationToken ct)
    {
        var text = await TextBytes.ReadAsync(file.Name, file.Bytes, ct);
        var root = SafeXml.Parse(text.Span, file.Name);
        var tree = root.Element("LSX_Tree") ?? throw ProblemException.Unreadable($"{file.Name} has no LSX_Tree.");
        var rows = root.Elements("LSX_Matrix").Elements("LSX_Row").Select(row => XmlNumbers.Of(row.Value, file.Name)).ToList();
        var parts = (tree.Descendants("LSX").FirstOrDefault(element => Id(element) == Axes) ?? throw ProblemException.Unreadable($"{file.Name} states no axes.")).Elements("LSX").ToList();
        var axes = parts.Skip(1).Select(part => AxisOf(part, file.Name)).ToList();
        var spectral = axes.Find(axis => axis.Role == AxisRole.Energy) ?? throw ProblemException.Unreadable($"None of the {axes.Count} axes of {file.Name} is spectral.");
        List<Axis> navigation = [.. axes.Where(axis => axis.Role != AxisRole.Energy && axis.Size > 1).OrderBy(axis => axis.Name == "X")];
        if (rows.Count == 0 || rows.Exists(row => row.Length != spectral.Size) || navigation.Aggregate(1L, (all, axis) => all * axis.Size) != rows.Count)
        {
            throw ProblemException.Unreadable(
                $"{file.Name} holds {rows.Count} rows of {string.Join(" or ", rows.Select(row => row.Length).Distinct().Take(3))} values; its axes have {string.Join(" x ", navigation.Append(spectral).Select(axis => axis.Size))} points.");
        }

        // Wavelengths fall in the file; the axis rises.
        if (spectral.Values is { Count: > 1 } values && values[0] > values[^1])
        {
            spectral = spectral with { Values = [.. values.Reverse()] };
            rows.ForEach(Array.Reverse);
        }

        var intensity = parts.Count > 0 ? Text(parts[0], Unit) : "";
        var name = Text(tree, Title) is { Length: > 0 } title ? title : Path.GetFileNameWithoutExtension(file.Name);
        var kind = navigation.Count switch { 0 => SignalKind.Spectrum, 1 => SignalKind.SpectrumLine, _ => SignalKind.SpectrumImage };
        var settings = SettingsOf(tree);
        var header = new SignalHeader(name, kind, PixelType.Float64, [.. navigation, spectral], Metadata(settings), new MetadataTree(settings)) { ValueUnit = intensity == "Cnt/sec" ? "counts/s" : intensity == "Cnt" ? "counts" : intensity };
        return [new ArraySignal(header, MemoryMarshal.AsBytes(rows.SelectMany(row => row).ToArray().AsSpan()).ToArray())];
    }

    private static Axis AxisOf(XElement part, string file)
    {
        var (kind, unit) = (Text(part, Kind), Text(part, Unit));
        var values = part.Elements("LSX").FirstOrDefault(element => Id(element) == Values) is { } list ? XmlNumbers.Of(list.Value, file) : [];
        if (values.Length == 0)
        {
            throw ProblemException.Unreadable($"Axis {kind} of {file} has no values.");
        }

        if (kind == "Spectr")
        {
            var name = unit switch { "nm" => "Wavelength", "1/cm" or "cm-1" or "cm\u207B\u00B9" => "Raman Shift", "eV" => "Energy", _ => "Spectral" };
            return new Axis(name, values.Length, unit.StartsWith("cm", StringComparison.Ordinal) ? "1/cm" : unit, AxisRole.Energy, Values: values);
        }

        var step = values.Length > 1 ? (values[^1] - values[0]) / (values.Length - 1) : 1;
        var role = kind is "X" or "Y" or "Z" ? AxisRole.Space : kind == "Time" ? AxisRole.Time : AxisRole.Index;
        var isEven = Enumerable.Range(0, values.Length).All(i => Math.Abs(values[0] + (i * step) - values[i]) <= 1e-3 * Math.Abs(step));
        return isEven && step != 0 ? new Axis(kind, values.Length, unit, role, step, values[0]) : new Axis(kind, values.Length, unit, role, Values: values);
    }

    /// <summary>Every setting under its name, with its unit where it has one.</summary>
    private static JsonObject SettingsOf(XElement tree)
    {
        var group = new JsonObject { ["Title"] = Text(tree, Title), ["Type"] = Text(tree, Kind) };
        foreach (var setting in tree.Elements("LSX").Where(element => Id(element) == Settings).Descendants("LSX").Where(element => element.Elements("LSX").Any(part => Id(part) == Named)))
        {
            var (name, unit) = (Text(setting, Named), Text(setting, Unit));
            if (name.Length > 0 && setting.Elements("LSX").Any(part => Id(part) == Single))
            {
                group[unit.Length > 0 && !name.Contains('(') ? $"{name} ({unit})" : name] = XmlJson.Leaf(Text(setting, Single));
            }
        }

        return group;
    }

    private static AcquisitionMetadata Metadata(JsonObject settings) => new()
    {
        Instrument = settings["Instrument"]?.ToString() is { Length: > 0 } instrument ? instrument : null,
        Detector = settings["Detector"]?.ToString() is { Length: > 0 } detector ? detector : null,
        ExposureS = settings["Acq. time (s)"] is JsonValue time && time.TryGetValue(out double seconds) && seconds > 0 ? seconds : null,
    };

    private static string Id(XElement element) => element.Attribute("ID")?.Value ?? "";

    private static string Text(XElement parent, string id) => parent.Elements("LSX").FirstOrDefault(element => Id(element) == id)?.Value.Trim() ?? "";
}
