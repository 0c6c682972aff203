using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CryoHub.Formats.Impedance;
using CryoHub.Formats.Text;
using CryoHub.Imaging;
using CryoHub.Imaging.Tables;

namespace CryoHub.Formats.Delimited;

/// <summary>Tables as text, of any program: exports of battery testers (Arbin, Neware, PEC), the Battery Data Format, spreadsheets.</summary>
public sealed partial class DelimitedReader : IFormatReader
{
    private const int MostPreamble = 1000;

    public FormatInfo Format { get; } = new(
        "delimited-text", "Table as text (CSV)", [".csv", ".tsv", ".txt"],
        "Commas, semicolons, tabs or bars, point or comma as decimal sign, names of columns with their units, lines above the table; Arbin, Neware, PEC, Battery Data Format",
        "cells that hold line breaks", "https://www.rfc-editor.org/rfc/rfc4180");

    public Match Recognise(ReadOnlySpan<byte> head, string fileName)
    {
        if (!Format.Extensions.Contains(Path.GetExtension(fileName).ToLowerInvariant()) || !TextBytes.LooksLikeText(TextBytes.Head(head)))
        {
            return Match.No;
        }

        var end = head.LastIndexOf((byte)'\n');     // the last line may be cut
        return DelimitedLayout.Find(TextBytes.Of((end > 0 ? head[..(end + 1)] : head).ToArray())) is null && head.IndexOf("\n"u8) >= 0 && !HasManyCells(head) ? Match.No : Match.Maybe;
    }

    public async Task<IReadOnlyList<ISignal>> OpenAsync(ISourceFile file, CancellationToken ct)
    {
        var text = await TextBytes.ReadAsync(file.Name, file.Bytes, ct);
        if (!TextBytes.LooksLikeText(TextBytes.Head(text.Span[..Math.Min(4096, text.Length)])) || DelimitedLayout.Find(text) is not { } layout)
        {
            throw ProblemException.Unreadable($"{file.Name} holds {text.Length} bytes, but no two lines with the same number of cells, at least two.");
        }

        var names = layout.Names.Select(name => new SignalColumn(name, ColumnUnit.Of(name))).ToList();
        var columns = DelimitedTable.Read(text, text.StartOf(layout.FirstLine), layout.Delimiter, names, layout.DecimalSign);
        var isTrace = columns.Count > 0 && columns[0].Numbers.Count > 1 && columns.Any(column => column.Column.Words is null && TimeName().IsMatch(column.Column.Name));
        var name = Path.GetFileNameWithoutExtension(file.Name);
        var original = Preamble(text, layout);
        var table = TableSignal.Of(name, isTrace ? SignalKind.Trace : SignalKind.Table, columns, AcquisitionMetadata.None, original);
        return layout.NamesLine < 0 && LooksLikeImpedance(columns)
            ? [table, ImpedanceSpectrum.Of($"{name}, impedance", columns[0].Numbers, columns[1].Numbers, columns[2].Numbers, "", "", AcquisitionMetadata.None, original)]
            : [table];
    }

    /// <summary>
    /// Three columns without names of which the first runs through decades in even ratios are offered as an impedance over frequency too: a form in which spectra are
    /// passed round. The file states no units, so there are none.
    /// </summary>
    private static bool LooksLikeImpedance(List<TableColumn> columns)
    {
        if (columns.Count != 3 || columns.Any(column => column.Column.Words is not null) || columns[0].Numbers is not { Count: >= 8 } axis || axis.Any(value => !(value > 0)))
        {
            return false;
        }

        var ratios = axis.Zip(axis.Skip(1), (a, b) => Math.Log(b / a)).ToArray();
        var mean = ratios.Average();
        return Math.Abs(mean * ratios.Length) > Math.Log(100) && ratios.All(ratio => Math.Abs(ratio - mean) < 0.25 * Math.Abs(mean));
    }

    /// <summary>A long line of names may fill the head alone.</summary>
    private static bool HasManyCells(ReadOnlySpan<byte> head) => head.Count((byte)',') > 50 || head.Count((byte)'\t') > 50 || head.Count((byte)';') > 50;

    /// <summary>The lines above the table: the first cell is a name, what follows its value.</summary>
    private static MetadataTree Preamble(TextBytes text, DelimitedLayout layout)
    {
        var tree = new JsonObject();
        foreach (var line in text.Lines(Math.Min(MostPreamble, Math.Max(0, layout.NamesLine))))
        {
            var cells = CellReader.All(System.Text.Encoding.UTF8.GetBytes(line), layout.Delimiter, System.Text.Encoding.UTF8);
            cells.RemoveRange(1 + cells.FindLastIndex(cell => cell.Length > 0), cells.Count - 1 - cells.FindLastIndex(cell => cell.Length > 0));
            if (cells.Count > 0)
            {
                JsonNode? value = cells.Count switch { 1 => "", 2 => cells[1], _ => new JsonArray([.. cells.Skip(1).Select(cell => JsonValue.Create(cell))]) };
                tree[Unused(tree, cells[0].TrimEnd(':', ' '))] = value;
            }
        }

        return new MetadataTree(tree);
    }

    private static string Unused(JsonObject tree, string name)
    {
        var free = name;
        for (var i = 2; tree.ContainsKey(free); i++)
        {
            free = $"{name} {i}";
        }

        return free;
    }

    [GeneratedRegex(@"^(?!.*date)(test|step|total|elapsed|experiment|load on)?[ _]?(time)(?!stamp)", RegexOptions.IgnoreCase)]
    private static partial Regex TimeName();
}
