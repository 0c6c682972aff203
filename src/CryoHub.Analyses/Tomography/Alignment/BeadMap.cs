using CryoHub.Numerics;
using CryoHub.Numerics.Fourier;

namespace CryoHub.Analyses.Tomography.Alignment;

/// <summary>
/// Correlation coefficient of every place of an image with an ideal bead, a disc with soft rim on an even ground: the sum by Fourier transform, the local variance by
/// sums over rectangles (Lewis, Vision Interface 1995, 120).
/// </summary>
internal sealed class BeadMap
{
    private readonly int rows;
    private readonly int columns;
    private readonly int reach;
    private readonly float[] map;

    /// <summary>The map of one image for beads of <paramref name="diameter"/> pixels.</summary>
    public BeadMap(float[] image, int rows, int columns, double diameter, bool dark)
    {
        (this.rows, this.columns) = (rows, columns);
        reach = (int)Math.Ceiling(diameter);
        var mean = (float)image.Average(pixel => (double)pixel);
        var disc = Disc(diameter, reach, dark);
        var side = (2 * reach) + 1;
        using var picture = new AlignedFloats(rows * columns);
        using var template = new AlignedFloats(rows * columns);
        for (var i = 0; i < image.Length; i++)
        {
            picture.Span[i] = image[i] - mean;
        }

        for (var i = 0; i < disc.Length; i++)
        {
            var (y, x) = (((i / side) - reach + rows) % rows, ((i % side) - reach + columns) % columns);
            template.Span[(y * columns) + x] = disc[i];
        }

        using var one = new AlignedFloats(rows * RealFourier.HalfLength(columns));
        using var two = new AlignedFloats(rows * RealFourier.HalfLength(columns));
        var (sums, squares) = Integrals(picture.Span);
        RealFourier.ForwardPlane(picture, rows, columns, one);
        RealFourier.ForwardPlane(template, rows, columns, two);
        var (a, b) = (one.Span.ToArray(), two.Span.ToArray());
        for (var i = 0; i < a.Length; i += 2)
        {
            one.Span[i] = (a[i] * b[i]) + (a[i + 1] * b[i + 1]);
            one.Span[i + 1] = (a[i + 1] * b[i]) - (a[i] * b[i + 1]);
        }

        RealFourier.InversePlane(one, rows, columns, picture);
        map = Normalise(picture.Span, sums, squares);
    }

    /// <summary>The highest places above <paramref name="threshold"/>, the best first, at least <paramref name="distance"/> apart.</summary>
    public List<(double X, double Y, double Score)> Peaks(double threshold, double distance, int most)
    {
        var places = new List<(int X, int Y, float Score)>();
        for (var y = reach; y < rows - reach; y++)
        {
            for (var x = reach; x < columns - reach; x++)
            {
                var score = map[(y * columns) + x];
                if (score >= threshold && IsHighest(x, y))
                {
                    places.Add((x, y, score));
                }
            }
        }

        var kept = new List<(double X, double Y, double Score)>();
        foreach (var (x, y, score) in places.OrderByDescending(place => place.Score))
        {
            var (fx, fy) = Refine(x, y);
            if (kept.Count < most && kept.All(other => double.Hypot(other.X - fx, other.Y - fy) >= distance))
            {
                kept.Add((fx, fy, score));
            }
        }

        return kept;
    }

    /// <summary>The highest place within <paramref name="radius"/> of (x, y), in pixels from the first one; <c>null</c> where none reaches <paramref name="threshold"/>.</summary>
    public (double X, double Y)? Near(double x, double y, double radius, double threshold)
    {
        var (best, at) = ((float)threshold, (X: -1, Y: -1));
        for (var row = Math.Max(1, (int)(y - radius)); row <= Math.Min(rows - 2, y + radius); row++)
        {
            for (var column = Math.Max(1, (int)(x - radius)); column <= Math.Min(columns - 2, x + radius); column++)
            {
                if (map[(row * columns) + column] >= best && double.Hypot(column - x, row - y) <= radius)
                {
                    (best, at) = (map[(row * columns) + column], (column, row));
                }
            }
        }

        return at.X < 0 ? null : Refine(at.X, at.Y);
    }

    private bool IsHighest(int x, int y)
    {
        for (var dy = -1; dy <= 1; dy++)
        {
            for (var dx = -1; dx <= 1; dx++)
            {
                if (map[((y + dy) * columns) + x + dx] > map[(y * columns) + x])
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>Vertex of the parabola through three neighbours, in x and in y.</summary>
    private (double X, double Y) Refine(int x, int y)
    {
        var at = (y * columns) + x;
        return (x + Vertex(map[at - 1], map[at], map[at + 1]), y + Vertex(map[at - columns], map[at], map[at + columns]));

        static double Vertex(double before, double here, double after) =>
            (2 * here) - before - after is var bend and > 0 && before > -1 && after > -1 ? Math.Clamp((after - before) / (2 * bend), -0.5, 0.5) : 0;
    }

    private float[] Normalise(ReadOnlySpan<float> correlation, double[] sums, double[] squares)
    {
        var result = new float[rows * columns];
        result.AsSpan().Fill(-1);
        var count = ((2 * reach) + 1) * ((2 * reach) + 1);
        for (var y = reach; y < rows - reach; y++)
        {
            for (var x = reach; x < columns - reach; x++)
            {
                var sum = Box(sums, x, y);
                var variance = Box(squares, x, y) - (sum * sum / count);
                var at = (y * columns) + x;
                result[at] = variance > 1e-9 * count ? (float)(correlation[at] / ((double)rows * columns * Math.Sqrt(variance))) : 0;
            }
        }

        return result;
    }

    private double Box(double[] integral, int x, int y)
    {
        var width = columns + 1;
        var (top, bottom) = ((y - reach) * width, (y + reach + 1) * width);
        return integral[bottom + x + reach + 1] - integral[bottom + x - reach] - integral[top + x + reach + 1] + integral[top + x - reach];
    }

    private (double[] Sums, double[] Squares) Integrals(ReadOnlySpan<float> image)
    {
        var width = columns + 1;
        var (sums, squares) = (new double[(rows + 1) * width], new double[(rows + 1) * width]);
        for (var y = 0; y < rows; y++)
        {
            var (sum, square) = (0.0, 0.0);
            for (var x = 0; x < columns; x++)
            {
                var pixel = (double)image[(y * columns) + x];
                sum += pixel;
                square += pixel * pixel;
                sums[((y + 1) * width) + x + 1] = sums[(y * width) + x + 1] + sum;
                squares[((y + 1) * width) + x + 1] = squares[(y * width) + x + 1] + square;
            }
        }

        return (sums, squares);
    }

    /// <summary>A disc in a square, mean 0 and length 1.</summary>
    private static float[] Disc(double diameter, int reach, bool dark)
    {
        var side = (2 * reach) + 1;
        var disc = new double[side * side];
        for (var i = 0; i < disc.Length; i++)
        {
            var distance = double.Hypot((i % side) - reach, (i / side) - reach);
            disc[i] = Math.Clamp((diameter / 2) + 0.5 - distance, 0, 1) * (dark ? -1 : 1);
        }

        var mean = disc.Average();
        var length = Math.Sqrt(disc.Sum(value => (value - mean) * (value - mean)));
        return [.. disc.Select(value => (float)((value - mean) / length))];
    }
}
