using System.Text.Json.Nodes;
using CryoHub.Formats.Text;
using CryoHub.Imaging;
using CryoHub.Imaging.Tables;

namespace CryoHub.Formats.Imod;

/// <summary>IMOD's lists of numbers: tilt angles and alignment transforms, a line a section.</summary>
public sealed class ImodTableReader : IFormatReader
{
    private static readonly string[] Angles = [".tlt", ".rawtlt", ".xtilt"];
    private static readonly string[] Transforms = [".xf", ".xg", ".prexf", ".prexg", ".tltxf"];
    private static readonly SignalColumn[] AngleColumns = [new("angle", "deg")];
    private static readonly SignalColumn[] TransformColumns = [new("A11", ""), new("A12", ""), new("A21", ""), new("A22", ""), new("DX", "px"), new("DY", "px")];

    public FormatInfo Format { get; } = new(
        "imod-table",
        "IMOD tilt angles and transforms",
        [.. Angles, .. Transforms],
        "Tilt angles (further columns kept), linear transforms A11 A12 A21 A22 DX DY",
        "",
        "https://bio3d.colorado.edu/imod/doc/man/xfmodel.html");

    public Match Recognise(ReadOnlySpan<byte> head, string fileName) =>
        Format.Extensions.Contains(Path.GetExtension(fileName).ToLowerInvariant()) && PlainNumbers.Begin(head) ? Match.Certain : Match.No;

    public async Task<IReadOnlyList<ISignal>> OpenAsync(ISourceFile file, CancellationToken ct)
    {
        var text = await TextBytes.ReadAsync(file.Name, file.Bytes, ct);
        var isTransform = Transforms.Contains(Path.GetExtension(file.Name).ToLowerInvariant());
        var columns = DelimitedTable.Read(text, 0, (byte)(text.Span.IndexOf((byte)',') >= 0 ? ',' : 0), isTransform ? TransformColumns : AngleColumns);
        if (columns.Find(column => column.Column.Words is not null) is { } words)
        {
            throw ProblemException.Unreadable($"'{words.Column.Words![0]}' stands where a number was expected.");
        }

        var filled = columns.Count(column => !column.Numbers.Any(double.IsNaN));
        if (isTransform && (filled != TransformColumns.Length || columns.Count != filled))
        {
            throw ProblemException.Unreadable($"A transform has {TransformColumns.Length} numbers a line; {filled} were found in every line.");
        }

        return [TableSignal.Of(file.Name, isTransform ? SignalKind.Model : SignalKind.Table, columns, AcquisitionMetadata.None, new MetadataTree(new JsonObject()))];
    }
}
