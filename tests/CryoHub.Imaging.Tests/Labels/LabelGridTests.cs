using CryoHub.Imaging.Labels;

namespace CryoHub.Imaging.Tests.Labels;

public sealed class LabelGridTests
{
    [Fact]
    public void Blocks_at_the_far_edges_end_with_the_layer()
    {
        var grid = new LabelGrid(600, 300, 5, Block: 256, Slices: 2);
        Assert.Equal(new LabelBox(512, 256, 4, 88, 44, 1), grid.BlockOf(599, 299, 4));
        Assert.Equal(new LabelBox(0, 0, 0, 256, 256, 2), grid.BlockOf(255, 255, 1));
    }

    [Fact]
    public void A_small_brush_concerns_the_blocks_it_touches()
    {
        var blocks = new LabelGrid(4096, 4096, 100).BlocksOf(new(StrokeKind.Brush, 1, [1024, 700], Slice: 40, Radius: 100)).ToList();
        Assert.Equal([(768, 512, 40), (1024, 512, 40), (768, 768, 40), (1024, 768, 40)], blocks.Select(b => (b.X, b.Y, b.Z)));
        Assert.Empty(new LabelGrid(4096, 4096, 100).BlocksOf(new(StrokeKind.Brush, 1, [-900, 700], Slice: 40, Radius: 100)));
    }

    /// <summary>Against all blocks: what is written in those named is what is written in all.</summary>
    [Fact]
    public void No_voxel_lies_outside_the_blocks_named()
    {
        var random = new Random(3);
        var grid = new LabelGrid(23, 17, 9, Block: 4, Slices: 2);
        for (var turn = 0; turn < 80; turn++)
        {
            var kind = (StrokeKind)random.Next(3);
            double[] points =
            [
                .. Enumerable.Range(0, kind == StrokeKind.Ball ? 9 : 6).Select(_ => turn % 2 == 0 ? random.Next(-4, 25) : (random.NextDouble() * 30) - 4),
            ];
            var stroke = new Stroke(kind, 1, points, random.Next(9), 0.5 + (random.NextDouble() * 5), 0.5 + random.NextDouble());
            Assert.Equal(Written(new LabelGrid(23, 17, 9, Block: 23, Slices: 9).BlockOf(0, 0, 0)), grid.BlocksOf(stroke).Sum(Written));

            int Written(LabelBox box) => new LabelChunk(box, new ulong[box.Voxels], 0).Apply(1, stroke);
        }
    }
}
