using System.Text.Json.Nodes;

namespace CryoHub.Formats.Nanoscope;

/// <summary>A force curve at every point of a scan.</summary>
/// <param name="Rows">Lines of the scan.</param>
/// <param name="Columns">Points of a line.</param>
/// <param name="Points">Values of a curve: approach and retract.</param>
/// <param name="Bytes">Of one value, 2 or 4.</param>
/// <param name="Scan">The section that describes the scan.</param>
internal sealed record NanoscopeVolume(long Rows, long Columns, long Points, int Bytes, JsonObject Scan)
{
    private const long LargestSide = 1 << 16;

    /// <summary><c>null</c> where the section of a force image holds another number of curves than the scan has points: a single curve, as a rule.</summary>
    public static NanoscopeVolume? Of(NanoscopeText text, JsonObject image)
    {
        if (text.Sections.FirstOrDefault(section => section.Name.Equals("Ciao scan list", StringComparison.OrdinalIgnoreCase)).Lines is not { } scan)
        {
            return null;
        }

        var (rows, columns, points) = (NanoscopeText.Integer(scan, "Lines"), NanoscopeText.Integer(scan, "Samps/line"), PointsOf(Samples(image)));
        if (rows is < 1 or > LargestSide || columns is < 1 or > LargestSide || points is < 1 or > int.MaxValue || rows * columns == 1)
        {
            return null;
        }

        var (length, values) = (NanoscopeText.Integer(image, "Data length"), (Int128)rows * columns * points);
        return length == 2 * values ? new(rows, columns, points, 2, scan) : length == 4 * values ? new(rows, columns, points, 4, scan) : null;
    }

    /// <summary>"256 256": values of the approach and of the retract.</summary>
    public static long[] Samples(JsonObject image)
    {
        var counts = (NanoscopeText.Text(image, "Samps/line") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return [.. counts.Select(count => long.TryParse(count, out var value) ? value : 0)];
    }

    /// <summary>Values of a whole curve; one number stands for both halves.</summary>
    public static long PointsOf(long[] samples) => samples.Length == 2 ? samples[0] + samples[1] : 2 * samples.FirstOrDefault();
}
