using System.Globalization;
using System.Text;

namespace CryoHub.Formats.Text;

/// <summary>Walks through the cells of one line; a cell may stand in double quotes (RFC 4180). A delimiter of 0 means runs of blanks and tabs.</summary>
internal ref struct CellReader(ReadOnlySpan<byte> line, byte delimiter)
{
    private const int LongestNumber = 64;

    private ReadOnlySpan<byte> rest = delimiter == 0 ? line.Trim(" \t"u8) : line;
    private bool isDone = delimiter == 0 && line.Trim(" \t"u8).IsEmpty;

    /// <summary>The present cell without blanks at its ends and without its quotes; doubled quotes inside are still doubled.</summary>
    public ReadOnlySpan<byte> Cell { get; private set; }

    public bool Next()
    {
        if (isDone)
        {
            return false;
        }

        var lead = rest.TrimStart(delimiter == (byte)'\t' ? " "u8 : " \t"u8);
        var close = lead is [(byte)'"', ..] ? Close(lead) : -1;
        if (close > 0)
        {
            Cell = lead[1..close];
            Advance(lead[(close + 1)..]);
            return true;
        }

        var end = delimiter == 0 ? rest.IndexOfAny((byte)' ', (byte)'\t') : rest.IndexOf(delimiter);
        Cell = (end < 0 ? rest : rest[..end]).Trim(" \t"u8);
        Advance(end < 0 ? [] : rest[end..]);
        return true;
    }

    /// <summary>The number in the present cell; false where it is none.</summary>
    public readonly bool TryNumber(byte decimalSign, out double number)
    {
        number = double.NaN;
        if (Cell.Length is 0 or > LongestNumber)
        {
            return false;
        }

        if (decimalSign == '.' || Cell.IndexOf(decimalSign) < 0)
        {
            return double.TryParse(Cell, NumberStyles.Float, CultureInfo.InvariantCulture, out number);
        }

        Span<byte> copy = stackalloc byte[LongestNumber];
        Cell.CopyTo(copy);
        copy[Cell.IndexOf(decimalSign)] = (byte)'.';
        return double.TryParse(copy[..Cell.Length], NumberStyles.Float, CultureInfo.InvariantCulture, out number);
    }

    public readonly string Text(Encoding encoding) => encoding.GetString(Cell).Replace("\"\"", "\"", StringComparison.Ordinal);

    /// <summary>All cells of a line as text.</summary>
    public static List<string> All(ReadOnlySpan<byte> line, byte delimiter, Encoding encoding)
    {
        var cells = new List<string>();
        var reader = new CellReader(line, delimiter);
        while (reader.Next())
        {
            cells.Add(reader.Text(encoding));
        }

        return cells;
    }

    /// <summary>Where the quote that opens <paramref name="text"/> is closed; -1 where it is not, or where more than a delimiter follows.</summary>
    private readonly int Close(ReadOnlySpan<byte> text)
    {
        for (var i = 1; i < text.Length; i++)
        {
            if (text[i] != '"')
            {
                continue;
            }

            if (i + 1 < text.Length && text[i + 1] == '"')
            {
                i++;
                continue;
            }

            var after = text[(i + 1)..].TrimStart(delimiter == (byte)'\t' ? " "u8 : " \t"u8);
            return after.IsEmpty || delimiter == 0 || after[0] == delimiter ? i : -1;
        }

        return -1;
    }

    private void Advance(ReadOnlySpan<byte> after)
    {
        if (delimiter == 0)
        {
            rest = after.TrimStart(" \t"u8);
            isDone = rest.IsEmpty;
            return;
        }

        var at = after.IndexOf(delimiter);
        isDone = at < 0;
        rest = isDone ? [] : after[(at + 1)..];
    }
}
