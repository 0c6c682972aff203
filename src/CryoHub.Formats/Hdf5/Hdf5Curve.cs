using CryoHub.Imaging;
using CryoHub.Imaging.Statistics;

namespace CryoHub.Formats.Hdf5;

/// <summary>The coordinates of an axis, kept in a dataset of their own.</summary>
internal static class Hdf5Curve
{
    private const long Longest = 1 << 22;

    /// <summary>Steps that differ by less than this part of a step are rounding of the writer.</summary>
    private const double Tolerance = 1e-4;

    /// <summary><c>null</c> where the path leads to no list of real numbers.</summary>
    public static double[]? Read(Hdf5File file, string path)
    {
        if (file.Dataset(path) is not { Pixel: { } pixel, Shape: [> 0 and <= Longest] } dataset || pixel.IsComplex() || pixel.IsColour())
        {
            return null;
        }

        var bytes = new byte[dataset.Count * pixel.Bytes()];
        file.ReadAll(dataset, bytes);
        var values = new double[dataset.Count];
        PixelConversion.ToDouble(pixel, bytes, values);
        return values;
    }

    /// <summary>An axis with step and origin where the coordinates are equally spaced, with all of them where they are not; coordinates that are no numbers count for nothing.</summary>
    public static Axis Axis(string name, string unit, IReadOnlyList<double> values)
    {
        var role = AxisRoles.Of(name, unit);
        var step = values.Count > 1 ? (values[^1] - values[0]) / (values.Count - 1) : 1;
        if (values.Any(value => !double.IsFinite(value)) || (step == 0 && values.Count > 1))
        {
            return new Axis(name, values.Count, "", role);
        }

        var linear = values.Select((value, i) => Math.Abs(value - values[0] - (i * step))).Max() <= Math.Abs(step) * Tolerance;
        return linear ? new Axis(name, values.Count, unit, role, step, values[0]) : new Axis(name, values.Count, unit, role, Values: [.. values]);
    }
}
