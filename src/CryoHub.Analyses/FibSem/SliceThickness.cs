namespace CryoHub.Analyses.FibSem;

/// <summary>
/// Thickness of each slice from its likeness to the one before: along x the picture tells how likeness falls with distance, and the specimen is taken to be
/// alike in all directions (Sporring et al., Information Processing in Medical Imaging 2009, 126; Hanslovsky et al., Bioinformatics 33 (2017) 1379).
/// </summary>
internal sealed class SliceThickness(int rows, int columns)
{
    private const int Reach = 48; // px

    private readonly double[] likeness = new double[Reach + 1];
    private int slices;

    /// <summary>Adds a slice to the likeness along x.</summary>
    public void Learn(float[] slice)
    {
        var mean = slice.Average(pixel => (double)pixel);
        var variance = slice.Average(pixel => (pixel - mean) * (pixel - mean));
        for (var d = 1; d <= Reach; d++)
        {
            var (sum, count) = (0.0, 0);
            for (var y = 0; y < rows; y++)
            {
                for (var x = 0; x + d < columns; x++)
                {
                    sum += (slice[(y * columns) + x] - mean) * (slice[(y * columns) + x + d] - mean);
                    count++;
                }
            }

            likeness[d] += variance > 0 ? sum / (count * variance) : 0;
        }

        slices++;
    }

    /// <summary>Correlation coefficient of two slices, a rim left out.</summary>
    public double Likeness(float[] one, float[] two, int rim)
    {
        var (a, b, aa, bb, ab, n) = (0.0, 0.0, 0.0, 0.0, 0.0, 0);
        for (var y = rim; y < rows - rim; y++)
        {
            for (var x = rim; x < columns - rim; x++)
            {
                var (p, q) = ((double)one[(y * columns) + x], (double)two[(y * columns) + x]);
                (a, b, aa, bb, ab, n) = (a + p, b + q, aa + (p * p), bb + (q * q), ab + (p * q), n + 1);
            }
        }

        var (va, vb) = (aa - (a * a / n), bb - (b * b / n));
        return va > 0 && vb > 0 ? (ab - (a * b / n)) / Math.Sqrt(va * vb) : 0;
    }

    /// <summary>The distance in pixels at which the picture is as like itself along x; NaN where it never is.</summary>
    public double Distance(double alike)
    {
        for (var d = 1; d < Reach; d++)
        {
            var (near, far) = (likeness[d] / slices, likeness[d + 1] / slices);
            if (alike >= far && near > far)
            {
                return Math.Max(0.05, d + ((near - alike) / (near - far))); // below one pixel the first step's slope goes on
            }
        }

        return double.NaN;
    }
}
