using CryoHub.Imaging.Labels;

namespace CryoHub.Imaging.Tests.Labels;

/// <summary>Which voxels a stroke covers. Numbers are exact: the counts are those of lattice points, and half-integer coordinates have no rounding.</summary>
public sealed class StrokeShapeTests
{
    /// <summary>Lattice points with x² + y² ≤ r² (OEIS A000328: 1, 5, 13, 29, 49, 81, 113, 149, 197, 253, 317).</summary>
    [Theory]
    [InlineData(1, 5)]
    [InlineData(3, 29)]
    [InlineData(5, 81)]
    [InlineData(10, 317)]
    public void A_disc_on_a_voxels_centre_holds_the_lattice_points_of_gausss_circle(double radius, int count) =>
        Assert.Equal(count, Fresh(64, 64, 1).Apply(1, new(StrokeKind.Brush, 7, [32.5, 32.5], Radius: radius)));

    /// <summary>Lattice points with x² + y² + z² ≤ r² (OEIS A000605: 1, 7, 33, 123, 257, 515).</summary>
    [Theory]
    [InlineData(1, 7)]
    [InlineData(3, 123)]
    [InlineData(5, 515)]
    public void A_ball_on_a_voxels_centre_holds_the_lattice_points_of_the_sphere(double radius, int count) =>
        Assert.Equal(count, Fresh(20, 20, 20).Apply(1, new(StrokeKind.Ball, 7, [10.5, 10.5, 10.5], Radius: radius)));

    [Fact]
    public void A_ball_reaches_as_far_across_slices_as_its_radius_says_in_the_unit_of_a_row()
    {
        var chunk = Fresh(20, 20, 20);
        chunk.Apply(1, new(StrokeKind.Ball, 1, [10.5, 10.5, 10.5], Radius: 6, SliceStep: 3));
        Assert.Equal([8, 9, 10, 11, 12], Enumerable.Range(0, 20).Where(z => chunk.Labels[chunk.Box.IndexOf(10, 10, z)] == 1));
    }

    [Fact]
    public void Two_polygons_with_a_common_edge_share_no_voxel_and_leave_none_out()
    {
        var random = new Random(11);
        for (var turn = 0; turn < 50; turn++)
        {
            var (x, y) = (random.NextDouble() * 40, random.NextDouble() * 30);
            var chunk = Fresh(40, 30, 1);
            double[][] corners = [[0, 0], [40, 0], [40, 30], [0, 30]];
            var painted = Enumerable.Range(0, 4).Sum(i =>
                chunk.Apply(i + 1, new(StrokeKind.Polygon, (ulong)i + 1, [x, y, .. corners[i], .. corners[(i + 1) % 4]])));
            Assert.Equal(1200, painted);
            Assert.DoesNotContain(0UL, chunk.Labels.ToArray());
        }
    }

    [Fact]
    public void An_outline_that_crosses_itself_is_filled_by_the_even_odd_rule()
    {
        var chunk = Fresh(10, 10, 1);
        chunk.Apply(1, new(StrokeKind.Polygon, 1, [0, 0, 10, 10, 10, 0, 0, 10]));   // an hourglass lying on its side
        Assert.Equal((1UL, 0UL), (chunk.Labels[chunk.Box.IndexOf(1, 5, 0)], chunk.Labels[chunk.Box.IndexOf(5, 1, 0)]));
    }

    /// <summary>Distance of each centre to each segment, by projection; centres nearer than 1e-9 to the edge are left out: both computations round.</summary>
    [Theory]
    [InlineData(StrokeKind.Brush)]
    [InlineData(StrokeKind.Ball)]
    public void A_path_covers_what_is_within_the_radius_of_it(StrokeKind kind)
    {
        var random = new Random(5);
        var (n, edge) = (kind == StrokeKind.Ball ? 3 : 2, 14);
        for (var turn = 0; turn < 60; turn++)
        {
            // Whole numbers in half of the turns: segments along a row, a column or a slice, and of no length.
            var numbers = n * random.Next(1, 4);
            double[] points = [.. Enumerable.Range(0, numbers).Select(_ => turn % 2 == 0 ? random.Next(0, edge) : (random.NextDouble() * 20) - 3)];
            var stroke = new Stroke(kind, 1, points, Slice: 2, Radius: 0.5 + (random.NextDouble() * 4), SliceStep: 0.5 + random.NextDouble());
            var chunk = Fresh(edge, edge, edge);
            chunk.Apply(1, stroke);
            for (var i = 0; i < chunk.Labels.Length; i++)
            {
                var (z, y, x) = (i / (edge * edge), i / edge % edge, i % edge);
                var beyond = kind == StrokeKind.Brush && z != 2 ? 1 : Distance(stroke, x + 0.5, y + 0.5, z + 0.5) - stroke.Radius;
                Assert.True(
                    Math.Abs(beyond) < 1e-9 || chunk.Labels[i] == 1 == beyond < 0, $"turn {turn}: voxel {x}, {y}, {z} lies {beyond} beyond the radius.");
            }
        }
    }

    private static double Distance(Stroke stroke, double x, double y, double z)
    {
        var n = stroke.Dimensions;
        double[][] points = [.. stroke.Points.Chunk(n).Select(p => n == 3 ? new[] { p[0], p[1], p[2] * stroke.SliceStep } : [p[0], p[1], 0])];
        double[] place = [x, y, n == 3 ? z * stroke.SliceStep : 0];
        return Enumerable.Range(0, Math.Max(1, points.Length - 1)).Min(i =>
        {
            var (a, b) = (points[i], points[Math.Min(i + 1, points.Length - 1)]);
            var square = a.Zip(b, (p, q) => (q - p) * (q - p)).Sum();
            var t = square == 0 ? 0 : Math.Clamp(Enumerable.Range(0, 3).Sum(d => (place[d] - a[d]) * (b[d] - a[d])) / square, 0, 1);
            return Math.Sqrt(Enumerable.Range(0, 3).Sum(d => Math.Pow(place[d] - a[d] - (t * (b[d] - a[d])), 2)));
        });
    }

    private static LabelChunk Fresh(int width, int height, int depth)
    {
        var box = new LabelBox(0, 0, 0, width, height, depth);
        return new(box, new ulong[box.Voxels], 0);
    }
}
