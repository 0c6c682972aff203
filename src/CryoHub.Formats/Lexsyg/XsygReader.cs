using System.Globalization;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using CryoHub.Formats.Text;
using CryoHub.Formats.Xml;
using CryoHub.Imaging;
using CryoHub.Imaging.Tables;

namespace CryoHub.Formats.Lexsyg;

/// <summary>Freiberg Instruments lexsyg luminescence readers (.xsyg): every curve of every record as a table.</summary>
public sealed class XsygReader : IFormatReader
{
    public FormatInfo Format { get; } = new(
        "xsyg", "Freiberg Instruments XSYG", [".xsyg"], "every measured or predefined curve with the settings of its record", "spectra as matrices of a camera",
        "https://cran.r-project.org/package=Luminescence");

    public Match Recognise(ReadOnlySpan<byte> head, string fileName)
    {
        var text = TextBytes.Head(head);
        return text.Contains("<Sample", StringComparison.Ordinal) && text.Contains("lexsygID=", StringComparison.OrdinalIgnoreCase) ? Match.Certain : Match.No;
    }

    public async Task<IReadOnlyList<ISignal>> OpenAsync(ISourceFile file, CancellationToken ct)
    {
        var text = await TextBytes.ReadAsync(file.Name, file.Bytes, ct);
        var sample = SafeXml.Parse(text.Span, file.Name);
        var about = Attributes(sample);
        List<ISignal> signals = [];
        var name = Path.GetFileNameWithoutExtension(file.Name);
        foreach (var curve in sample.Descendants("Curve").Where(curve => curve.Value.Contains(',')))
        {
            ct.ThrowIfCancellationRequested();
            var original = new JsonObject { ["Sample"] = about.DeepClone(), ["Sequence"] = Attributes(curve.Parent?.Parent), ["Record"] = Attributes(curve.Parent), ["Curve"] = Attributes(curve) };
            signals.Add(Table(curve, FormattableString.Invariant($"{name}, curve {signals.Count + 1}{Source(curve)}"), original));
        }

        return signals.Count > 0 ? signals : throw ProblemException.Unreadable($"{file.Name} holds no curve with points.");
    }

    private static string Source(XElement curve) => (curve.Attribute("detector") ?? curve.Attribute("stimulator"))?.Value is { Length: > 0 } source ? $" ({source})" : "";

    /// <summary>Points <c>x,y</c> between semicolons; names and units as in <c>t [s]; cts [1/ch]</c>.</summary>
    private static TableSignal Table(XElement curve, string name, JsonObject original)
    {
        var points = curve.Value.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var (x, y) = (new double[points.Length], new double[points.Length]);
        for (var i = 0; i < points.Length; i++)
        {
            var comma = points[i].IndexOf(',');
            if (comma < 0 || !Number(points[i].AsSpan(0, comma), out x[i]) || !Number(points[i].AsSpan(comma + 1), out y[i]))
            {
                throw ProblemException.Unreadable($"Point {i + 1} of {points.Length} in {name} is '{points[i][..Math.Min(30, points[i].Length)]}'; two numbers with a comma between them were expected.");
            }
        }

        var names = (curve.Attribute("curveDescripter")?.Value ?? "").Split(';', StringSplitOptions.TrimEntries);
        return TableSignal.Of(name, SignalKind.Trace, [Column(0, x), Column(1, y)], AcquisitionMetadata.None, new MetadataTree(original));

        TableColumn Column(int i, double[] numbers) =>
            i < names.Length && names[i].Length > 0 ? new TableColumn(names[i], ColumnUnit.Of(names[i]), numbers) : new TableColumn(i == 0 ? "x" : "y", "", numbers);
    }

    private static bool Number(ReadOnlySpan<char> text, out double number) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number);

    private static JsonObject Attributes(XElement? element)
    {
        var group = new JsonObject();
        foreach (var attribute in element?.Attributes() ?? [])
        {
            group[attribute.Name.LocalName] = XmlJson.Leaf(attribute.Value);
        }

        return group;
    }
}
