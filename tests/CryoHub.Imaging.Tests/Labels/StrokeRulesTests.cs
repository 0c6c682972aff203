using CryoHub.Imaging.Labels;

namespace CryoHub.Imaging.Tests.Labels;

public sealed class StrokeRulesTests
{
    public static TheoryData<string, Stroke> Hostile => new()
    {
        { "not a number", new(StrokeKind.Brush, 1, [1, double.NaN], Radius: 3) },
        { "1,000,000 coordinates", new(StrokeKind.Brush, 1, new double[1_000_000], Radius: 3) },
        { "has 3 coordinates", new(StrokeKind.Brush, 1, [1, 2, 3], Radius: 3) },
        { "has 0 coordinates", new(StrokeKind.Brush, 1, [], Radius: 3) },
        { "3 to 4,000 points", new(StrokeKind.Polygon, 1, [1, 2, 3, 4]) },
        { "slice 5; the layer has slices 0 to 4", new(StrokeKind.Brush, 1, [1, 2], Slice: 5, Radius: 3) },
        { "radius of 1001", new(StrokeKind.Brush, 1, [1, 2], Radius: 1001) },
        { "radius of NaN", new(StrokeKind.Ball, 1, [1, 2, 3], Radius: double.NaN) },
        { "Slices 0 voxels apart", new(StrokeKind.Ball, 1, [1, 2, 3], Radius: 3, SliceStep: 0) },
        { "outside the layer of 100 × 80 × 5", new(StrokeKind.Brush, 1, [104, 2], Radius: 3) },
        { "outside the layer", new(StrokeKind.Polygon, 1, [-5, 0, -1, 0, -1, 5]) },
        { "outside the layer", new(StrokeKind.Ball, 1, [5, 5, 9], Radius: 3) },
        { "NaN to 4 are no range", new(StrokeKind.Brush, 1, [1, 2], Radius: 3, Grey: new(float.NaN, 4)) },
        { "spares 1,001 labels", new(StrokeKind.Brush, 1, [1, 2], Radius: 3, Locked: new ulong[1001]) },
        { "a brush, a ball, a polygon or rows", new((StrokeKind)9, 1, [1, 2]) },
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public void What_is_no_stroke_is_refused_in_words(string words, Stroke stroke) =>
        Assert.Contains(words, Assert.Throws<ProblemException>(() => StrokeRules.Check(stroke, 100, 80, 5)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_stroke_that_would_take_minutes_is_refused_with_what_to_do()
    {
        var stroke = new Stroke(StrokeKind.Ball, 1, [.. Enumerable.Range(0, 3000).Select(i => i % 3 == 0 ? 50.0 + i : 500)], Radius: 400);
        var refused = Assert.Throws<ProblemException>(() => StrokeRules.Check(stroke, 2000, 1000, 1000));
        Assert.Contains("shorter strokes", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_brush_that_hangs_over_the_edge_is_taken() => StrokeRules.Check(new(StrokeKind.Brush, 1, [-2, 81], Slice: 4, Radius: 3), 100, 80, 5);
}
