using CryoHub.Formats.Text;
using CryoHub.Imaging;
using CryoHub.Imaging.Tables;

namespace CryoHub.Formats.Dynamo;

/// <summary>Tables of the program Dynamo: a particle a line, numbers by position.</summary>
public sealed class DynamoTableReader : IFormatReader
{
    private const int FewestColumns = 26;   // up to the position, without which a row places no particle

    // The numbers of the columns are the format: Castaño-Díez et al., J. Struct. Biol. 178 (2012) 139, and the program's table convention.
    private static readonly string[] Names =
    [
        "tag", "aligned", "averaged", "dx", "dy", "dz", "tdrot", "tilt", "narot", "cc", "cc2", "cpu", "ftype", "ymintilt", "ymaxtilt", "xmintilt", "xmaxtilt", "fs1", "fs2",
        "tomo", "reg", "class", "annotation", "x", "y", "z", "dshift", "daxis", "dnarot", "dcc", "otag", "npar", "column 33", "ref", "sref", "apix", "def", "column 38",
        "column 39", "column 40", "eig1", "eig2",
    ];

    private static readonly Dictionary<string, string> Units = new()
    {
        ["dx"] = "px", ["dy"] = "px", ["dz"] = "px", ["tdrot"] = "deg", ["tilt"] = "deg", ["narot"] = "deg", ["ymintilt"] = "deg", ["ymaxtilt"] = "deg", ["xmintilt"] = "deg",
        ["xmaxtilt"] = "deg", ["x"] = "px", ["y"] = "px", ["z"] = "px", ["apix"] = "Å", ["def"] = "µm",
    };

    public FormatInfo Format { get; } = new(
        "dynamo-table",
        "Dynamo particle table",
        [".tbl"],
        "Every column by its number in Dynamo's convention",
        "",
        "https://doi.org/10.1016/j.jsb.2011.12.017");

    public Match Recognise(ReadOnlySpan<byte> head, string fileName)
    {
        var text = TextBytes.Head(head);
        return fileName.EndsWith(".tbl", StringComparison.OrdinalIgnoreCase) && TextBytes.LooksLikeText(text) && PlainNumbers.CountIn(text.TrimStart().Split('\n')[0]) >= FewestColumns
            ? Match.Certain : Match.No;
    }

    public async Task<IReadOnlyList<ISignal>> OpenAsync(ISourceFile file, CancellationToken ct)
    {
        var text = await TextBytes.ReadAsync(file.Name, file.Bytes, ct);
        var columns = DelimitedTable.Read(text, 0, 0, []);
        if (columns.Count < FewestColumns || columns.Exists(column => column.Column.Words is not null))
        {
            throw ProblemException.Unreadable($"{file.Name} has {columns.Count} columns; at least {FewestColumns} of numbers are expected.");
        }

        var named = columns.Select((column, i) => column with { Column = Name(i) }).ToList();
        return [TableSignal.Of(Path.GetFileNameWithoutExtension(file.Name), SignalKind.Table, named, AcquisitionMetadata.None, MetadataTree.Empty)];
    }

    private static SignalColumn Name(int index)
    {
        var name = index < Names.Length ? Names[index] : $"column {index + 1}";
        return new SignalColumn(name, Units.GetValueOrDefault(name, ""));
    }
}
