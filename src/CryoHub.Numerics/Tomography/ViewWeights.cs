namespace CryoHub.Numerics.Tomography;

/// <summary>How much of the half circle each projection stands for.</summary>
public static class ViewWeights
{
    /// <summary>
    /// Weight in radians of each view: half the distance to both neighbours on the half circle (angles count modulo 180 degrees), so that +90 and -90, the same
    /// direction, count half each. The missing wedge is nobody's: the gap from the last tilt round to the first, where it exceeds 1.5 times the median, counts as
    /// wide as the gap on the view's other side; a tilt missing in between is made up for by its neighbours. Full coverage sums to pi. One view weighs pi.
    /// </summary>
    /// <param name="degrees">Tilt angles in any order.</param>
    public static double[] Of(ReadOnlySpan<double> degrees)
    {
        var count = degrees.Length;
        var weights = new double[count];
        if (count < 2)
        {
            weights.AsSpan().Fill(Math.PI);
            return weights;
        }

        var order = new int[count];
        var folded = new double[count];
        for (var i = 0; i < count; i++)
        {
            order[i] = i;
            folded[i] = Fold(degrees[i]);
        }

        Array.Sort(folded, order);
        var gaps = new double[count]; // gaps[i] lies behind view i; the last one closes the half circle
        for (var i = 0; i < count; i++)
        {
            gaps[i] = i + 1 < count ? folded[i + 1] - folded[i] : folded[0] + 180 - folded[^1];
        }

        var wedge = Wedge(degrees, order, gaps);
        for (var i = 0; i < count; i++)
        {
            var before = (i + count - 1) % count;
            var left = before == wedge ? gaps[i] : gaps[before];
            var right = i == wedge ? gaps[before] : gaps[i];
            weights[order[i]] = (left + right) / 2 * Math.PI / 180;
        }

        return weights;
    }

    /// <summary>The missing wedge in degrees: the largest gap between neighbouring views beyond a common step, 0 where the half circle is covered.</summary>
    public static double MissingWedge(ReadOnlySpan<double> degrees)
    {
        var covered = 0.0;
        foreach (var weight in Of(degrees))
        {
            covered += weight;
        }

        return degrees.Length < 2 ? 180 : Math.Max(0, Math.Round(180 - (covered * 180 / Math.PI), 6));
    }

    /// <summary>Angle modulo 180, with values a rounding error below 180 taken for 0.</summary>
    private static double Fold(double degrees)
    {
        var folded = degrees - (180 * Math.Floor(degrees / 180));
        return folded > 180 - 1e-6 ? 0 : folded;
    }

    /// <summary>Index of the gap behind the highest tilt where that is the missing wedge, else -1.</summary>
    private static int Wedge(ReadOnlySpan<double> degrees, int[] order, double[] gaps)
    {
        var (lowest, highest) = (0, 0);
        for (var i = 1; i < degrees.Length; i++)
        {
            lowest = degrees[i] < degrees[lowest] ? i : lowest;
            highest = degrees[i] > degrees[highest] ? i : highest;
        }

        var sorted = (double[])gaps.Clone();
        Array.Sort(sorted);
        var closing = 180 - (degrees[highest] - degrees[lowest]);
        return gaps.Length > 2 && closing > 1.5 * sorted[sorted.Length / 2] ? Array.IndexOf(order, highest) : -1;
    }
}
