using System.Buffers.Binary;

namespace CryoHub.Imaging.Tables;

/// <summary>Columns in memory as a signal: float64 pixels, [row, column], one frame.</summary>
public sealed class TableSignal : ISignal
{
    private readonly IReadOnlyList<TableColumn> columns;

    private TableSignal(SignalHeader header, IReadOnlyList<TableColumn> columns) => (Header, this.columns) = (header, columns);

    public SignalHeader Header { get; }

    /// <exception cref="ProblemException">Unreadable: no column, no row, or columns of different lengths.</exception>
    public static TableSignal Of(string name, SignalKind kind, IReadOnlyList<TableColumn> columns, AcquisitionMetadata metadata, MetadataTree original)
    {
        if (columns.Count == 0 || columns[0].Numbers.Count == 0)
        {
            throw ProblemException.Unreadable($"The table {name} has {columns.Count} columns and no row.");
        }

        var rows = columns[0].Numbers.Count;
        if (columns.FirstOrDefault(column => column.Numbers.Count != rows) is { } odd)
        {
            throw ProblemException.Unreadable($"Column {odd.Column.Name} of {name} has {odd.Numbers.Count} rows, the first column {rows}.");
        }

        if (8L * rows * columns.Count > Array.MaxLength)
        {
            throw ProblemException.Unreadable($"The table {name} has {rows} rows of {columns.Count} numbers; {Array.MaxLength / 8} numbers is the limit.");
        }

        var header = new SignalHeader(name, kind, PixelType.Float64, [new Axis("row", rows, "", AxisRole.Index), new Axis("column", columns.Count, "", AxisRole.Index)], metadata, original)
        {
            Columns = [.. columns.Select(column => column.Column)],
        };
        return new TableSignal(header, columns);
    }

    public ValueTask ReadFrameAsync(long frame, Memory<byte> destination, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(frame, 0);
        var pixels = destination.Span[..(int)Header.FrameBytes];
        for (var column = 0; column < columns.Count; column++)
        {
            var numbers = columns[column].Numbers;
            for (var row = 0; row < numbers.Count; row++)
            {
                BinaryPrimitives.WriteDoubleLittleEndian(pixels[(8 * ((row * columns.Count) + column))..], numbers[row]);
            }
        }

        return ValueTask.CompletedTask;
    }
}
