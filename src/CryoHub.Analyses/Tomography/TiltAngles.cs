using CryoHub.Imaging;
using CryoHub.Numerics.Tomography;

namespace CryoHub.Analyses.Tomography;

/// <summary>The angle of each projection, from the parameters or the file.</summary>
internal static class TiltAngles
{
    /// <exception cref="ProblemException">There are none, too few, or another number than projections.</exception>
    public static double[] Of(Axis axis, TomogramWbpParameters parameters) => Of(axis, parameters.Angles, parameters.TiltOffset, "A tomogram");

    /// <exception cref="ProblemException">There are none, too few, or another number than projections.</exception>
    public static double[] Of(Axis axis, IReadOnlyList<double> stated, double offset, string what)
    {
        var count = axis.Size;
        if (count < 2)
        {
            throw ProblemException.Invalid($"{what} needs at least 2 tilts, found {count}.");
        }

        if (count > BackProjection.MostViews)
        {
            throw ProblemException.Invalid($"{what} takes at most {BackProjection.MostViews} tilts, found {count}.");
        }

        var given = stated.Count > 0 ? stated : FromFile(axis);
        if (given.Count != count)
        {
            throw ProblemException.Invalid($"The tilt series has {count} projections; {given.Count} tilt angles are given.");
        }

        double[] angles = [.. given.Select(angle => angle + offset)];
        if (angles.Any(angle => !double.IsFinite(angle)))
        {
            throw ProblemException.Invalid($"Tilt angle {Array.FindIndex(angles, angle => !double.IsFinite(angle))} of {count} is not a number.");
        }

        return angles.All(angle => Math.Abs(angle - angles[0]) < 1e-6) ? throw ProblemException.Invalid($"All {count} tilt angles are the same ({angles[0]} deg).") : angles;
    }

    /// <summary>The frames that are used, of <paramref name="count"/>.</summary>
    /// <exception cref="ProblemException">A view that is not there is excluded, or fewer than two are left.</exception>
    public static int[] Kept(int count, IReadOnlyList<int> excluded)
    {
        if (excluded.FirstOrDefault(view => view < 1 || view > count) is var wrong and not 0)
        {
            throw ProblemException.Invalid($"View {wrong} cannot be excluded: the series has views 1 to {count}.");
        }

        int[] kept = [.. Enumerable.Range(0, count).Where(frame => !excluded.Contains(frame + 1))];
        return kept.Length >= 2 ? kept : throw ProblemException.Invalid($"Of {count} views {count - kept.Length} are excluded; at least 2 are needed.");
    }

    /// <summary>The same angle twice, in words; <c>null</c> where all differ.</summary>
    public static string? Duplicates(IReadOnlyList<double> angles)
    {
        var twice = angles.Select((angle, view) => (angle, view)).GroupBy(pair => Math.Round(pair.angle, 3)).Where(group => group.Count() > 1).ToList();
        return twice.Count == 0 ? null : $"{twice.Sum(group => group.Count())} views share an angle with another, the first at {twice[0].Key:0.###} deg (views {string.Join(", ", twice[0].Select(pair => pair.view + 1))}): each counts for its share.";
    }

    private static IReadOnlyList<double> FromFile(Axis axis)
    {
        if (axis.Role != AxisRole.Tilt || (axis.Values is null && !axis.IsCalibrated))
        {
            throw ProblemException.Invalid($"The file states no tilt angles: give {axis.Size}, one for each projection, with the parameter or the input \"angles\".");
        }

        var degrees = axis.Unit is "rad" ? 180 / Math.PI : 1;
        return [.. Enumerable.Range(0, (int)axis.Size).Select(i => axis.At(i) * degrees)];
    }
}
