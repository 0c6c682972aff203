using System.Buffers.Binary;
using CryoHub.Imaging;
using CryoHub.Imaging.Tables;

namespace CryoHub.Formats.Jet;

/// <summary>A table: its columns and the pages that hold its rows.</summary>
internal sealed record JetTable(string Name, IReadOnlyList<JetColumn> Columns, IReadOnlyList<uint> Pages)
{
    private const int OffsetMask = 0x1FFF;
    private const int Deleted = 0x8000;
    private const int Elsewhere = 0x4000;
    private const int FirstOffset = 14;
    private const long LeastCells = 1 << 20;

    /// <summary>All rows, in the order of the pages, without binary columns.</summary>
    public async Task<List<TableColumn>> ReadAsync(JetDatabase database, CancellationToken ct)
    {
        var readable = Columns.Where(column => column.IsReadable).ToList();
        var numbers = readable.Select(_ => new List<double>()).ToArray();
        var words = readable.Select(column => column.IsText ? new Dictionary<string, int>(StringComparer.Ordinal) : null).ToArray();
        foreach (var page in Pages)
        {
            var bytes = await database.PageAsync(page, ct);
            var rows = BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(12));       // 12: rows, 14: their offsets; rows grow from the end
            for (var i = 0; i < rows && FirstOffset + (2 * (i + 1)) <= bytes.Length; i++)
            {
                if (await RowAsync(database, bytes, i, ct) is { } row)
                {
                    await AddAsync(database, row, readable, numbers, words, ct);
                }
            }

            if (numbers.Length > 0 && (long)numbers[0].Count * numbers.Length > LeastCells + database.Length)
            {
                throw ProblemException.Unreadable($"The table {Name} has {numbers[0].Count} rows of {numbers.Length} cells by page {page}: more than {database.Length} bytes hold.");
            }
        }

        return [.. readable.Select((column, i) => new TableColumn(new SignalColumn(column.Name, "", words[i] is { } known ? [.. known.Keys] : null), numbers[i]))];
    }

    /// <summary>The bytes of a row, which may have moved to another page; <c>null</c> for a deleted one.</summary>
    internal static async Task<ReadOnlyMemory<byte>?> RowAsync(JetDatabase database, byte[] page, int index, CancellationToken ct)
    {
        var offset = BinaryPrimitives.ReadUInt16LittleEndian(page.AsSpan(FirstOffset + (2 * index)));
        if ((offset & Deleted) != 0)
        {
            return null;
        }

        var row = Slice(page, index);
        if ((offset & Elsewhere) == 0 || row.Length < 4)
        {
            return Whole(row);
        }

        var pointer = BinaryPrimitives.ReadUInt32LittleEndian(row.Span);                // low byte: row, rest: page
        var moved = Slice(await database.PageAsync(pointer >> 8, ct), (int)(pointer & 0xFF));
        return Whole(moved);
    }

    /// <summary>A row has two bytes and a mark at least. Written out: a bare null beside a memory becomes an empty memory.</summary>
    private static ReadOnlyMemory<byte>? Whole(ReadOnlyMemory<byte> row)
    {
        if (row.Length < 3)
        {
            return null;
        }

        return row;
    }

    internal static ReadOnlyMemory<byte> Slice(byte[] page, int index)
    {
        if (FirstOffset + (2 * (index + 1)) > page.Length)
        {
            return default;
        }

        var start = BinaryPrimitives.ReadUInt16LittleEndian(page.AsSpan(FirstOffset + (2 * index))) & OffsetMask;
        var end = index == 0 ? page.Length : BinaryPrimitives.ReadUInt16LittleEndian(page.AsSpan(FirstOffset + (2 * (index - 1)))) & OffsetMask;
        return start < end && end <= page.Length ? page.AsMemory(start, end - start) : default;
    }

    private static async Task AddAsync(
        JetDatabase database, ReadOnlyMemory<byte> bytes, List<JetColumn> columns, List<double>[] numbers, Dictionary<string, int>?[] words, CancellationToken ct)
    {
        var row = JetRow.Parse(bytes);
        for (var i = 0; i < columns.Count; i++)
        {
            if (words[i] is not { } known)
            {
                numbers[i].Add(row?.Number(columns[i]) ?? double.NaN);
                continue;
            }

            var text = row is null ? null : columns[i].Type == 12 ? await JetMemo.TextAsync(database, row.Field(columns[i]), ct) : row.Text(columns[i]);
            if (string.IsNullOrEmpty(text))
            {
                numbers[i].Add(double.NaN);
                continue;
            }

            if (!known.TryGetValue(text, out var word))
            {
                known.Add(text, word = known.Count);
            }

            numbers[i].Add(word);
        }
    }
}
