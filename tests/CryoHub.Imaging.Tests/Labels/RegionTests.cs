using CryoHub.Imaging.Labels;

namespace CryoHub.Imaging.Tests.Labels;

public sealed class RegionTests
{
    /// <summary>Random walls: what is reached is counted by spreading from pixel to pixel.</summary>
    [Fact]
    public void A_region_is_what_can_be_reached_from_the_seed()
    {
        var random = new Random(5);
        for (var turn = 0; turn < 60; turn++)
        {
            var (width, height) = (1 + random.Next(30), 1 + random.Next(30));
            var open = Enumerable.Range(0, width * height).Select(_ => random.Next(10) < 6).ToArray();
            var (x, y) = (random.Next(width), random.Next(height));
            var runs = Region.Around(width, height, x, y, 0, i => open[i]);
            var reached = Voxels(runs, width);
            Assert.Equal(runs.Count / 4, runs.Chunk(4).Distinct().Count());
            Assert.Equal(Spread(open, width, height, x, y).Order(), reached.Order());
        }
    }

    [Fact]
    public void Rows_paint_the_voxels_they_name_whatever_the_blocks()
    {
        var random = new Random(6);
        var mask = Enumerable.Range(0, 50 * 40).Select(_ => random.Next(2) == 0).ToArray();
        var stroke = new Stroke(StrokeKind.Rows, 9, Region.RunsOf(mask, 50, 1));
        StrokeRules.Check(stroke, 50, 40, 3);
        foreach (var block in new[] { 50, 16, 7 })
        {
            var grid = new LabelGrid(50, 40, 3, block);
            var painted = new bool[mask.Length];
            foreach (var box in grid.BlocksOf(stroke))
            {
                var chunk = new LabelChunk(box, new ulong[box.Voxels], 0);
                chunk.Apply(1, stroke);
                for (var i = 0; i < box.Voxels; i++)
                {
                    painted[((box.Y + (i / box.Width)) * 50) + box.X + (i % box.Width)] = chunk.Labels[i] == 9;
                }
            }

            Assert.Equal(mask, painted);
        }
    }

    [Theory]
    [InlineData("whole voxels", new[] { 0, 1.5, 2, 3 })]
    [InlineData("outside the layer", new[] { 0.0, 40, 2, 3 })]
    [InlineData("outside the layer", new[] { 0.0, 1, 60, 70 })]
    [InlineData("outside the layer", new[] { 3.0, 1, 2, 3 })]
    [InlineData("points of 4", new[] { 1.0, 2, 3 })]
    public void Rows_that_name_no_voxels_are_refused(string words, double[] points) => Assert.Contains(
        words, Assert.Throws<ProblemException>(() => StrokeRules.Check(new(StrokeKind.Rows, 1, points), 50, 40, 3)).Message, StringComparison.Ordinal);

    private static List<int> Voxels(IReadOnlyList<double> runs, int width) =>
        [.. runs.Chunk(4).SelectMany(run => Enumerable.Range((int)run[2], (int)(run[3] - run[2]) + 1).Select(x => ((int)run[1] * width) + x))];

    private static HashSet<int> Spread(bool[] open, int width, int height, int x, int y)
    {
        var reached = new HashSet<int>();
        Visit(x, y);
        return reached;

        void Visit(int a, int b)
        {
            if (a >= 0 && b >= 0 && a < width && b < height && open[(b * width) + a] && reached.Add((b * width) + a))
            {
                Visit(a - 1, b);
                Visit(a + 1, b);
                Visit(a, b - 1);
                Visit(a, b + 1);
            }
        }
    }
}
