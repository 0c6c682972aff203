using System.Text.RegularExpressions;
using CryoHub.Formats.Hdf5;
using CryoHub.Imaging;
using CryoHub.Imaging.Statistics;

namespace CryoHub.Formats.Emd;

/// <summary>One array of an EMD file with its axes, and the stack it belongs to.</summary>
/// <param name="Dataset">The array.</param>
/// <param name="Name">Name of its group.</param>
/// <param name="Stack">Path that the members of a stack share: Prismatic writes one group for each depth.</param>
/// <param name="Axes">Slowest first.</param>
/// <param name="Dimensions">The array's dimension of each axis.</param>
internal sealed partial record BerkeleyArray(Hdf5Dataset Dataset, string Name, string Stack, IReadOnlyList<Axis> Axes, IReadOnlyList<int> Dimensions)
{
    private const long LongestAxis = 1 << 24;

    /// <summary><c>null</c> where the group is no EMD group or holds no numbers.</summary>
    public static BerkeleyArray? Find(Hdf5File file, string group, IReadOnlyList<string> names)
    {
        if (file.Attributes(group)["emd_group_type"] is not { } type || names.FirstOrDefault(name => file.Dataset($"{group}/{name}") is not null) is not { } array)
        {
            return null;
        }

        var dataset = file.Dataset($"{group}/{array}")!;
        if (dataset.Pixel is null || dataset.Count == 0)
        {
            return null;
        }

        // EMD 0.2 counts its dimensions from 1, fastest last in the file but shown first: x, y, then the stack. py4DSTEM and data cubes stand as they are.
        var rank = dataset.Shape.Count;
        var fromZero = file.Dataset($"{group}/dim0") is not null;
        var asStored = fromZero || array == "datacube" || type.ToString() == "array";
        var dimensions = Enumerable.Range(0, rank).Select(axis => asStored ? axis : rank - 1 - axis).ToArray();
        var axes = dimensions.Select(dimension => ReadAxis(file, $"{group}/dim{dimension + (fromZero ? 0 : 1)}", dataset.Shape[dimension], dimension)).ToArray();
        var name = Depth().Replace(group[(group.LastIndexOf('/') + 1)..], "");
        return new BerkeleyArray(dataset, name, group.StartsWith("/4DSTEM_simulation", StringComparison.Ordinal) ? Numbered().Replace(dataset.Path, "/") : dataset.Path, axes, dimensions);
    }

    private static Axis ReadAxis(Hdf5File file, string path, long size, int dimension)
    {
        var attributes = file.Attributes(path);
        var name = attributes["name"]?.ToString() is { Length: > 0 } given ? given : $"dim{dimension + 1}";
        var unit = Unit(attributes["units"]?.ToString() ?? "");
        var (step, origin) = Scale(file, path);
        return new Axis(name, size, unit, Role(name, unit), step, origin);
    }

    // The dimension's values: all of them, or its first two.
    private static (double Step, double Origin) Scale(Hdf5File file, string path)
    {
        if (file.Dataset(path) is not { Pixel: { } pixel, Shape: [>= 2 and <= LongestAxis and var count] } dataset || pixel.IsComplex() || pixel.IsColour())
        {
            return (1, 0);
        }

        var bytes = new byte[count * pixel.Bytes()];
        file.Read(dataset, [0], [count], bytes);
        var values = new double[count];
        PixelConversion.ToDouble(pixel, bytes, values);
        var step = (values[^1] - values[0]) / (count - 1);
        return double.IsFinite(step) && step != 0 && double.IsFinite(values[0]) ? (step, values[0]) : (1, 0);
    }

    // "[n_m]" is nm, "[]" nothing.
    private static string Unit(string text) => Bracketed().Matches(text) is { Count: > 0 } matches
        ? string.Join(" * ", matches.Select(match => match.Groups[1].Value.Replace("_", "", StringComparison.Ordinal))).Trim()
        : text.Contains('[', StringComparison.Ordinal) ? "" : text;

    private static AxisRole Role(string name, string unit) => unit switch
    {
        "eV" or "keV" => AxisRole.Energy,
        "mrad" or "rad" or "A^-1" or "1/nm" => AxisRole.Reciprocal,
        "s" or "ms" => AxisRole.Time,
        _ => name.StartsWith("Q_", StringComparison.Ordinal) ? AxisRole.Reciprocal : AxisRole.Space,
    };

    [GeneratedRegex(@"\[(.+?)\]")]
    private static partial Regex Bracketed();

    [GeneratedRegex(@"_depth\d{4}$")]
    private static partial Regex Depth();

    [GeneratedRegex(@"\d{4}/")]
    private static partial Regex Numbered();
}
