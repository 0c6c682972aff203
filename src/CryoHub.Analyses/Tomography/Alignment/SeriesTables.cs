using CryoHub.Imaging;
using CryoHub.Numerics.Tomography.Alignment;

namespace CryoHub.Analyses.Tomography.Alignment;

/// <summary>Tilt angles (.tlt, .rawtlt, .mdoc) and transforms (.xf) that come as tables of their own.</summary>
internal static class SeriesTables
{
    private static readonly string[] AngleNames = ["angle", "TiltAngle", "Tilt angle"];

    /// <summary>One angle a view, in degrees: the column that says so, else the first; SerialEM's sections in the order of their ZValue.</summary>
    /// <exception cref="ProblemException">There is another number than <paramref name="views"/>.</exception>
    public static async Task<IReadOnlyList<double>> AnglesAsync(ISignal table, long views, CancellationToken ct)
    {
        var (numbers, columns) = await NumbersAsync(table, ct);
        var named = Column(table.Header, AngleNames);
        if (named < 0 && Column(table.Header, ["ZValue"]) >= 0)
        {
            throw ProblemException.Invalid($"\"{table.Header.Name}\" lists {numbers.Length / columns} sections without a TiltAngle.");
        }

        var column = Math.Max(0, named);
        if (table.Header.Columns?[column].Words is { } words)
        {
            throw ProblemException.Invalid($"Tilt angles are numbers; the column {table.Header.Columns[column].Name} of \"{table.Header.Name}\" holds text, \"{words[0]}\" first.");
        }

        var order = Column(table.Header, ["ZValue"]);
        var rows = Enumerable.Range(0, numbers.Length / columns);
        double[] angles = [.. (order < 0 ? rows : rows.OrderBy(row => numbers[(row * columns) + order])).Select(row => numbers[(row * columns) + column])];
        return angles.Length == views ? angles : throw ProblemException.Invalid($"The tilt series has {views} projections; \"{table.Header.Name}\" holds {angles.Length} tilt angles.");
    }

    /// <summary>The pose of each view, which goes by <paramref name="angles"/>.</summary>
    /// <exception cref="ProblemException">The table does not hold six numbers for each view.</exception>
    public static async Task<ViewPose[]> PosesAsync(ISignal table, IReadOnlyList<double> angles, CancellationToken ct)
    {
        var (numbers, columns) = await NumbersAsync(table, ct);
        if (columns != 6 || numbers.Length != 6 * angles.Count)
        {
            throw ProblemException.Invalid($"Transforms need 6 numbers for each of the {angles.Count} views; found {numbers.Length / Math.Max(1, columns)} lines of {columns}.");
        }

        return [.. angles.Select((angle, view) => ImodText.Pose(numbers.AsSpan(6 * view, 6), angle))];
    }

    /// <summary>All numbers of a table, row by row, and how many are in a row.</summary>
    public static async Task<(double[] Numbers, int Columns)> NumbersAsync(ISignal table, CancellationToken ct)
    {
        var columns = (int)table.Header.Axes[^1].Size;
        var floats = new float[table.Header.FramePixels];
        await table.ReadAsync(0, floats, ct);
        return ([.. floats.Select(value => (double)value)], columns);
    }

    private static int Column(SignalHeader header, string[] names) =>
        header.Columns?.Select(column => column.Name).ToList().FindIndex(name => names.Contains(name, StringComparer.OrdinalIgnoreCase)) ?? -1;
}
