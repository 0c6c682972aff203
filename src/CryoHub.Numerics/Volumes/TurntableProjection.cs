namespace CryoHub.Numerics.Volumes;

/// <summary>
/// Parallel projections of a volume [z, y, x] that turns about z. At angle 0 the picture runs along x and the eye looks along y; at 90 degrees it runs along y.
/// Samples lie one picture pixel apart along each ray and are interpolated bilinearly within the slice.
/// </summary>
public static class TurntableProjection
{
    /// <summary>One slice seen from its edge: a row of the picture.</summary>
    /// <param name="slice">Pixels [y, x]; those that are no numbers are passed over.</param>
    /// <param name="height">Rows of the slice.</param>
    /// <param name="width">Pixels of a row.</param>
    /// <param name="stepY">Distance of the rows, in the unit of <paramref name="pixel"/>.</param>
    /// <param name="stepX">Distance of the pixels of a row, in the same unit.</param>
    /// <param name="angle">Angle in radians, from x towards y.</param>
    /// <param name="pixel">Edge of a picture pixel.</param>
    /// <param name="maximum">The largest value along the ray; else the mean of what lies inside.</param>
    /// <param name="row">The row, its middle at the middle of the slice; NaN where a ray meets nothing.</param>
    public static void Row(ReadOnlySpan<float> slice, int height, int width, double stepY, double stepX, double angle, double pixel, bool maximum, Span<float> row)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(slice.Length, height * width, nameof(slice));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(pixel);
        var (sin, cos) = Math.SinCos(angle);
        var half = 0.5 * Math.Sqrt((height * stepY * height * stepY) + (width * stepX * width * stepX));
        var samples = (int)Math.Ceiling(2 * half / pixel);
        var (alongX, alongY) = ((float)(-sin * pixel / stepX), (float)(cos * pixel / stepY));
        for (var u = 0; u < row.Length; u++)
        {
            var across = (u + 0.5 - (row.Length / 2.0)) * pixel;
            var start = (0.5 - (samples / 2.0)) * pixel;
            var x = (float)((((across * cos) - (start * sin)) / stepX) + ((width - 1) / 2.0));
            var y = (float)((((across * sin) + (start * cos)) / stepY) + ((height - 1) / 2.0));
            var (sum, count, most) = (0.0, 0, float.NegativeInfinity);
            for (var k = 0; k < samples; k++, x += alongX, y += alongY)
            {
                if (x < -0.5f || y < -0.5f || x > width - 0.5f || y > height - 0.5f)
                {
                    continue;
                }

                var value = Sample(slice, height, width, y, x);
                if (float.IsFinite(value))
                {
                    sum += value;
                    count++;
                    most = Math.Max(most, value);
                }
            }

            row[u] = count == 0 ? float.NaN : maximum ? most : (float)(sum / count);
        }
    }

    /// <summary>Between four pixels; the outer half of an outer pixel has the pixel's value.</summary>
    private static float Sample(ReadOnlySpan<float> slice, int height, int width, float y, float x)
    {
        var (heldX, heldY) = (Math.Clamp(x, 0, width - 1), Math.Clamp(y, 0, height - 1));
        var (left, top) = ((int)heldX, (int)heldY);
        var (right, below) = (left + 1 < width ? 1 : 0, top + 1 < height ? width : 0);
        var (partX, partY) = (heldX - left, heldY - top);
        var at = (top * width) + left;
        var upper = slice[at] + (partX * (slice[at + right] - slice[at]));
        var lower = slice[at + below] + (partX * (slice[at + below + right] - slice[at + below]));
        return upper + (partY * (lower - upper));
    }
}
