using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using CryoHub.Imaging;
using CryoHub.Imaging.Tables;

namespace CryoHub.Formats.Star;

/// <summary>Loops and items as columns and as metadata.</summary>
internal static class StarTable
{
    public static List<TableColumn> Columns(StarDocument document, StarLoop loop, Func<string, string> nameOf) =>
        [.. loop.Names.Select((name, column) => Column(document, loop, column, nameOf(name)))];

    /// <summary>A number as STAR files write it: <c>1.5</c>, <c>.5</c>, <c>1e-3</c>, <c>inf</c>, and in crystallography <c>1.234(5)</c>, whose bracket is the uncertainty.</summary>
    public static bool TryNumber(ReadOnlySpan<byte> bytes, out double number)
    {
        var bracket = bytes.IndexOf((byte)'(');
        if (bracket > 0 && bytes[^1] == ')' && bytes[(bracket + 1)..^1].IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0)
        {
            bytes = bytes[..bracket];
        }

        if (bytes.Length is > 0 and <= 64 && double.TryParse(bytes, NumberStyles.Float, CultureInfo.InvariantCulture, out number))
        {
            return true;
        }

        number = bytes.Length is 3 or 4 && Ascii.EqualsIgnoreCase(bytes.TrimStart("+-"u8), "inf"u8)
            ? bytes[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity
            : double.NaN;
        return double.IsInfinity(number);
    }

    /// <summary>A value as a leaf of the tree: a number as the file writes it stays text where its bracket or its digits would be lost.</summary>
    public static JsonNode Leaf(StarDocument document, StarCell cell)
    {
        var text = document.Text(cell);
        return !cell.IsQuoted && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            && (text.Length < 2 || text[0] != '0' || text[1] == '.')
            ? JsonValue.Create(number)
            : JsonValue.Create(text);
    }

    private static TableColumn Column(StarDocument document, StarLoop loop, int column, string name)
    {
        var numbers = new double[loop.Rows];
        for (var row = 0; row < numbers.Length; row++)
        {
            var cell = loop.At(row, column);
            if (document.IsNull(cell) || cell.Length == 0)
            {
                numbers[row] = double.NaN;
            }
            else if (!TryNumber(document.Bytes(cell), out numbers[row]))
            {
                return Words(document, loop, column, name);
            }
        }

        return new TableColumn(name, "", numbers);
    }

    private static TableColumn Words(StarDocument document, StarLoop loop, int column, string name)
    {
        var cells = new string[loop.Rows];
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var row = 0; row < cells.Length; row++)
        {
            var cell = loop.At(row, column);
            var text = document.IsNull(cell) ? "" : document.Text(cell);
            cells[row] = known.TryGetValue(text, out var same) ? same : known[text] = text;
        }

        return TableColumn.OfWords(name, cells);
    }
}
