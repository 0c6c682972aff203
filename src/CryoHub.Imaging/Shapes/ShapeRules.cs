namespace CryoHub.Imaging.Shapes;

/// <summary>Which shapes are taken; every refusal says what was found and what is possible.</summary>
public static class ShapeRules
{
    /// <summary>Vertices of one shape; an outline at every pixel round a picture of 4096 by 4096 has 16,384.</summary>
    public const int MostVertices = 20_000;

    /// <summary>Refuses what cannot be drawn on a picture of <paramref name="width"/> by <paramref name="height"/> pixels.</summary>
    /// <exception cref="ProblemException">Invalid, with the reason.</exception>
    public static void Check(ShapeGeometry shape, long width, long height)
    {
        if (shape.Rings is not { Count: > 0 } || shape.Rings.Any(ring => ring is null || ring.Length == 0 || ring.Length % 2 != 0))
        {
            throw Invalid("The shape has no coordinates, or an x without its y.");
        }

        if (shape.Rings.Sum(ring => (long)ring.Length / 2) is > MostVertices and var count)
        {
            throw Invalid($"The shape has {count:N0} vertices; {MostVertices:N0} is the limit. Simplify it.");
        }

        if (shape.Rings.Any(ring => !ring.All(value => double.IsFinite(value) && Math.Abs(value) < 1e9)))
        {
            throw Invalid("A coordinate is not a number, or beyond 1,000,000,000 pixels.");
        }

        CheckCount(shape);
        var box = shape.Box();
        if (!box.Meets(new(0, 0, width, height)))
        {
            throw Invalid(FormattableString.Invariant($"The shape lies from x {box.Left:F1} to {box.Right:F1} and y {box.Top:F1} to {box.Bottom:F1}, outside the picture of {width} × {height} pixels."));
        }

        if (shape.Kind is ShapeKind.Polygon or ShapeKind.Rectangle && RingCrossings.First(shape.Rings) is { } place)
        {
            throw Invalid(FormattableString.Invariant($"The outline crosses itself near x {place.X:F1}, y {place.Y:F1}; move a vertex, or draw two shapes."));
        }

        if (shape.IsArea && ShapeMeasures.Of(shape, 1, 1, "px").Area is not > 0)
        {
            throw Invalid("The outline encloses no area.");
        }
    }

    private static void CheckCount(ShapeGeometry shape)
    {
        var (least, most) = shape.Kind switch
        {
            ShapeKind.Point or ShapeKind.Text => (1, 1),
            ShapeKind.Line or ShapeKind.Arrow => (2, 2),
            ShapeKind.Angle or ShapeKind.Ellipse => (3, 3),
            ShapeKind.Rectangle => (4, 4),
            ShapeKind.Polygon => (3, MostVertices),
            _ => (2, MostVertices),
        };
        if (shape.Kind != ShapeKind.Polygon && shape.Rings.Count > 1)
        {
            throw Invalid($"Only a polygon has holes; this {Name(shape)} has {shape.Rings.Count} rings.");
        }

        if (shape.Rings.FirstOrDefault(ring => ring.Length / 2 < least || ring.Length / 2 > most) is { } wrong)
        {
            throw Invalid($"This {Name(shape)} has {wrong.Length / 2} vertices; {(least == most ? $"{least}" : $"at least {least}")} {(most == 1 ? "is" : "are")} needed.");
        }
    }

    private static string Name(ShapeGeometry shape) => shape.Kind.ToString().ToLowerInvariant();

    private static ProblemException Invalid(string words) => ProblemException.Invalid(words);
}
