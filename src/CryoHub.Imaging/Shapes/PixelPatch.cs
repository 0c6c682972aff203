using CryoHub.Imaging.Labels;
using CryoHub.Imaging.Statistics;

namespace CryoHub.Imaging.Shapes;

/// <summary>The part of a mask that holds all its set pixels, by rows.</summary>
/// <param name="X">Column of its left edge in the picture.</param>
/// <param name="Y">Row of its upper edge in the picture.</param>
/// <param name="Width">Columns; 0 where no pixel is set.</param>
/// <param name="Height">Rows; 0 where no pixel is set.</param>
/// <param name="Mask">Rows of <paramref name="Width"/> pixels.</param>
public sealed record PixelPatch(int X, int Y, int Width, int Height, bool[] Mask)
{
    private const int EllipseCorners = 720;    // 0.001 % less area than the ellipse
    private const double LineStep = 0.25;      // px between two places along a line: no pixel that it crosses by more than that is missed

    /// <summary>
    /// The pixels of a picture that a shape takes: of an area those whose middles lie inside (even-odd rule), of a line those that it passes, of a point its own.
    /// </summary>
    public static PixelPatch Of(ShapeGeometry shape, long width, long height)
    {
        var places = shape.IsArea ? null : Passed(shape.Rings[0], width, height);
        var rings = shape.Kind == ShapeKind.Ellipse ? [EllipseOutline.Of(shape.Rings[0], EllipseCorners)] : shape.Rings;
        var box = places is null ? new ShapeGeometry(ShapeKind.Polygon, rings).Box() : BoxOf(places);
        var (x, y) = ((int)Math.Clamp(Math.Floor(box.Left), 0, width), (int)Math.Clamp(Math.Floor(box.Top), 0, height));
        var (wide, high) = ((int)Math.Clamp(Math.Ceiling(box.Right), x, width) - x, (int)Math.Clamp(Math.Ceiling(box.Bottom), y, height) - y);
        var mask = new bool[checked(wide * high)];
        foreach (var (column, row) in places ?? [])
        {
            mask[((row - y) * wide) + column - x] = true;
        }

        foreach (var ring in places is null ? rings : [])
        {
            foreach (var run in StrokeRows.Of(new Stroke(StrokeKind.Polygon, 1, ring), new(x, y, 0, wide, high, 1)))
            {
                for (var i = run.Start; i < run.End; i++)
                {
                    mask[i] ^= true;   // a ring inside another is a hole
                }
            }
        }

        return new(x, y, wide, high, mask);
    }

    /// <summary>Its outlines with their holes, in pixels of the picture.</summary>
    public IReadOnlyList<IReadOnlyList<double[]>> Outlines()
    {
        var rings = MaskOutline.Of(Mask, Width, Height);
        foreach (var ring in rings)
        {
            for (var i = 0; i < ring.Length; i += 2)
            {
                ring[i] += X;
                ring[i + 1] += Y;
            }
        }

        return RingNesting.Of(rings);
    }

    /// <summary>Adds the set pixels of some rows to statistics.</summary>
    /// <param name="row">First of the rows, counted in this patch.</param>
    /// <param name="bytes">Whole rows of the patch's width, native type, little endian.</param>
    /// <param name="pixel">Type of one pixel.</param>
    /// <param name="statistics">What they are added to.</param>
    public void AddTo(RunningStatistics statistics, int row, ReadOnlySpan<byte> bytes, PixelType pixel)
    {
        var size = pixel.Bytes();
        for (var (at, end) = (row * Width, (row * Width) + (bytes.Length / size)); at < end;)
        {
            if (!Mask[at])
            {
                at++;
                continue;
            }

            var run = Mask.AsSpan(at, end - at).IndexOf(false) is var stop and >= 0 ? stop : end - at;
            statistics.Add(pixel, bytes.Slice((at - (row * Width)) * size, run * size));
            at += run;
        }
    }

    private static HashSet<(int X, int Y)> Passed(double[] ring, long width, long height)
    {
        var pixels = new HashSet<(int, int)>();
        for (var i = 0; i < ring.Length; i += 2)
        {
            var from = Math.Max(0, i - 2);
            var (x0, y0, dx, dy) = (ring[from], ring[from + 1], ring[i] - ring[from], ring[i + 1] - ring[from + 1]);
            var (first, last) = Meet(x0, dx, width, Meet(y0, dy, height, (0, 1)));
            var steps = (int)Math.Ceiling(Math.Max(0, last - first) * double.Hypot(dx, dy) / LineStep);
            for (var n = 0; n <= steps && first <= last; n++)
            {
                var t = first + ((last - first) * n / Math.Max(1, steps));
                var (x, y) = (Math.Floor(x0 + (t * dx)), Math.Floor(y0 + (t * dy)));
                if (x >= 0 && y >= 0 && x < width && y < height)
                {
                    pixels.Add(((int)x, (int)y));
                }
            }
        }

        return pixels;
    }

    /// <summary>The part of a line, as shares of its length, that lies between 0 and <paramref name="size"/> (Liang and Barsky).</summary>
    private static (double First, double Last) Meet(double start, double length, long size, (double First, double Last) part)
    {
        if (length == 0)
        {
            return start >= 0 && start <= size ? part : (1, 0);
        }

        var (a, b) = (-start / length, (size - start) / length);
        return (Math.Max(part.First, Math.Min(a, b)), Math.Min(part.Last, Math.Max(a, b)));
    }

    private static ShapeBox BoxOf(HashSet<(int X, int Y)> places) => places.Count == 0 ? new(0, 0, 0, 0)
        : new(places.Min(place => place.X), places.Min(place => place.Y), places.Max(place => place.X) + 1, places.Max(place => place.Y) + 1);
}
