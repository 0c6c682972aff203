using CryoHub.Imaging.Shapes;
using CryoHub.Imaging.Shapes.Tiles;

namespace CryoHub.Imaging.Tests.Shapes;

public sealed class ShapeTileTests
{
    /// <summary>Written by hand from the description of the format; the viewer's test decodes the same bytes.</summary>
    private const string Two =
        "43484F31" + "07" + "02" + "056D6574616C" + "00" + "02"
        + "0123456789ABCDEF0123456789ABCDEF" + "02" + "01" + "04" + "0000" + "A00100" + "00A001" + "9F0100"
        + "FFFFFFFF000040008000000000000001" + "0C" + "01" + "01" + "0730";

    [Fact]
    public void A_tile_is_what_its_description_says()
    {
        var writer = new ShapeTileWriter(new(9, 1, 0));   // 512 pixels of the picture, 8 steps each, from x = 512
        writer.Add(Guid.Parse("01234567-89ab-cdef-0123-456789abcdef"), "metal", false, new(ShapeKind.Rectangle, [[512, 0, 522, 0, 522, 10, 512, 10]]));
        writer.Add(Guid.Parse("ffffffff-0000-4000-8000-000000000001"), "", true, new(ShapeKind.Point, [[511.5, 3]]));
        Assert.Equal(Two, Convert.ToHexString(writer.ToArray(7)));
    }

    [Fact]
    public void Vertices_that_no_screen_tells_apart_are_one()
    {
        // A circle of 20,000 vertices and 2 pixels, in a tile of 4,096 pixels where a step is one pixel: at most the 8 places round its middle remain, and the first once more.
        var circle = Enumerable.Range(0, 20_000).SelectMany(i => new[] { 100 + Math.Cos(i * Math.Tau / 20_000), 100 + Math.Sin(i * Math.Tau / 20_000) }).ToArray();
        var writer = new ShapeTileWriter(new(12, 0, 0));
        writer.Add(Guid.Empty, "", false, new(ShapeKind.Polygon, [circle]));
        Assert.InRange(writer.ToArray(0).Length, 4 + 3 + 1 + 16 + 3 + 2, 4 + 3 + 1 + 16 + 3 + (9 * 2) + 2);
    }

    [Fact]
    public void What_lies_very_far_away_is_brought_nearer_and_not_turned_round()
    {
        var writer = new ShapeTileWriter(new(3, 0, 0));
        writer.Add(Guid.Empty, "", false, new(ShapeKind.Line, [[-1e9, 4, 1e9, 4]]));
        var bytes = writer.ToArray(0);
        // Ends at 2^30 steps on either side: zigzag 2^31 - 1 and, as a difference, 2^32.
        Assert.Equal("FFFFFFFF07" + "8020" + "8080808010" + "00", Convert.ToHexString(bytes.AsSpan(^13)));
    }

    [Fact]
    public void Density_is_counts_row_by_row()
    {
        var writer = new DensityTileWriter();
        writer.Set(2, 0, 300);
        writer.Set(0, 1, 1);
        var bytes = writer.ToArray(9);
        Assert.Equal("43484431" + "09" + "0000AC02", Convert.ToHexString(bytes.AsSpan(0, 9)));
        Assert.Equal(4 + 1 + 4096 + 1, bytes.Length);
        Assert.Equal(1, bytes[5 + 65]);   // one byte later than its cell, as 300 takes two
    }

    [Theory]
    [InlineData(2, 0, 0)]
    [InlineData(25, 0, 0)]
    [InlineData(9, int.MinValue, 0)]
    [InlineData(9, 0, (1 << 20) + 1)]
    public void No_tile_beyond_the_limits(int size, int x, int y) =>
        Assert.Contains($"no tile {size}/{x}/{y}", Assert.Throws<ProblemException>(new ShapeTile(size, x, y).Check).Message, StringComparison.Ordinal);
}
