namespace CryoHub.Numerics.Fourier;

/// <summary>
/// Fourier shell correlation of two volumes: Re sum A B* / sqrt(sum |A|^2 sum |B|^2) over each shell of frequencies (Harauz and van Heel, Optik 73 (1986) 146).
/// </summary>
public static class ShellCorrelation
{
    /// <summary>
    /// Correlations of the shells, shell i round i / max(depth, rows, columns) cycles per voxel up to 1/2; <paramref name="counts"/> gets each shell's independent numbers.
    /// </summary>
    /// <param name="first">Half space [depth, rows, columns/2 + 1].</param>
    /// <param name="second">The other volume's.</param>
    /// <param name="depth">Slices.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Columns.</param>
    /// <param name="wedge">Directions in the plane of columns and slices steeper than this angle against the columns' axis, in degrees, were not measured and are left out; 90 for none.</param>
    /// <param name="counts">One number a shell.</param>
    public static double[] Of(ReadOnlySpan<float> first, ReadOnlySpan<float> second, int depth, int rows, int columns, double wedge, out double[] counts)
    {
        var (half, largest) = ((columns / 2) + 1, Math.Max(depth, Math.Max(rows, columns)));
        var shells = (largest / 2) + 1;
        var (cross, one, two) = (new double[shells], new double[shells], new double[shells]);
        counts = new double[shells];
        var steepest = wedge >= 90 ? double.PositiveInfinity : Math.Tan(wedge * Math.PI / 180);
        for (var z = 0; z < depth; z++)
        {
            var kz = (double)(z <= depth / 2 ? z : z - depth) / depth;
            for (var y = 0; y < rows; y++)
            {
                var ky = (double)(y <= rows / 2 ? y : y - rows) / rows;
                var offset = 2 * ((((long)z * rows) + y) * half);
                for (var x = 0; x < half; x++)
                {
                    var kx = (double)x / columns;
                    var shell = (int)Math.Round(Math.Sqrt((kx * kx) + (ky * ky) + (kz * kz)) * largest);
                    if (shell >= shells || Math.Abs(kz) > steepest * kx)
                    {
                        continue;
                    }

                    var at = (int)(offset + (2 * x));
                    var (ar, ai, br, bi) = (first[at], first[at + 1], second[at], second[at + 1]);
                    var twice = x == 0 || 2 * x == columns ? 1 : 2;
                    cross[shell] += twice * (((double)ar * br) + ((double)ai * bi));
                    one[shell] += twice * (((double)ar * ar) + ((double)ai * ai));
                    two[shell] += twice * (((double)br * br) + ((double)bi * bi));
                    counts[shell] += twice / 2.0;
                }
            }
        }

        var correlation = new double[shells];
        for (var i = 0; i < shells; i++)
        {
            correlation[i] = one[i] * two[i] > 0 ? cross[i] / Math.Sqrt(one[i] * two[i]) : double.NaN;
        }

        return correlation;
    }

    /// <summary>The frequency in cycles per voxel at which the curve first falls below <paramref name="threshold"/>, between shells on a straight line; NaN where it never does.</summary>
    public static double Crossing(ReadOnlySpan<double> correlation, double threshold)
    {
        for (var i = 2; i < correlation.Length; i++)
        {
            if (correlation[i] < threshold && correlation[i - 1] >= threshold)
            {
                return (i - 1 + ((correlation[i - 1] - threshold) / (correlation[i - 1] - correlation[i]))) / (2.0 * (correlation.Length - 1));
            }
        }

        return double.NaN;
    }
}
