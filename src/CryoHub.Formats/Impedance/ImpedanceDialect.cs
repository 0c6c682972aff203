using CryoHub.Imaging.Tables;

namespace CryoHub.Formats.Impedance;

/// <summary>A program's way of writing impedances as text.</summary>
/// <param name="Program">Its name.</param>
/// <param name="FirstRow">Line of the first row, from 0.</param>
/// <param name="Delimiter">Byte between two cells.</param>
/// <param name="Columns">Names and units.</param>
/// <param name="Frequency">Name of the column of frequencies; <c>null</c> where the table is of another technique.</param>
/// <param name="Real">Name of the column of real parts.</param>
/// <param name="Imaginary">Name of the column of imaginary parts.</param>
internal sealed record ImpedanceDialect(string Program, int FirstRow, byte Delimiter, IReadOnlyList<SignalColumn> Columns, string? Frequency, string Real, string Imaginary)
{
    private static readonly string[] ZPlotNames = ["Freq (Hz)", "Ampl", "Bias", "Time(Sec)", "Z'(a)", "Z''(b)", "GD", "Err", "Range"];

    /// <summary>True where the beginning of a file is of one of the programs.</summary>
    public static bool IsKnown(string head) =>
        head.StartsWith("ZPLOT", StringComparison.Ordinal) || head.TrimStart('"').StartsWith("Z60W", StringComparison.Ordinal)
        || head.Contains("Instrument Model:  CHI", StringComparison.Ordinal) || IsParstat(head.Split('\n')[0]);

    /// <summary><c>null</c> where the text is of none of the programs.</summary>
    public static ImpedanceDialect? Find(List<string> lines) => lines.Count == 0 ? null
        : lines[0].StartsWith("ZPLOT", StringComparison.Ordinal) ? ZPlot(lines)
        : lines[0].Contains("Z60W", StringComparison.Ordinal) ? Autolab(lines)
        : IsParstat(lines[0]) ? Parstat(lines[0])
        : lines.Any(line => line.Contains("Instrument Model:  CHI", StringComparison.Ordinal)) ? ChInstruments(lines)
        : null;

    /// <summary>Scribner's ZPlot and ZView: settings, then "End Comments", then rows without names.</summary>
    private static ImpedanceDialect? ZPlot(List<string> lines)
    {
        var first = lines.FindLastIndex(line => line.Trim() == "End Comments") + 1;
        return first == 0 || first >= lines.Count ? null
            : new("ZPlot", first, (byte)(lines[first].Contains(',') ? ',' : '\t'), Named(ZPlotNames), ZPlotNames[0], ZPlotNames[4], ZPlotNames[5]);
    }

    /// <summary>Autolab in ZView's form: names in one quoted cell, rows with commas.</summary>
    private static ImpedanceDialect? Autolab(List<string> lines)
    {
        var names = lines.FindIndex(line => line.Contains("Freq", StringComparison.Ordinal));
        return names < 0 ? null : new("Autolab", names + 1, (byte)',', Named(ZPlotNames), ZPlotNames[0], ZPlotNames[4], ZPlotNames[5]);
    }

    /// <summary>CH Instruments: the last line before the rows that has names with units, <c>Freq/Hz, Z'/ohm</c> or <c>Potential/V, Current/A</c>.</summary>
    private static ImpedanceDialect? ChInstruments(List<string> lines)
    {
        var names = lines.FindLastIndex(line => line.Contains("/", StringComparison.Ordinal) && line.Contains(',') && char.IsLetter(line.TrimStart().FirstOrDefault()) && !line.Contains(':') && !line.Contains('='));
        if (names < 0)
        {
            return null;
        }

        var columns = lines[names].Split(',', StringSplitOptions.TrimEntries).Select(name => new SignalColumn(name, name.LastIndexOf('/') is > 0 and var slash ? name[(slash + 1)..] : "")).ToList();
        var isImpedance = columns.Count >= 3 && columns[0].Name.StartsWith("Freq", StringComparison.Ordinal);
        return new("CH Instruments", names + 1, (byte)',', columns, isImpedance ? columns[0].Name : null, columns[Math.Min(1, columns.Count - 1)].Name, columns[Math.Min(2, columns.Count - 1)].Name);
    }

    private static bool IsParstat(string line) => line.Contains("Frequency (Hz)\t", StringComparison.Ordinal) && line.Contains("Zre (ohms)", StringComparison.Ordinal);

    private static ImpedanceDialect Parstat(string line) =>
        new("PARSTAT", 1, (byte)'\t', Named(line.TrimEnd('\t', ' ', '\r').Split('\t', StringSplitOptions.TrimEntries)), "Frequency (Hz)", "Zre (ohms)", "Zim (ohms)");

    private static IReadOnlyList<SignalColumn> Named(IEnumerable<string> names) => [.. names.Select(name => new SignalColumn(name, Text.ColumnUnit.Of(name) is var unit && unit is "a" or "b" ? "" : unit))];
}
