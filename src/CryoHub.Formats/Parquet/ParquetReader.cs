using System.Buffers.Binary;
using System.Text.Json.Nodes;
using CryoHub.Formats.Text;
using CryoHub.Imaging;
using CryoHub.Imaging.Sources;
using CryoHub.Imaging.Tables;

namespace CryoHub.Formats.Parquet;

/// <summary>Apache Parquet tables, among them the Battery Data Format's.</summary>
public sealed class ParquetReader : IFormatReader
{
    private const long LargestFooter = 64 << 20;
    private const long LeastCells = 2 << 20;

    public FormatInfo Format { get; } = new(
        "parquet", "Apache Parquet", [".parquet"],
        "Columns of numbers, truth values, moments and text; pages of both versions, plain, by dictionary, runs, differences or split bytes; Snappy, gzip, Brotli, Zstandard, LZ4",
        "nested columns, encryption", "https://parquet.apache.org/docs/file-format/");

    public Match Recognise(ReadOnlySpan<byte> head, string fileName) => head.Length >= 12 && head.StartsWith("PAR1"u8) ? Match.Certain : Match.No;

    public async Task<IReadOnlyList<ISignal>> OpenAsync(ISourceFile file, CancellationToken ct)
    {
        var footer = await FooterAsync(file, ct);
        var columns = ParquetColumn.OfSchema(footer.List(2));
        var rows = footer.Integer(3) ?? 0;
        if (rows <= 0 || columns.Count == 0 || rows > (LeastCells + file.Bytes.Length) / columns.Count)
        {
            throw ProblemException.Unreadable($"{file.Name} promises {rows} rows of {columns.Count} columns; its {file.Bytes.Length} bytes may hold {LeastCells + file.Bytes.Length} cells.");
        }

        var found = new List<TableColumn>();
        for (var i = 0; i < columns.Count; i++)
        {
            if (columns[i] is { Type: >= 0 and <= 7 } column)
            {
                found.Add(await ColumnAsync(file.Bytes, footer.List(4), i, column, rows, ct));
            }
        }

        var isTrace = found.Exists(column => column.Column.Words is null && column.Column.Name.Contains("test_time", StringComparison.OrdinalIgnoreCase) | column.Column.Name.Contains("Test Time", StringComparison.Ordinal));
        return [TableSignal.Of(Path.GetFileNameWithoutExtension(file.Name), isTrace ? SignalKind.Trace : SignalKind.Table, found, AcquisitionMetadata.None, Original(footer))];
    }

    /// <summary>The file ends with the structure, its length and the magic.</summary>
    private static async Task<ThriftStruct> FooterAsync(ISourceFile file, CancellationToken ct)
    {
        var tail = await file.Bytes.ReadBlockAsync(Math.Max(0, file.Bytes.Length - 8), Math.Min(8, file.Bytes.Length), ct);
        var length = tail.Length == 8 && tail.AsSpan(4).SequenceEqual("PAR1"u8) ? BinaryPrimitives.ReadUInt32LittleEndian(tail) : 0;
        if (length == 0 || length > Math.Min(LargestFooter, file.Bytes.Length - 12))
        {
            throw ProblemException.Unreadable($"{file.Name} promises a footer of {length} bytes; it holds {file.Bytes.Length}: it is cut off or damaged.");
        }

        var bytes = await file.Bytes.ReadBlockAsync(file.Bytes.Length - 8 - length, length, ct);
        var at = 0;
        var footer = ThriftStruct.Read(bytes, ref at);
        return footer.List(2).All(element => element is ThriftStruct) && footer.List(4).All(group => group is ThriftStruct)
            ? footer
            : throw ProblemException.Unreadable($"The footer of {file.Name} describes no table.");
    }

    private static async Task<TableColumn> ColumnAsync(IByteSource source, IReadOnlyList<object> groups, int index, ParquetColumn column, long rows, CancellationToken ct)
    {
        var values = new List<double>((int)rows);
        var words = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var group in groups.Cast<ThriftStruct>())
        {
            // 3: description of the chunk: 4 packing, 5 values, 7 bytes, 9 first page, 11 dictionary
            if (index >= group.List(1).Count || (group.List(1)[index] as ThriftStruct)?.Struct(3) is not { } chunk)
            {
                throw ProblemException.Unreadable($"A group of rows has no column {index + 1} ({column.Name}).");
            }

            var start = chunk.Integer(11) is > 0 and var dictionary ? Math.Min(dictionary, chunk.Integer(9) ?? 0) : chunk.Integer(9) ?? -1;
            var count = chunk.Integer(5) ?? -1;
            if (count < 0 || count > rows - values.Count)
            {
                throw ProblemException.Unreadable($"Column {column.Name} promises {count} values in a group; {rows - values.Count} rows are left.");
            }

            var pages = new ParquetPages(column, (int)(chunk.Integer(4) ?? 0));
            var before = values.Count;
            pages.Read(await source.ReadBlockAsync(start, chunk.Integer(7) ?? -1, ct), count, values);
            if (column.IsText)
            {
                Rename(values, before, [.. pages.Words], words);
            }
        }

        var stated = new SignalColumn(column.Name, column.Type == 3 ? "s" : column.Unit.Length > 0 ? column.Unit : ColumnUnit.Of(column.Name), column.IsText ? [.. words.Keys] : null);
        return new TableColumn(stated, values);
    }

    /// <summary>Each group numbers its words anew.</summary>
    private static void Rename(List<double> values, int first, IReadOnlyList<string> local, Dictionary<string, int> words)
    {
        var numbers = new double[local.Count];
        for (var i = 0; i < local.Count; i++)
        {
            if (!words.TryGetValue(local[i], out var number))
            {
                words.Add(local[i], number = words.Count);
            }

            numbers[i] = number;
        }

        for (var i = first; i < values.Count; i++)
        {
            values[i] = double.IsNaN(values[i]) ? double.NaN : numbers[(int)values[i]];
        }
    }

    private static MetadataTree Original(ThriftStruct footer)
    {
        var tree = new JsonObject { ["version"] = footer.Integer(1), ["rows"] = footer.Integer(3), ["created by"] = footer.Text(6) };
        foreach (var pair in footer.List(5).OfType<ThriftStruct>())
        {
            tree[pair.Text(1) ?? ""] = pair.Text(2);
        }

        return new MetadataTree(tree);
    }
}
