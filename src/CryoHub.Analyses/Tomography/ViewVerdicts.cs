namespace CryoHub.Analyses.Tomography;

/// <summary>Which views of a tilt series look as if they should be left out, and why, from their means and their fine detail.</summary>
internal static class ViewVerdicts
{
    private const int Fits = 8;

    /// <summary>What is wrong with each view, in words; empty where nothing is.</summary>
    /// <param name="degrees">Tilt angles.</param>
    /// <param name="means">Mean of each view.</param>
    /// <param name="details">Standard deviation of neighbouring pixels' differences in each view.</param>
    /// <param name="parameters">Tolerances.</param>
    public static (string[] Reasons, double[] Expected) Of(double[] degrees, double[] means, double[] details, TiltCleanParameters parameters)
    {
        var reasons = new string[means.Length];
        var expected = Course(degrees, means);
        var sorted = Enumerable.Range(0, means.Length).OrderBy(view => degrees[view]).ToArray();
        for (var rank = 0; rank < sorted.Length; rank++)
        {
            var view = sorted[rank];
            var off = expected[view] != 0 ? 100 * ((means[view] / expected[view]) - 1) : 0;
            int[] near = [.. sorted.Skip(Math.Max(0, rank - 2)).Take(5).Where(other => other != view)];
            var usual = near.Select(other => details[other]).Order().ElementAt(near.Length / 2);
            reasons[view] = details[view] == 0
                ? "empty: all pixels are the same"
                : Math.Abs(off) > parameters.BrightnessTolerance
                    ? FormattableString.Invariant($"{(off < 0 ? "dark" : "bright")}: mean {means[view]:g4}, expected {expected[view]:g4} ({off:+0;-0} %)")
                    : details[view] < (1 - (parameters.SharpnessTolerance / 100)) * usual
                        ? FormattableString.Invariant($"blurred: fine detail {details[view]:g3}, its neighbours {usual:g3}")
                        : "";
        }

        return (reasons, expected);
    }

    /// <summary>
    /// The mean a view should have: ln of the mean = a + b / cos t, as thickness grows with the tilt (Beer and Lambert), fitted by weighted least squares whose
    /// weights fall with the distance; 1 / cos t is held below 6.
    /// </summary>
    private static double[] Course(double[] degrees, double[] means)
    {
        double[] thickness = [.. degrees.Select(angle => Math.Min(6, 1 / Math.Max(1e-3, Math.Abs(Math.Cos(angle * Math.PI / 180)))))];
        if (means.Any(mean => mean <= 0))
        {
            var middle = means.Order().ElementAt(means.Length / 2);
            return [.. Enumerable.Repeat(middle, means.Length)];
        }

        double[] logs = [.. means.Select(mean => Math.Log(mean))];
        double[] weights;
        var (a, b) = (logs.Order().ElementAt(logs.Length / 2), 0.0);
        for (var fit = 0; fit < Fits; fit++)
        {
            double[] off = [.. logs.Select((log, i) => Math.Abs(log - a - (b * thickness[i])))];
            var scale = Math.Max(0.01, 1.4826 * off.Order().ElementAt(off.Length / 2));
            weights = [.. off.Select(distance => 1 / (1 + Math.Pow(distance / (2 * scale), 2)))];
            weights = [.. weights.Select(weight => weight < 0.1 ? 0 : weight)];
            var (w, wx, wy) = (weights.Sum(), weights.Zip(thickness, (p, x) => p * x).Sum(), weights.Zip(logs, (p, y) => p * y).Sum());
            var (wxx, wxy) = (weights.Zip(thickness, (p, x) => p * x * x).Sum(), weights.Select((p, i) => p * thickness[i] * logs[i]).Sum());
            var determinant = (w * wxx) - (wx * wx);
            (a, b) = determinant > 1e-9 * w * wxx ? (((wy * wxx) - (wx * wxy)) / determinant, ((w * wxy) - (wx * wy)) / determinant) : (wy / w, 0);
        }

        return [.. thickness.Select(t => Math.Exp(a + (b * t)))];
    }
}
