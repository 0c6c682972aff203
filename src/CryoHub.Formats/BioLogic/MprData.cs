using System.Buffers.Binary;
using System.Globalization;
using CryoHub.Imaging;
using CryoHub.Imaging.Tables;

namespace CryoHub.Formats.BioLogic;

/// <summary>The data module: a list of column numbers, then records.</summary>
internal sealed class MprData
{
    private readonly ReadOnlyMemory<byte> records;
    private readonly List<Field> fields;
    private readonly int recordBytes;

    private MprData(IReadOnlyList<int> ids, int rows, ReadOnlyMemory<byte> records, List<Field> fields, int recordBytes)
    {
        (Ids, Rows, this.records) = (ids, rows, records);
        (this.fields, this.recordBytes) = (fields, recordBytes);
    }

    /// <summary>Column numbers in the order of the file.</summary>
    public IReadOnlyList<int> Ids { get; }

    public int Rows { get; }

    /// <param name="module">Name, version and place, for messages.</param>
    /// <param name="data">All bytes of the module.</param>
    public static MprData Parse(MprModule module, ReadOnlyMemory<byte> data)
    {
        var span = data.Span;
        if (span.Length < 8)
        {
            throw ProblemException.Unreadable($"The data module holds {span.Length} bytes; its head takes 8.");
        }

        var promised = BinaryPrimitives.ReadUInt32LittleEndian(span);      // 0: records
        var (ids, start) = Columns(module, span);
        if (ids.Count == 0 || start > span.Length)
        {
            throw ProblemException.Unreadable($"The data module of version {module.Version} lists {ids.Count} columns and holds {span.Length} bytes; records begin at byte {start}.");
        }

        var room = span.Length - start;
        var fields = Fields(ids, promised == 0 || room % promised != 0 ? null : (int)(room / promised));
        var bytes = fields.Sum(field => field.Bytes);
        return promised <= room / bytes
            ? new(ids, (int)promised, data[start..], fields, promised > 0 && room % promised == 0 ? (int)(room / promised) : bytes)
            : throw ProblemException.Unreadable($"The data module promises {promised} records of {bytes} bytes; {room} bytes are there.");
    }

    /// <summary>The columns as they are stored: flags stay one number.</summary>
    public List<TableColumn> Columns()
    {
        var columns = new List<TableColumn>();
        var offset = 0;
        foreach (var field in fields)
        {
            var numbers = new double[Rows];
            for (var row = 0; row < Rows; row++)
            {
                numbers[row] = field.At(records.Span[((row * recordBytes) + offset)..]);
            }

            var column = EcLabColumn.Of(field.Name);
            var earlier = columns.Count(other => other.Column.Name == field.Name || other.Column.Name.StartsWith($"{field.Name} ", StringComparison.Ordinal));
            columns.Add(new TableColumn(earlier == 0 ? column : column with { Name = $"{field.Name} {earlier + 1}" }, numbers));
            offset += field.Bytes;
        }

        return columns;
    }

    /// <summary>The flags taken apart, as EC-Lab exports them; none where the file has no flags.</summary>
    public List<TableColumn> Flags(IReadOnlyList<TableColumn> columns) =>
        columns.FirstOrDefault(column => column.Column.Name == "flags") is not { } flags ? []
            : [.. MprColumns.Flags.Where(flag => Ids.Contains(flag.Id)).Select(flag =>
                new TableColumn(flag.Name, "", [.. flags.Numbers.Select(value => (double)(((int)value & flag.Mask) / (flag.Mask & -flag.Mask)))]))];

    /// <summary>
    /// Version 0 lists bytes and has records at 100; 2 and 3 list 16-bit numbers after a count of one byte, records at 405 and 406; from EC-Lab 11.50 (10, 11) the
    /// count has two bytes, and records are at 1007.
    /// </summary>
    private static (List<int> Ids, int Start) Columns(MprModule module, ReadOnlySpan<byte> data)
    {
        var count = (int)data[4];
        var (first, width, start) = module.Version switch
        {
            0 => (5, 1, 100),
            2 => (5, 2, 405),
            3 => (5, 2, 406),
            10 or 11 => (6, 2, 1007),
            _ => throw ProblemException.Unreadable($"The data module has version {module.Version}; versions 0, 2, 3, 10 and 11 are known."),
        };
        var ids = new List<int>(count);
        for (var i = 0; i < count && first + (width * (i + 1)) <= Math.Min(start, data.Length); i++)
        {
            ids.Add(width == 1 ? data[first + i] : BinaryPrimitives.ReadUInt16LittleEndian(data[(first + (2 * i))..]));
        }

        return (ids, start);
    }

    /// <summary>Numbers that nobody knows: what is left of a record tells whether they are single or double precision.</summary>
    private static List<Field> Fields(List<int> ids, int? recordBytes)
    {
        var fields = new List<Field>();
        foreach (var id in ids)
        {
            if (MprColumns.IsFlag(id))
            {
                if (fields.All(field => field.Name != "flags"))
                {
                    fields.Add(new Field("flags", MprType.UInt8));
                }
            }
            else
            {
                fields.Add(MprColumns.Find(id) is { } known ? new Field(known.Name, known.Type) : new Field(string.Create(CultureInfo.InvariantCulture, $"column {id}"), null));
            }
        }

        var unknown = fields.Count(field => field.Type is null);
        var left = recordBytes - fields.Sum(field => field.Bytes);
        if (unknown == 0)
        {
            return fields;
        }

        var type = left == 8 * unknown ? MprType.Float64 : left == 4 * unknown ? MprType.Float32 : (MprType?)null;
        return type is not null ? [.. fields.Select(field => field.Type is null ? field with { Type = type } : field)]
            : fields[0].Type is not null ? [.. fields.TakeWhile(field => field.Type is not null)]
            : throw ProblemException.Unreadable($"The first column of the data module is of an unknown kind ({fields[0].Name}), of which {left} bytes a record are left for {unknown} columns.");
    }

    private sealed record Field(string Name, MprType? Type)
    {
        public int Bytes => Type?.Bytes() ?? 0;

        public double At(ReadOnlySpan<byte> bytes) => Type switch
        {
            MprType.UInt8 => bytes[0],
            MprType.UInt16 => BinaryPrimitives.ReadUInt16LittleEndian(bytes),
            MprType.UInt32 => BinaryPrimitives.ReadUInt32LittleEndian(bytes),
            MprType.Float32 => BinaryPrimitives.ReadSingleLittleEndian(bytes),
            _ => BinaryPrimitives.ReadDoubleLittleEndian(bytes),
        };
    }
}
