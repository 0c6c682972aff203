namespace CryoHub.Imaging.Shapes;

/// <summary>Sizes of a shape in the unit of its picture; <c>null</c> where the kind has no such size.</summary>
/// <param name="Unit">Unit of lengths, <c>px</c> where the picture is not calibrated; areas are in its square.</param>
/// <param name="Length">Of an open line; both arms together of an angle.</param>
/// <param name="Area">Without the holes.</param>
/// <param name="Perimeter">Of the outer ring and all holes.</param>
/// <param name="EquivalentDiameter">Of the circle of the same area.</param>
/// <param name="AspectRatio">Long to short axis of the ellipse with the same second moments, at least 1.</param>
/// <param name="OrientationDeg">Of that long axis, or of a line: counter-clockwise from the x axis as seen on screen, 0 to below 180 degrees.</param>
/// <param name="AngleDeg">Between two arms, 0 to 180 degrees.</param>
public sealed record ShapeMeasures(
    string Unit, double? Length = null, double? Area = null, double? Perimeter = null, double? EquivalentDiameter = null, double? AspectRatio = null,
    double? OrientationDeg = null, double? AngleDeg = null)
{
    /// <summary>Measures a shape on pixels of <paramref name="width"/> by <paramref name="height"/>.</summary>
    /// <param name="shape">A shape that <see cref="ShapeRules"/> has let pass.</param>
    /// <param name="width">Size of a pixel along x, in <paramref name="unit"/>.</param>
    /// <param name="height">Size of a pixel along y, in <paramref name="unit"/>.</param>
    /// <param name="unit">Unit of both.</param>
    public static ShapeMeasures Of(ShapeGeometry shape, double width, double height, string unit)
    {
        (width, height) = (Math.Abs(width), Math.Abs(height));
        var rings = shape.Rings.Select(ring => Scaled(ring, width, height)).ToArray();
        var first = rings[0];
        return shape.Kind switch
        {
            ShapeKind.Point or ShapeKind.Text => new(unit),
            ShapeKind.Line or ShapeKind.Arrow => new(unit, OpenLength(first), OrientationDeg: Direction(first[2] - first[0], first[3] - first[1])),
            ShapeKind.Polyline or ShapeKind.Freehand => new(unit, OpenLength(first)),
            ShapeKind.Angle => new(unit, OpenLength(first), AngleDeg: Between(first)),
            ShapeKind.Ellipse => OfEllipse(first, unit),
            _ => OfRings(rings, unit),
        };
    }

    private static ShapeMeasures OfRings(double[][] rings, string unit)
    {
        var moments = RingMoments.Of(rings);
        var perimeter = rings.Sum(ring => OpenLength(ring) + double.Hypot(ring[0] - ring[^2], ring[1] - ring[^1]));
        var (ratio, orientation) = Axes(moments.XX, moments.XY, moments.YY);
        return new(unit, null, moments.Area, perimeter, 2 * Math.Sqrt(moments.Area / Math.PI), ratio, orientation);
    }

    private static ShapeMeasures OfEllipse(double[] places, string unit)
    {
        var (ux, uy, vx, vy) = (places[2] - places[0], places[3] - places[1], places[4] - places[0], places[5] - places[1]);
        var area = Math.PI * Math.Abs((ux * vy) - (uy * vx));
        var (ratio, orientation) = Axes((ux * ux) + (vx * vx), (ux * uy) + (vx * vy), (uy * uy) + (vy * vy));
        // The trapezoidal rule converges faster than any power on a smooth closed curve; 4,096 places serve ellipses as thin as 1 : 1000.
        const int Places = 4096;
        var perimeter = Enumerable.Range(0, Places).Select(i => double.SinCosPi(2.0 * i / Places))
            .Sum(turn => double.Hypot((vx * turn.CosPi) - (ux * turn.SinPi), (vy * turn.CosPi) - (uy * turn.SinPi))) * 2 * Math.PI / Places;
        return new(unit, null, area, perimeter, 2 * Math.Sqrt(area / Math.PI), ratio, orientation);
    }

    private static (double? Ratio, double? OrientationDeg) Axes(double xx, double xy, double yy)
    {
        var (middle, spread) = ((xx + yy) / 2, double.Hypot((xx - yy) / 2, xy));
        var small = middle - spread;
        // A shape without a long axis has no orientation; rounding alone must not give it one.
        return (small > 0 ? Math.Sqrt((middle + spread) / small) : null, spread > 1e-9 * middle ? Direction(Math.Cos(Math.Atan2(2 * xy, xx - yy) / 2), Math.Sin(Math.Atan2(2 * xy, xx - yy) / 2)) : null);
    }

    private static double Direction(double x, double y)
    {
        var degrees = double.RadiansToDegrees(Math.Atan2(-y, x));
        return (degrees < 0 ? degrees + 180 : degrees) is var turned && turned >= 180 ? 0 : turned + 0.0;
    }

    private static double Between(double[] p)
    {
        var (ax, ay, bx, by) = (p[0] - p[2], p[1] - p[3], p[4] - p[2], p[5] - p[3]);
        return double.RadiansToDegrees(Math.Atan2(Math.Abs((ax * by) - (ay * bx)), (ax * bx) + (ay * by)));
    }

    private static double OpenLength(double[] ring)
    {
        var sum = 0.0;
        for (var i = 2; i < ring.Length; i += 2)
        {
            sum += double.Hypot(ring[i] - ring[i - 2], ring[i + 1] - ring[i - 1]);
        }

        return sum;
    }

    private static double[] Scaled(double[] ring, double width, double height) => [.. ring.Select((value, i) => value * (i % 2 == 0 ? width : height))];
}
