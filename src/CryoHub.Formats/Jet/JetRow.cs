using System.Buffers.Binary;
using System.Text;

namespace CryoHub.Formats.Jet;

/// <summary>
/// One row: 0 count of columns, then fixed fields, then variable ones; from its end backwards: one bit a column for "not empty", the count of variable fields, their
/// offsets.
/// </summary>
internal sealed class JetRow
{
    private readonly ReadOnlyMemory<byte> bytes;
    private readonly int columns;
    private readonly int marks;
    private readonly int variables;

    private JetRow(ReadOnlyMemory<byte> bytes, int columns, int marks, int variables) => (this.bytes, this.columns, this.marks, this.variables) = (bytes, columns, marks, variables);

    /// <summary><c>null</c> where the bytes are too few for what they promise.</summary>
    public static JetRow? Parse(ReadOnlyMemory<byte> bytes)
    {
        var columns = BinaryPrimitives.ReadUInt16LittleEndian(bytes.Span);
        var marks = bytes.Length - ((columns + 7) / 8);
        if (marks < 2)
        {
            return null;
        }

        var variables = marks >= 4 ? BinaryPrimitives.ReadUInt16LittleEndian(bytes.Span[(marks - 2)..]) : 0;
        return new JetRow(bytes, columns, marks, variables);
    }

    public double? Number(JetColumn column)
    {
        if (column.Type == 1)
        {
            return Mark(column) ? 1 : 0;       // a boolean is its own mark
        }

        var field = Field(column).Span;
        return column.Type switch
        {
            2 when field.Length >= 1 => field[0],
            3 when field.Length >= 2 => BinaryPrimitives.ReadInt16LittleEndian(field),
            4 when field.Length >= 4 => BinaryPrimitives.ReadInt32LittleEndian(field),
            5 when field.Length >= 8 => BinaryPrimitives.ReadInt64LittleEndian(field) / 1e4,
            6 when field.Length >= 4 => BinaryPrimitives.ReadSingleLittleEndian(field),
            7 or 8 when field.Length >= 8 => BinaryPrimitives.ReadDoubleLittleEndian(field),
            _ => null,
        };
    }

    public string Text(JetColumn column) => Decode(Field(column).Span);

    /// <summary>The bytes of a field; none where it is empty.</summary>
    public ReadOnlyMemory<byte> Field(JetColumn column)
    {
        if (!Mark(column))
        {
            return default;
        }

        if (column.IsFixed)
        {
            return 2 + column.FixedOffset < marks ? bytes[(2 + column.FixedOffset)..marks] : default;
        }

        if (column.VariableIndex >= variables || Offset(column.VariableIndex) is not { } start || Offset(column.VariableIndex + 1) is not { } end)
        {
            return default;
        }

        return start <= end && end <= marks ? bytes[start..end] : default;
    }

    /// <summary>UTF-16; after the mark FF FE single bytes, in which a zero changes to UTF-16 and back.</summary>
    internal static string Decode(ReadOnlySpan<byte> field)
    {
        if (!field.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]))
        {
            return Encoding.Unicode.GetString(field[..(field.Length & ~1)]);
        }

        var text = new StringBuilder();
        var isWide = false;
        for (var at = 2; at < field.Length;)
        {
            if (field[at] == 0)
            {
                isWide = !isWide;
                at++;
            }
            else if (!isWide)
            {
                text.Append((char)field[at++]);
            }
            else if (at + 2 <= field.Length)
            {
                text.Append((char)BinaryPrimitives.ReadUInt16LittleEndian(field[at..]));
                at += 2;
            }
            else
            {
                break;
            }
        }

        return text.ToString();
    }

    private bool Mark(JetColumn column) => column.Number < columns && (bytes.Span[marks + (column.Number / 8)] >> (column.Number % 8) & 1) != 0;

    private int? Offset(int index)
    {
        var at = marks - 4 - (2 * index);
        return at >= 2 ? BinaryPrimitives.ReadUInt16LittleEndian(bytes.Span[at..]) : null;
    }
}
