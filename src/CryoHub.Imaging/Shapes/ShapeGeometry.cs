namespace CryoHub.Imaging.Shapes;

/// <summary>Where a shape lies, in pixels of the picture: x to the right, y downwards, pixel (i, j) covers i to i + 1 and j to j + 1.</summary>
/// <param name="Kind">How the coordinates are read.</param>
/// <param name="Rings">Each x, y, x, y and so on. One for all kinds but the polygon, whose further rings are holes; a closed ring does not repeat its first vertex.</param>
public sealed record ShapeGeometry(ShapeKind Kind, IReadOnlyList<double[]> Rings)
{
    /// <summary>True for what encloses an area.</summary>
    public bool IsArea => Kind is ShapeKind.Polygon or ShapeKind.Rectangle or ShapeKind.Ellipse;

    /// <summary>Number of places over all rings.</summary>
    public int Vertices => Rings.Sum(ring => ring.Length / 2);

    /// <summary>The smallest upright box round the shape, in pixels.</summary>
    public ShapeBox Box()
    {
        var ring = Rings[0];
        if (Kind == ShapeKind.Ellipse)
        {
            var (wide, high) = (double.Hypot(ring[2] - ring[0], ring[4] - ring[0]), double.Hypot(ring[3] - ring[1], ring[5] - ring[1]));
            return new(ring[0] - wide, ring[1] - high, ring[0] + wide, ring[1] + high);
        }

        var (left, top, right, bottom) = (double.PositiveInfinity, double.PositiveInfinity, double.NegativeInfinity, double.NegativeInfinity);
        for (var i = 0; i < ring.Length; i += 2)
        {
            (left, right) = (Math.Min(left, ring[i]), Math.Max(right, ring[i]));
            (top, bottom) = (Math.Min(top, ring[i + 1]), Math.Max(bottom, ring[i + 1]));
        }

        return new(left, top, right, bottom);
    }
}
