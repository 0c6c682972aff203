using System.Text.Json.Nodes;
using CryoHub.Formats.Text;
using CryoHub.Imaging;
using CryoHub.Imaging.Tables;

namespace CryoHub.Formats.Impedance;

/// <summary>Impedance spectra as text: ZPlot and ZView, Autolab, CH Instruments, PARSTAT.</summary>
public sealed class ImpedanceReader : IFormatReader
{
    private const int MostHeaderLines = 2000;

    public FormatInfo Format { get; } = new(
        "impedance-text", "Impedance spectra (ZPlot, Autolab, CHI, PARSTAT)", [".z", ".txt"],
        "The spectrum and the whole table; CH Instruments' tables of other techniques", "",
        "https://impedancepy.readthedocs.io/en/latest/preprocessing.html");

    public Match Recognise(ReadOnlySpan<byte> head, string fileName) => ImpedanceDialect.IsKnown(TextBytes.Head(head)) ? Match.Certain : Match.No;

    public async Task<IReadOnlyList<ISignal>> OpenAsync(ISourceFile file, CancellationToken ct)
    {
        var text = await TextBytes.ReadAsync(file.Name, file.Bytes, ct);
        var lines = text.Lines(MostHeaderLines);
        var dialect = ImpedanceDialect.Find(lines) ?? throw ProblemException.Unreadable($"{file.Name} begins like an impedance spectrum, but has no line that ends its settings in {lines.Count} lines.");
        var columns = DelimitedTable.Read(text, text.StartOf(dialect.FirstRow), dialect.Delimiter, dialect.Columns);
        var original = new MetadataTree(Header(lines.Take(dialect.FirstRow), dialect.Program));
        var name = Path.GetFileNameWithoutExtension(file.Name);
        var isTrace = dialect.Frequency is null && columns.Any(column => column.Column.Name.StartsWith("Time", StringComparison.Ordinal));
        var table = TableSignal.Of(dialect.Frequency is null ? name : $"{name}, table", isTrace ? SignalKind.Trace : SignalKind.Table, columns, AcquisitionMetadata.None, original);
        if (dialect.Frequency is not { } frequency)
        {
            return [table];
        }

        var unit = columns.First(column => column.Column.Name == dialect.Real).Column.Unit is "ohm" or "ohms" ? "Ohm" : "";
        return [ImpedanceSpectrum.Of(name, columns, frequency, dialect.Real, dialect.Imaginary, unit, AcquisitionMetadata.None, original), table];
    }

    private static JsonObject Header(IEnumerable<string> lines, string program)
    {
        var tree = new JsonObject { ["program"] = program };
        foreach (var line in lines.Select(line => line.Trim(' ', '"')).Where(line => line.Length > 0))
        {
            var at = line.IndexOfAny([':', '=']);
            if (at > 0)
            {
                tree[line[..at].Trim()] = line[(at + 1)..].Trim();
            }
            else
            {
                (tree["lines"] as JsonArray ?? (JsonArray)(tree["lines"] = new JsonArray())).Add(JsonValue.Create(line));
            }
        }

        return tree;
    }
}
