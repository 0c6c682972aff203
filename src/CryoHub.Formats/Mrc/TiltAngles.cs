using System.Globalization;
using System.Text;
using CryoHub.Imaging;
using CryoHub.Imaging.Sources;

namespace CryoHub.Formats.Mrc;

/// <summary>The tilt of each section, and where it was found.</summary>
public sealed record TiltAngles(IReadOnlyList<double> Degrees, string Source)
{
    private const int LargestText = 16 << 20;

    /// <summary>
    /// The refined angles (.tlt) before SerialEM's own (.mdoc), before the raw ones (.rawtlt), before the extended header. A source that does not give one angle
    /// for each section, or the same angle for all, is no tilt series.
    /// </summary>
    public static async Task<(TiltAngles? Angles, Mdoc? Mdoc)> FindAsync(ISourceFile file, int sections, IReadOnlyList<double>? fromHeader, CancellationToken ct)
    {
        var stem = Path.GetFileNameWithoutExtension(file.Name);
        var mdoc = await TextAsync(file, ct, $"{file.Name}.mdoc", $"{stem}.mdoc") is { } text ? Mdoc.Parse(text) : null;
        IReadOnlyList<double>? refined = Numbers(await TextAsync(file, ct, $"{stem}.tlt"));
        IReadOnlyList<double>? raw = Numbers(await TextAsync(file, ct, $"{stem}.rawtlt"));
        (IReadOnlyList<double>? Degrees, string Source)[] candidates = [(refined, ".tlt"), (mdoc?.TiltDeg, ".mdoc"), (raw, ".rawtlt"), (fromHeader, "extended header")];
        var found = candidates.FirstOrDefault(candidate => candidate.Degrees is { } degrees && IsSeries(degrees, sections));
        return (found.Degrees is null ? null : new TiltAngles(found.Degrees, found.Source), mdoc);
    }

    private static bool IsSeries(IReadOnlyList<double> degrees, int sections) =>
        degrees.Count == sections && sections > 1 && degrees.All(angle => Math.Abs(angle) <= 180) && degrees.Any(angle => angle != degrees[0]);

    /// <summary>The first number of each line; further columns (order, dose) are others' business.</summary>
    private static double[]? Numbers(string? text)
    {
        if (text is null)
        {
            return null;
        }

        var words = text.Split('\n').Select(line => line.Split([' ', '\t', '\r', ','], StringSplitOptions.RemoveEmptyEntries)).Where(line => line.Length > 0).Select(line => line[0]);
        var numbers = words.Select(word => double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var angle) ? angle : double.NaN).ToArray();
        return numbers.Any(double.IsNaN) ? null : numbers;
    }

    private static async Task<string?> TextAsync(ISourceFile file, CancellationToken ct, params string[] names)
    {
        foreach (var name in names)
        {
            if (file.Sibling(name) is { } sibling && sibling.Length <= LargestText)
            {
                return Encoding.Latin1.GetString(await sibling.ReadBlockAsync(0, sibling.Length, ct));
            }
        }

        return null;
    }
}
