using CryoHub.Numerics.Tomography.Alignment;

namespace CryoHub.Analyses.Tomography.Alignment;

/// <summary>
/// Alignment of an isolated object in dark field: its mass, summed across the tilt axis, is the same profile along the axis at every tilt, and its centre of mass,
/// projected across the axis, follows X cos t + Z sin t; put on the axis it stays there (Scott et al., Nature 483 (2012) 444, doi:10.1038/nature10934).
/// </summary>
internal sealed class MassProfile(TiltViews views)
{
    private const int Passes = 20;
    private const double SearchDegrees = 10;

    /// <summary>
    /// Where nothing states the axis: 0 deg (the image's y axis) or 90 deg (its x axis). An object that stays long at every tilt lies along the axis, as a needle in
    /// its holder does; of another, the axis is where the profiles agree better.
    /// </summary>
    public double UprightOrLevel()
    {
        const double elongated = 2;
        var ratio = Length(90) / Length(0);
        return ratio > elongated || (ratio > 1 / elongated && Disagreement(90) < Disagreement(0)) ? 90 : 0;
    }

    /// <summary>Direction of the axis near <paramref name="start"/> at which the views' profiles along it agree best; <c>null</c> where they agree better and better up to the end of the search.</summary>
    public double? Axis(double start)
    {
        var best = start;
        foreach (var step in new[] { 1.0, 0.25, 0.05 })
        {
            var around = best;
            var reach = step == 1 ? (int)SearchDegrees : 4;
            best = Enumerable.Range(-reach, (2 * reach) + 1).Select(i => around + (i * step)).MinBy(Disagreement);
        }

        return Math.Abs(best - start) < SearchDegrees - 1 ? best : null;
    }

    /// <summary>Shifts in search pixels for an axis of that direction.</summary>
    public (double X, double Y)[] Shifts(double axis)
    {
        var profiles = Profiles(axis);
        var along = Along(profiles);
        var shifts = new (double X, double Y)[views.Count];
        for (var view = 0; view < views.Count; view++)
        {
            (shifts[view].X, shifts[view].Y) = new ViewPose(0, axis, 1, 0, 0).Place(profiles[view].Across, along[view]);
        }

        return shifts;
    }

    /// <summary>Standard deviation of the mean profile along the axis, in search pixels.</summary>
    private double Length(double axis)
    {
        var profiles = Profiles(axis);
        double[] mean = [.. Mean(profiles, new double[profiles.Length]).Select(value => Math.Max(value, 0))];
        var total = mean.Sum();
        var centre = mean.Select((value, i) => i * value).Sum() / total;
        return Math.Sqrt(mean.Select((value, i) => (i - centre) * (i - centre) * value).Sum() / total);
    }

    private double Disagreement(double axis)
    {
        var profiles = Profiles(axis);
        var along = Along(profiles);
        var mean = Mean(profiles, along);
        var strength = mean.Sum(value => value * value); // an oblique sum is smoother, and smooth profiles differ less
        return profiles.Select((profile, view) => Difference(profile.Values, mean, along[view])).Sum() / strength;
    }

    /// <summary>Where each profile lies along the axis: first by its centre, then where it fits the mean of all best.</summary>
    private static double[] Along((double[] Values, double Across, double Centre)[] profiles)
    {
        double[] along = [.. profiles.Select(profile => profile.Centre)];
        for (var pass = 0; pass < Passes; pass++)
        {
            var mean = Mean(profiles, along);
            var moved = 0.0;
            for (var view = 0; view < profiles.Length; view++)
            {
                var (values, at) = (profiles[view].Values, along[view]);
                var (before, here, after) = (Difference(values, mean, at - 0.5), Difference(values, mean, at), Difference(values, mean, at + 0.5));
                var bend = before + after - (2 * here);
                var step = bend > 0 ? Math.Clamp(0.25 * (before - after) / bend, -0.5, 0.5) : 0;
                along[view] += step;
                moved = Math.Max(moved, Math.Abs(step));
            }

            var middle = along.Average() - profiles.Average(profile => profile.Centre); // the mean profile must not wander
            for (var view = 0; view < along.Length; view++)
            {
                along[view] -= middle;
            }

            if (moved < 1e-3)
            {
                break;
            }
        }

        return along;
    }

    private static double[] Mean((double[] Values, double Across, double Centre)[] profiles, double[] along)
    {
        var mean = new double[profiles[0].Values.Length];
        for (var i = 0; i < mean.Length; i++)
        {
            var v = i - ((mean.Length - 1) / 2.0);
            mean[i] = profiles.Select((profile, view) => At(profile.Values, v + along[view])).Average();
        }

        return mean;
    }

    private static double Difference(double[] profile, double[] mean, double shift)
    {
        var sum = 0.0;
        for (var i = 0; i < mean.Length; i++)
        {
            var difference = At(profile, i - ((mean.Length - 1) / 2.0) + shift) - mean[i];
            sum += difference * difference;
        }

        return sum;
    }

    private static double At(double[] profile, double fromMiddle)
    {
        var at = Math.Clamp(fromMiddle + ((profile.Length - 1) / 2.0), 0, profile.Length - 1);
        var low = (int)at;
        return profile[low] + ((at - low) * (profile[Math.Min(low + 1, profile.Length - 1)] - profile[low]));
    }

    /// <summary>Of each view, its mass along the axis as a share of the whole, its centre of mass across the axis and along it, from the middle.</summary>
    private (double[] Values, double Across, double Centre)[] Profiles(double axis)
    {
        var pose = new ViewPose(0, axis, 1, 0, 0);
        var length = (int)Math.Ceiling(double.Hypot(views.Rows, views.Columns)) + 2;
        var profiles = new (double[], double, double)[views.Count];
        Parallel.For(0, views.Count, view =>
        {
            var (image, vacuum) = (views.Images[view], Vacuum(views.Images[view]));
            var (values, mass, across, along) = (new double[length], 0.0, 0.0, 0.0);
            for (var i = 0; i < image.Length; i++)
            {
                var (u, v) = pose.Lift((i % views.Columns) - ((views.Columns - 1) / 2.0), (i / views.Columns) - ((views.Rows - 1) / 2.0));
                var weight = image[i] - vacuum;
                (mass, across, along) = (mass + weight, across + (weight * u), along + (weight * v));
                var at = v + ((length - 1) / 2.0);
                values[(int)at] += weight * (1 - (at - (int)at));
                values[(int)at + 1] += weight * (at - (int)at);
            }

            for (var i = 0; i < length; i++)
            {
                values[i] /= mass;
            }

            profiles[view] = (values, across / mass, along / mass);
        });
        return profiles;
    }

    /// <summary>The level beside the object: the mean of the medians of the two emptiest borders, as a needle leaves the frame on two sides.</summary>
    private double Vacuum(float[] image)
    {
        var (rows, columns) = (views.Rows, views.Columns);
        float[][] borders =
        [
            image[..columns],
            image[^columns..],
            [.. Enumerable.Range(0, rows).Select(y => image[y * columns])],
            [.. Enumerable.Range(0, rows).Select(y => image[((y + 1) * columns) - 1])],
        ];
        return borders.Select(border => border.Order().ElementAt(border.Length / 2)).Order().Take(2).Average();
    }
}
