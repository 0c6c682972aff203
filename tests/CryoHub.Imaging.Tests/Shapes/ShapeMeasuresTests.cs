using CryoHub.Imaging.Shapes;

namespace CryoHub.Imaging.Tests.Shapes;

/// <summary>Expected numbers are school geometry; digits: rounding of double precision over a handful of operations, 1e-9 relative is generous.</summary>
public sealed class ShapeMeasuresTests
{
    [Fact]
    public void A_rectangle_turned_by_30_degrees_keeps_its_sizes_and_tells_its_angle()
    {
        var (sin, cos) = Math.SinCos(Math.PI / 6);
        double[] Corner(double along, double across) => [100 + (along * cos) - (across * sin), 100 - (along * sin) - (across * cos)];   // y downwards
        var shape = new ShapeGeometry(ShapeKind.Rectangle, [[.. Corner(0, 0), .. Corner(40, 0), .. Corner(40, 10), .. Corner(0, 10)]]);
        var measured = ShapeMeasures.Of(shape, 1, 1, "px");
        Assert.Equal(400, measured.Area!.Value, 400e-9);
        Assert.Equal(100, measured.Perimeter!.Value, 100e-9);
        Assert.Equal(4, measured.AspectRatio!.Value, 4e-9);
        Assert.Equal(30, measured.OrientationDeg!.Value, 30e-9);
        Assert.Equal(2 * Math.Sqrt(400 / Math.PI), measured.EquivalentDiameter!.Value, 1e-9);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_hole_is_taken_off_whichever_way_round_it_was_drawn(bool reversed)
    {
        double[] hole = reversed ? [2, 2, 2, 4, 4, 4, 4, 2] : [2, 2, 4, 2, 4, 4, 2, 4];
        var measured = ShapeMeasures.Of(new(ShapeKind.Polygon, [[0, 0, 10, 0, 10, 10, 0, 10], hole]), 1, 1, "px");
        Assert.Equal(96, measured.Area!.Value, 1e-9);
        Assert.Equal(48, measured.Perimeter!.Value, 1e-9);
    }

    /// <summary>4 a E(e) for a = 2, b = 1 (Abramowitz and Stegun, 17.3.3, E to 16 digits): 9.688448220547675.</summary>
    [Fact]
    public void A_turned_ellipse_has_the_circumference_of_the_elliptic_integral()
    {
        var (sin, cos) = Math.SinCos(0.7);
        var measured = ShapeMeasures.Of(new(ShapeKind.Ellipse, [[5, 5, 5 + (2 * cos), 5 - (2 * sin), 5 + sin, 5 + cos]]), 1, 1, "nm");
        Assert.Equal(9.688448220547675, measured.Perimeter!.Value, 1e-9);
        Assert.Equal(2 * Math.PI, measured.Area!.Value, 1e-9);
        Assert.Equal(2, measured.AspectRatio!.Value, 1e-9);
        Assert.Equal(double.RadiansToDegrees(0.7), measured.OrientationDeg!.Value, 1e-6);
    }

    [Fact]
    public void Pixels_that_are_not_square_stretch_everything_measured()
    {
        var line = ShapeMeasures.Of(new(ShapeKind.Line, [[0, 0, 3, 2]]), 1, 2, "nm");
        Assert.Equal(5, line.Length!.Value, 1e-12);
        var circle = ShapeMeasures.Of(new(ShapeKind.Ellipse, [[0, 0, 6, 0, 0, 3]]), 0.5, 1, "nm");
        Assert.Equal(1, circle.AspectRatio!.Value, 1e-12);
        Assert.Equal(6 * Math.PI, circle.Perimeter!.Value, 1e-9);
        Assert.Null(circle.OrientationDeg);
    }

    [Fact]
    public void An_angle_is_measured_between_its_arms()
    {
        Assert.Equal(60, ShapeMeasures.Of(new(ShapeKind.Angle, [[10, 0, 0, 0, 5, -5 * Math.Sqrt(3)]]), 1, 1, "px").AngleDeg!.Value, 1e-9);
    }

    [Theory]
    [InlineData(ShapeKind.Polygon, new double[] { 0, 0, 10, 10, 10, 0, 0, 10 }, "crosses itself near x 5.0, y 5.0")]
    [InlineData(ShapeKind.Polygon, new double[] { 0, 0, 5, 5, 10, 10 }, "encloses no area")]
    [InlineData(ShapeKind.Line, new double[] { 0, 0, double.NaN, 1 }, "not a number")]
    [InlineData(ShapeKind.Point, new double[] { 200, 3 }, "outside the picture of 100 × 50 pixels")]
    [InlineData(ShapeKind.Rectangle, new double[] { 0, 0, 1, 0, 1, 1 }, "has 3 vertices; 4 are needed")]
    [InlineData(ShapeKind.Line, new double[] { 0, 0, 1 }, "without its y")]
    public void What_cannot_be_measured_is_refused_in_words(ShapeKind kind, double[] ring, string words)
    {
        var refused = Assert.Throws<ProblemException>(() => ShapeRules.Check(new(kind, [ring]), 100, 50));
        Assert.Contains(words, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_million_vertices_are_refused_and_an_outline_of_twenty_thousand_is_checked()
    {
        double[] Circle(int count) => [.. Enumerable.Range(0, count).SelectMany(i => new[] { 50 + (40 * Math.Cos(2 * Math.PI * i / count)), 50 + (40 * Math.Sin(2 * Math.PI * i / count)) })];
        Assert.Contains("1,000,000 vertices", Assert.Throws<ProblemException>(() => ShapeRules.Check(new(ShapeKind.Polygon, [Circle(1_000_000)]), 100, 100)).Message, StringComparison.Ordinal);
        ShapeRules.Check(new(ShapeKind.Polygon, [Circle(20_000)]), 100, 100);
    }
}
