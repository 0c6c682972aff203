using CryoHub.Formats.Text;

namespace CryoHub.Formats.Delimited;

/// <summary>Where the table of a text file is: the longest run of lines with the same number of cells, its names above.</summary>
/// <param name="Delimiter">Byte between cells.</param>
/// <param name="Names">Names of the columns; empty names where the file has none.</param>
/// <param name="NamesLine">Line of the names, from 0; -1 where there are none.</param>
/// <param name="FirstLine">Line of the first row.</param>
/// <param name="DecimalSign">Point or comma.</param>
internal sealed record DelimitedLayout(byte Delimiter, IReadOnlyList<string> Names, int NamesLine, int FirstLine, byte DecimalSign)
{
    private const int MostLines = 2000;
    private const int NameLines = 100;

    /// <summary><c>null</c> where no delimiter makes two columns of more than one line.</summary>
    public static DelimitedLayout? Find(TextBytes text)
    {
        (byte Delimiter, int Start, int Length, int Cells)? best = null;
        foreach (var delimiter in ",;\t|"u8)
        {
            if (text.Span.IndexOf(delimiter) >= 0 && LongestRun(text, delimiter) is { } run && (best is not { } other || Weight(run) > Weight((other.Start, other.Length, other.Cells))))
            {
                best = (delimiter, run.Start, run.Length, run.Cells);
            }
        }

        if (best is { Delimiter: (byte)',' } commas)
        {
            // The comma may be the decimal sign: then every cell between tabs or semicolons is a number with one.
            foreach (var delimiter in ";\t"u8)
            {
                if (LongestRun(text, delimiter) is { } run && run.Length >= commas.Length && AreDecimalCommas(text, delimiter, run.Start, run.Length))
                {
                    best = (delimiter, run.Start, run.Length, run.Cells);
                }
            }
        }

        return best is { } found ? Named(text, found.Delimiter, found.Start, found.Length, found.Cells) : null;

        static long Weight((int Start, int Length, int Cells) run) => (long)run.Length * (run.Cells - 1);
    }

    /// <summary>Of two runs of lines the one with more cells to compare; a line of blanks belongs to neither.</summary>
    private static (int Start, int Length, int Cells)? LongestRun(TextBytes text, byte delimiter)
    {
        (int Start, int Length, int Cells)? best = null;
        var (at, line, start, cells) = (0, 0, 0, 0);
        for (; line < MostLines && text.NextLine(ref at, out var bytes); line++)
        {
            var count = Count(bytes, delimiter);
            if (count != cells)
            {
                Close(line);
                (start, cells) = (line, count);
            }
        }

        Close(line);
        return best;

        void Close(int end)
        {
            var length = end - start;
            if (cells >= 2 && length >= 2 && (best is not { } other || (long)length * (cells - 1) > (long)other.Length * (other.Cells - 1)))
            {
                best = (start, length, cells);
            }
        }
    }

    private static bool AreDecimalCommas(TextBytes text, byte delimiter, int start, int length)
    {
        var at = text.StartOf(start);
        var found = false;
        for (var line = 0; line < Math.Min(length, NameLines) && text.NextLine(ref at, out var bytes); line++)
        {
            var cells = CellReader.All(bytes, delimiter, text.Encoding);
            if (cells.Any(cell => cell.Length > 0 && !IsNumber(cell, ',')))
            {
                return false;
            }

            found |= cells.Any(IsDecimalComma);
        }

        return found;
    }

    private static int Count(ReadOnlySpan<byte> line, byte delimiter)
    {
        if (line.Trim(" \t"u8).IsEmpty)
        {
            return 0;
        }

        var count = 0;
        for (var cells = new CellReader(line, delimiter); cells.Next();)
        {
            count++;
        }

        return count;
    }

    private static DelimitedLayout? Named(TextBytes text, byte delimiter, int start, int length, int count)
    {
        var at = text.StartOf(start);
        var lines = new List<List<string>>();
        while (lines.Count < Math.Min(length, NameLines) && text.NextLine(ref at, out var line))
        {
            lines.Add(CellReader.All(line, delimiter, text.Encoding));
        }

        var decimalSign = delimiter != ',' && lines.Any(row => row.Any(IsDecimalComma)) && !lines.Any(row => row.Any(cell => cell.Contains('.') && IsNumber(cell, '.'))) ? ',' : '.';
        var names = lines.FindIndex(row => row.Count(cell => cell.Length > 0) * 2 >= count && row.All(cell => cell.Length == 0 || !IsNumber(cell, decimalSign)));
        if (names == 0 && lines.Count > 1 && lines.All(row => row.All(cell => !IsNumber(cell, decimalSign))) && lines.Count > 50)
        {
            return null;        // prose with commas
        }

        return names >= 0 && names < lines.Count - 1
            ? new(delimiter, lines[names], start + names, start + names + 1, (byte)decimalSign)
            : new(delimiter, [.. Enumerable.Repeat("", count)], -1, start, (byte)decimalSign);
    }

    private static bool IsDecimalComma(string cell) => cell.Count(c => c == ',') == 1 && IsNumber(cell, ',');

    private static bool IsNumber(string cell, char decimalSign) =>
        cell.Length <= 64 && double.TryParse(cell.Replace(decimalSign, '.'), System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out _);
}
