using System.Globalization;

namespace CryoHub.Formats.Phi;

/// <summary>One line <c>SpectralRegDef</c>: number, flag, name, atomic number, points, step, first and last binding energy.</summary>
internal sealed record PhiRegion(string Name, long Points, double Step, double Start)
{
    /// <summary><c>null</c> where the line is none.</summary>
    public static PhiRegion? Parse(string line)
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length >= 8 && long.TryParse(words[4], NumberStyles.None, CultureInfo.InvariantCulture, out var points)
            && double.TryParse(words[5], NumberStyles.Float, CultureInfo.InvariantCulture, out var step) && double.TryParse(words[6], NumberStyles.Float, CultureInfo.InvariantCulture, out var start)
            && double.IsFinite(step) && step != 0 && double.IsFinite(start)
            ? new(words[2], points, step, start) : null;
    }
}
