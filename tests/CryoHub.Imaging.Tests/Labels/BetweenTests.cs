using CryoHub.Imaging.Labels;

namespace CryoHub.Imaging.Tests.Labels;

public sealed class BetweenTests
{
    private const int Edge = 200;

    /// <summary>An oblique cone: discs of radius 20 at (60, 70) on slice 0 and 40 at (130, 100) on slice 10; on slice 5 radius 30 at (95, 85). Areas within 3 %, centres within half a pixel: an outline is drawn on pixels.</summary>
    [Theory]
    [InlineData(2, 24, 74, 76)]
    [InlineData(5, 30, 95, 85)]
    [InlineData(9, 38, 123, 97)]
    public void A_disc_that_moves_and_grows_stays_a_disc(int slice, double radius, double x, double y)
    {
        var found = Between.Runs(Disc(60, 70, 20), Disc(130, 100, 40), Edge, 0, 10).Chunk(4).Where(run => run[0] == slice).ToList();
        var voxels = found.SelectMany(run => Enumerable.Range((int)run[2], (int)(run[3] - run[2]) + 1).Select(column => (X: column, Y: (int)run[1]))).ToList();
        Assert.Equal(Math.PI * radius * radius, voxels.Count, Math.PI * radius * radius * 0.03);
        Assert.Equal(x, voxels.Average(voxel => voxel.X), 0.5);
        Assert.Equal(y, voxels.Average(voxel => voxel.Y), 0.5);
        Assert.All(voxels, voxel => Assert.True(Math.Sqrt(Math.Pow(voxel.X - x, 2) + Math.Pow(voxel.Y - y, 2)) < radius + 1.5));
    }

    [Fact]
    public void The_same_outline_twice_is_the_same_in_between()
    {
        var disc = Disc(100, 90, 25);
        var runs = Between.Runs(disc, disc, Edge, 3, 6);
        Assert.Equal([4.0, 5.0], runs.Chunk(4).Select(run => run[0]).Distinct());
        Assert.Equal(Region.RunsOf(disc, Edge, 4), runs.Chunk(4).Where(run => run[0] == 4).SelectMany(run => run));
    }

    [Fact]
    public void Neighbouring_slices_have_nothing_between_them() => Assert.Empty(Between.Runs(Disc(50, 50, 9), Disc(50, 50, 9), Edge, 3, 4));

    private static bool[] Disc(double x, double y, double radius) =>
        [.. Enumerable.Range(0, Edge * Edge).Select(i => Math.Pow((i % Edge) - x, 2) + Math.Pow((i / Edge) - y, 2) <= radius * radius)];
}
