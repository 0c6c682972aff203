using System.Globalization;

namespace CryoHub.Cli.Results;

/// <summary>Comma-separated values that a spreadsheet shows as they are.</summary>
public static class CsvText
{
    /// <summary>One line of cells; NaN is an empty cell, text that a spreadsheet would take for a formula gets an apostrophe in front.</summary>
    public static string Line(IEnumerable<object> cells) => string.Join(',', cells.Select(Cell)) + "\n";

    /// <summary>A column's heading with its unit.</summary>
    public static string Heading(string name, string unit) => unit.Length > 0 ? $"{name} ({unit})" : name;

    private static string Cell(object cell) => cell switch
    {
        double number => double.IsNaN(number) ? "" : number.ToString("R", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => Text(cell.ToString() ?? ""),
    };

    private static string Text(string text)
    {
        var safe = text.Length > 0 && "=+-@\t\r".Contains(text[0], StringComparison.Ordinal) ? "'" + text : text;
        return safe.AsSpan().IndexOfAny(",\"\r\n") < 0 ? safe : $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
