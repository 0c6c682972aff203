using System.Globalization;
using System.Text.Json.Nodes;
using CryoHub.Formats.Text;
using CryoHub.Imaging;
using CryoHub.Imaging.Tables;

namespace CryoHub.Formats.PlainText;

/// <summary>Text as a table: comment lines, perhaps one line of names, then rows of equally many cells of which most are numbers.</summary>
internal static class PlainTable
{
    private const int LookedAt = 64;
    private const int LongestRow = 64 << 10;   // bytes; a table of a thousand columns stays below

    /// <summary><c>null</c> where the text is no table.</summary>
    public static TableSignal? Read(string name, TextBytes text)
    {
        List<string> comments = [];
        var (at, start) = (0, 0);
        while (text.NextLine(ref at, out var line) && (line.Trim(" \t"u8).IsEmpty || line[0] is (byte)'#' or (byte)'%' or (byte)'!'))
        {
            comments.Add(text.Decode(line));
            start = at;
        }

        var sample = Sample(text, start);
        if (sample.Count == 0 || comments.Sum(comment => comment.Length) > LongestRow || sample.Exists(row => row.Length > LongestRow))
        {
            return null;
        }

        foreach (var (delimiter, decimalSign) in ((byte, byte)[])[((byte)'\t', (byte)'.'), ((byte)',', (byte)'.'), ((byte)';', (byte)'.'), ((byte)';', (byte)','), (0, (byte)'.'), ((byte)'\t', (byte)',')])
        {
            var hasNames = sample.Count > 1 && NumbersIn(sample[0], delimiter, decimalSign, text) == 0;
            var rows = hasNames ? sample.Skip(1).ToList() : sample;
            if (Suits(rows, hasNames ? sample[0] : null, delimiter, decimalSign, text))
            {
                return Table(name, text, start, hasNames, delimiter, decimalSign, comments);
            }
        }

        return null;
    }

    private static TableSignal Table(string name, TextBytes text, int start, bool hasNames, byte delimiter, byte decimalSign, List<string> comments)
    {
        List<SignalColumn> names = [];
        var at = start;
        if (hasNames && text.NextLine(ref at, out var line))
        {
            names = [.. CellReader.All(line, delimiter, text.Encoding).Select(column => new SignalColumn(column, ColumnUnit.Of(column)))];
            start = at;
        }

        var columns = DelimitedTable.Read(text, start, delimiter, names, decimalSign)
            .Select((column, i) => column.Column.Name.Length > 0 ? column : column with { Column = column.Column with { Name = string.Create(CultureInfo.InvariantCulture, $"column {i + 1}") } });
        var original = new JsonObject();
        if (comments.Exists(comment => comment.Trim().Length > 0))
        {
            original["comments"] = string.Join('\n', comments);
        }

        return TableSignal.Of(name, SignalKind.Table, [.. columns], AcquisitionMetadata.None, new MetadataTree(original));
    }

    /// <summary>Equally many cells in every row, as many as names; without names, in a single column and between blanks nothing but numbers, otherwise half of them.</summary>
    private static bool Suits(List<byte[]> rows, byte[]? names, byte delimiter, byte decimalSign, TextBytes text)
    {
        var widths = rows.Select(row => CellReader.All(row, delimiter, text.Encoding).Count).ToList();
        var width = widths.Max();
        if (width == 0 || widths.Exists(count => count != width) || (names is not null && CellReader.All(names, delimiter, text.Encoding).Count != width) || (width == 1 && names is not null && rows.Count < 2))
        {
            return false;
        }

        var least = rows.Min(row => NumbersIn(row, delimiter, decimalSign, text));
        return width == 1 || delimiter == 0 || names is null ? least == width : 2 * least >= width;
    }

    private static int NumbersIn(byte[] row, byte delimiter, byte decimalSign, TextBytes text)
    {
        var cells = new CellReader(row, delimiter);
        var numbers = 0;
        while (cells.Next())
        {
            numbers += cells.TryNumber(decimalSign, out _) ? 1 : 0;
        }

        return numbers;
    }

    /// <summary>The first lines, and the last one: a log may begin like a table. None where remarks stand between the lines.</summary>
    private static List<byte[]> Sample(TextBytes text, int start)
    {
        List<byte[]> sample = [];
        var (at, last) = (start, -1);
        for (var from = at; text.NextLine(ref at, out var line); from = at)
        {
            if (line.Trim(" \t"u8).IsEmpty)
            {
                continue;
            }

            if (line[0] is (byte)'#' or (byte)'%' or (byte)'!')
            {
                return [];      // remarks between rows
            }

            if (sample.Count < LookedAt)
            {
                sample.Add(Head(line));
            }
            else
            {
                last = from;
            }
        }

        if (last >= 0 && text.NextLine(ref last, out var end))
        {
            sample.Add(Head(end));
        }

        return sample;

        static byte[] Head(ReadOnlySpan<byte> line) => line[..Math.Min(line.Length, LongestRow + 1)].ToArray();
    }
}
