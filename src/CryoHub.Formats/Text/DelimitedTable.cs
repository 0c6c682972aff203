using CryoHub.Imaging;
using CryoHub.Imaging.Tables;

namespace CryoHub.Formats.Text;

/// <summary>Lines of cells as columns: numbers where every filled cell of a column is one, otherwise words.</summary>
internal static class DelimitedTable
{
    private const long MostCells = 4 << 20;

    /// <param name="text">The whole file.</param>
    /// <param name="start">Byte at which the first row begins.</param>
    /// <param name="delimiter">Byte between two cells; 0 for runs of blanks and tabs.</param>
    /// <param name="names">Names and units of the columns; cells beyond them become columns without a name.</param>
    /// <param name="decimalSign">Point or comma.</param>
    /// <param name="mostRows">Rows after which the table ends.</param>
    /// <exception cref="ProblemException">Unreadable: far more cells than the file has room for.</exception>
    public static List<TableColumn> Read(TextBytes text, int start, byte delimiter, IReadOnlyList<SignalColumn> names, byte decimalSign = (byte)'.', int mostRows = int.MaxValue)
    {
        var (rows, isText, isFilled) = Survey(text, start, delimiter, decimalSign, names.Count, mostRows);
        var count = isText.Count;
        while (count > names.Count && !isFilled[count - 1])
        {
            count--;    // a delimiter at the end of every line is no column
        }

        if ((long)rows * count > MostCells + text.Length)
        {
            throw ProblemException.Unreadable($"{rows} rows of up to {count} cells do not fit into {text.Length} bytes of text: the table is not rectangular.");
        }

        return Fill(text, start, delimiter, decimalSign, rows, [.. Enumerable.Range(0, count).Select(i => (i < names.Count ? names[i] : new SignalColumn("", ""), isText[i]))]);
    }

    private static (int Rows, List<bool> IsText, List<bool> IsFilled) Survey(TextBytes text, int start, byte delimiter, byte decimalSign, int columns, int mostRows)
    {
        List<bool> isText = [.. new bool[columns]];
        List<bool> isFilled = [.. new bool[columns]];
        var rows = 0;
        var at = start;
        while (rows < mostRows && text.NextLine(ref at, out var line))
        {
            if (line.Trim(" \t"u8).IsEmpty)
            {
                continue;
            }

            rows++;
            var cells = new CellReader(line, delimiter);
            for (var i = 0; cells.Next(); i++)
            {
                if (i == isText.Count)
                {
                    isText.Add(false);
                    isFilled.Add(false);
                }

                isFilled[i] |= !cells.Cell.IsEmpty;
                isText[i] = isText[i] || (!cells.Cell.IsEmpty && !cells.TryNumber(decimalSign, out _));
            }
        }

        return (rows, isText, isFilled);
    }

    private static List<TableColumn> Fill(TextBytes text, int start, byte delimiter, byte decimalSign, int rows, (SignalColumn Column, bool IsText)[] columns)
    {
        var numbers = columns.Select(_ => new double[rows]).ToArray();
        var words = columns.Select(column => column.IsText ? new Dictionary<string, int>(StringComparer.Ordinal) : null).ToArray();
        var at = start;
        for (var row = 0; row < rows && text.NextLine(ref at, out var line);)
        {
            if (line.Trim(" \t"u8).IsEmpty)
            {
                continue;
            }

            var cells = new CellReader(line, delimiter);
            for (var i = 0; i < columns.Length; i++)
            {
                var isThere = cells.Next() && !cells.Cell.IsEmpty;
                if (!isThere)
                {
                    numbers[i][row] = double.NaN;
                }
                else if (words[i] is { } known)
                {
                    var word = cells.Text(text.Encoding);
                    if (!known.TryGetValue(word, out var index))
                    {
                        known.Add(word, index = known.Count);
                    }

                    numbers[i][row] = index;
                }
                else
                {
                    cells.TryNumber(decimalSign, out numbers[i][row]);
                }
            }

            row++;
        }

        return [.. columns.Select((column, i) => new TableColumn(words[i] is { } known ? column.Column with { Words = [.. known.Keys] } : column.Column, numbers[i]))];
    }
}
