using System.Globalization;

namespace CryoHub.Imaging.Tables;

/// <summary>A column and its cells in memory.</summary>
/// <param name="Column">Name, unit and, for text, the distinct words.</param>
/// <param name="Numbers">One number a row; NaN where the cell is empty.</param>
public sealed record TableColumn(SignalColumn Column, IReadOnlyList<double> Numbers)
{
    /// <summary>A column of numbers.</summary>
    public TableColumn(string name, string unit, IReadOnlyList<double> numbers)
        : this(new SignalColumn(name, unit), numbers)
    {
    }

    /// <summary>A column of text; an empty cell has no value.</summary>
    public static TableColumn OfWords(string name, IReadOnlyList<string> cells)
    {
        var index = new Dictionary<string, int>(StringComparer.Ordinal);
        var numbers = new double[cells.Count];
        for (var i = 0; i < cells.Count; i++)
        {
            if (cells[i].Length == 0)
            {
                numbers[i] = double.NaN;
                continue;
            }

            if (!index.TryGetValue(cells[i], out var word))
            {
                index.Add(cells[i], word = index.Count);
            }

            numbers[i] = word;
        }

        return new(new SignalColumn(name, "", [.. index.Keys]), numbers);
    }

    /// <summary>A column of cells as a text file writes them: numbers (point as decimal sign) where every filled cell is one, otherwise words.</summary>
    public static TableColumn OfCells(string name, string unit, IReadOnlyList<string> cells)
    {
        var numbers = new double[cells.Count];
        var filled = false;
        for (var i = 0; i < cells.Count; i++)
        {
            if (string.IsNullOrWhiteSpace(cells[i]))
            {
                numbers[i] = double.NaN;
            }
            else if (double.TryParse(cells[i], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i]))
            {
                filled = true;
            }
            else
            {
                return OfWords(name, cells);
            }
        }

        return filled ? new(name, unit, numbers) : OfWords(name, cells);
    }
}
