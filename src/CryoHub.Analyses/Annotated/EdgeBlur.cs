using CryoHub.Analyses.Profiles;

namespace CryoHub.Analyses.Annotated;

/// <summary>How sharp a boundary is in the picture: the mean profile across it, fitted by a step blurred by a Gaussian.</summary>
internal static class EdgeBlur
{
    private const int Half = 12; // pixels to either side
    private const int LeastRays = 4;

    /// <summary>Standard deviation of the blur and how far the steepest place lies from the drawn line (outwards positive), both in pixels; <c>null</c> where no step is seen.</summary>
    /// <param name="picture">Grey values; NaN is left out.</param>
    /// <param name="width">Pixels of a row.</param>
    /// <param name="rays">Places of the boundary and outward normals, in pixels.</param>
    /// <param name="layerPixels">Thickness of the layer: the other boundary must stay out of the profile.</param>
    public static (double Sigma, double Offset)? Of(float[] picture, int width, IReadOnlyList<(double X, double Y, double NormalX, double NormalY)> rays, double layerPixels)
    {
        var half = Math.Clamp((int)(layerPixels / 2), 4, Half);
        var (sums, counts) = (new double[(4 * half) + 1], new double[(4 * half) + 1]);
        foreach (var (x, y, nx, ny) in rays)
        {
            for (var i = 0; i < sums.Length; i++)
            {
                var t = (i / 2.0) - half;
                var value = At(picture, width, x + (t * nx) - 0.5, y + (t * ny) - 0.5);
                if (!double.IsNaN(value))
                {
                    sums[i] += value;
                    counts[i]++;
                }
            }
        }

        int[] used = [.. Enumerable.Range(0, sums.Length).Where(i => counts[i] >= LeastRays)];
        if (used.Length < 12)
        {
            return null;
        }

        double[] mean = [.. used.Select(i => sums[i] / counts[i])];
        var spread = mean.Max() - mean.Min();
        if (!(spread > 0))
        {
            return null;
        }

        var fit = StepFit.Best([.. used.Select(i => (i / 2.0) - half)], [.. mean.Select(value => (value - mean[0]) / spread)], [.. used.Select(_ => 1.0)]);
        return fit is { Edges: 1 } && Math.Abs(fit.Parameters[2]) < half ? (fit.Parameters[3], fit.Parameters[2]) : null;
    }

    private static double At(float[] picture, int width, double x, double y)
    {
        var (column, row) = ((int)Math.Floor(x), (int)Math.Floor(y));
        if (column < 0 || row < 0 || column + 1 >= width || row + 1 >= picture.Length / width)
        {
            return double.NaN;
        }

        var (s, t, i) = (x - column, y - row, (row * width) + column);
        var upper = picture[i] + (s * (picture[i + 1] - picture[i]));
        var lower = picture[i + width] + (s * (picture[i + width + 1] - picture[i + width]));
        return upper + (t * (lower - upper));
    }
}
