using CryoHub.Numerics.Volumes;

namespace CryoHub.Numerics.Tests.Volumes;

public sealed class SkeletonTests
{
    [Fact]
    public void A_thick_rod_becomes_its_axis()
    {
        var shape = new VolumeShape(11, 11, 40);
        byte[] mask = [.. Enumerable.Range(0, shape.Count).Select(i => Math.Abs((i / shape.Plane) - 5) <= 2 && Math.Abs((i / 40 % 11) - 5) <= 2 && i % 40 is >= 4 and <= 35 ? (byte)1 : (byte)0)];

        Skeleton.Thin(mask, shape);
        var graph = new SkeletonGraph(mask, shape, new VoxelSize(1, 1, 2));

        Assert.Equal(2, graph.Ends);
        Assert.Equal(0, graph.Junctions);
        Assert.Single(graph.Branches);
        Assert.InRange(graph.Length, 2 * (31 - 6), 2 * 33); // thinning eats at most the rod's half thickness at each end
    }

    [Fact]
    public void A_tripod_has_a_junction_and_three_branches()
    {
        var shape = new VolumeShape(25, 25, 25);
        byte[] mask = [.. Enumerable.Range(0, shape.Count).Select(i => Near(i / shape.Plane, i / 25 % 25, i % 25) ? (byte)1 : (byte)0)];

        Skeleton.Thin(mask, shape);
        var graph = new SkeletonGraph(mask, shape, VoxelSize.One);

        Assert.Equal((3, 1, 3), (graph.Ends, graph.Junctions, graph.Branches.Count));
        Assert.All(graph.Branches, branch => Assert.Equal(1, branch.Ends));

        static bool Near(int z, int y, int x) =>
            (Math.Abs(y - 4) <= 1 && Math.Abs(x - 4) <= 1 && z is >= 3 and <= 21) || (Math.Abs(z - 4) <= 1 && Math.Abs(x - 4) <= 1 && y is >= 3 and <= 21) || (Math.Abs(z - 4) <= 1 && Math.Abs(y - 4) <= 1 && x is >= 3 and <= 21);
    }

    [Fact]
    public void A_ring_stays_a_ring()
    {
        var shape = new VolumeShape(9, 30, 30);
        byte[] mask = [.. Enumerable.Range(0, shape.Count).Select(i =>
        {
            var (z, y, x) = ((i / 900) - 4.0, (i / 30 % 30) - 14.5, (i % 30) - 14.5);
            return double.Hypot(double.Hypot(y, x) - 10, z) <= 2.5 ? (byte)1 : (byte)0;
        })];

        Skeleton.Thin(mask, shape);
        var graph = new SkeletonGraph(mask, shape, VoxelSize.One);

        Assert.Equal((0, 0, 1), (graph.Ends, graph.Junctions, graph.Branches.Count));
        Assert.Equal(2 * Math.PI * 10, graph.Length, 2 * Math.PI * 10 * 0.12); // steps along and across the grid overestimate a circle by up to 8 %
    }

    [Theory]
    [InlineData(0.45, 1)]
    [InlineData(0.6, 2)]
    public void Thinning_changes_neither_pieces_nor_holes(double share, int seed)
    {
        var shape = new VolumeShape(12, 13, 14);
        var mask = Phantom.Mask(shape, share, seed);
        var before = Topology(mask, shape);

        Skeleton.Thin(mask, shape);

        Assert.Equal(before, Topology(mask, shape));
    }

    /// <summary>Pieces of the body, pieces of the outside (with a border around it), and Euler characteristic of the union of closed voxels.</summary>
    private static (int Body, int Outside, int Euler) Topology(byte[] mask, VolumeShape shape)
    {
        var wide = new VolumeShape(shape.Depth + 2, shape.Height + 2, shape.Width + 2);
        var outside = new byte[wide.Count];
        var cells = new HashSet<(int, int, int)>();
        for (var i = 0; i < wide.Count; i++)
        {
            var (z, y, x) = (i / wide.Plane, i / wide.Width % wide.Height, i % wide.Width);
            var inside = !wide.IsBorder(z, y, x) && mask[shape.Index(z - 1, y - 1, x - 1)] != 0;
            outside[i] = inside ? (byte)0 : (byte)1;
            for (var n = 0; n < 27 && inside; n++)
            {
                cells.Add(((2 * z) + (n / 9) - 1, (2 * y) + (n / 3 % 3) - 1, (2 * x) + (n % 3) - 1)); // voxel, faces, edges and corners on a doubled grid
            }
        }

        var euler = cells.Sum(cell => (Math.Abs(cell.Item1 % 2) + Math.Abs(cell.Item2 % 2) + Math.Abs(cell.Item3 % 2)) % 2 == 0 ? -1 : 1); // an odd index is a missing dimension
        return (Count(mask, shape, Connectivity.Corners), Count(outside, wide, Connectivity.Faces), euler);
    }

    private static int Count(byte[] mask, VolumeShape shape, Connectivity connectivity)
    {
        var components = new ConnectedComponents(shape, connectivity, 1);
        components.Find(mask, 0);
        components.Join();
        return components.Count;
    }
}
