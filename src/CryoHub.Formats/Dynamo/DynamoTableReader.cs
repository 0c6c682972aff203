using CryoHub.Formats.Text;
using CryoHub.Imaging;
using CryoHub.Imaging.Tables;

namespace CryoHub.Formats.Dynamo;

/// <summary>Particle tables of the subtomogram program Dynamo: rows of numbers, columns by convention.</summary>
public sealed class DynamoTableReader : IFormatReader
{
    // The convention of "dynamo table"; a column that it leaves free is known by its number.
    private static readonly string[] Names =
    [
        "tag", "aligned", "averaged", "dx", "dy", "dz", "tdrot", "tilt", "narot", "cc", "cc2", "cpu", "ftype", "ymintilt", "ymaxtilt", "xmintilt", "xmaxtilt", "fs1", "fs2",
        "tomo", "reg", "class", "annotation", "x", "y", "z", "dshift", "daxis", "dnarot", "dcc", "otag", "npar", "", "ref", "sref", "apix", "def", "", "", "", "eig1", "eig2",
    ];

    private const int FewestColumns = 20;

    public FormatInfo Format { get; } = new(
        "dynamo-table",
        "Dynamo table",
        [".tbl"],
        "every column under its conventional name; angles in degrees, shifts and positions in pixels",
        "",
        "https://www.dynamo-em.org/w/index.php?title=Table_convention");

    public Match Recognise(ReadOnlySpan<byte> head, string fileName)
    {
        if (!fileName.EndsWith(".tbl", StringComparison.OrdinalIgnoreCase) || TextBytes.Head(head) is not { Length: > 0 } text
            || !TextBytes.LooksLikeText(text))
        {
            return Match.No;
        }

        var first = text.Split('\n')[0].Trim();
        return first.Length > 0 && !first.AsSpan().ContainsAnyExcept("0123456789+-.eEinfNaI \t\r,") ? Match.Maybe : Match.No;
    }

    public async Task<IReadOnlyList<ISignal>> OpenAsync(ISourceFile file, CancellationToken ct)
    {
        var text = await TextBytes.ReadAsync(file.Name, file.Bytes, ct);
        var columns = DelimitedTable.Read(text, 0, 0, []);
        if (columns.Count < FewestColumns || columns.Exists(column => column.Column.Words is not null))
        {
            throw ProblemException.Unreadable($"{file.Name} has {columns.Count} columns, {columns.Count(column => column.Column.Words is not null)} of them text; a Dynamo table has {FewestColumns} or more of numbers.");
        }

        List<TableColumn> named = [.. columns.Select((column, index) => column with { Column = new SignalColumn(Name(index), Unit(Name(index))) })];
        return [TableSignal.Of(Path.GetFileNameWithoutExtension(file.Name), SignalKind.Table, named, AcquisitionMetadata.None, MetadataTree.Empty)];
    }

    private static string Name(int index) => index < Names.Length && Names[index].Length > 0 ? Names[index] : $"column{index + 1}";

    private static string Unit(string name) => name switch
    {
        "dx" or "dy" or "dz" or "x" or "y" or "z" => "px",
        "tdrot" or "tilt" or "narot" or "ymintilt" or "ymaxtilt" or "xmintilt" or "xmaxtilt" => "deg",
        "apix" => "Å",
        _ => "",
    };
}
