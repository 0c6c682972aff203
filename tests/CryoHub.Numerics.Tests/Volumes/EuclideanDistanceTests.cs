using CryoHub.Numerics.Volumes;

namespace CryoHub.Numerics.Tests.Volumes;

public sealed class EuclideanDistanceTests
{
    public static TheoryData<int, int, int> Shapes => Phantom.Shapes;

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Distances_equal_a_search_over_all_voxels(int depth, int height, int width)
    {
        var shape = new VolumeShape(depth, height, width);
        var mask = Phantom.Mask(shape, 0.9, 5);
        mask[shape.Count / 2] = 0;
        var size = new VoxelSize(2.5, 1, 0.75);

        var distances = Of(mask, shape, size);

        var outside = Enumerable.Range(0, shape.Count).Where(i => mask[i] == 0).ToArray();
        for (var i = 0; i < distances.Length; i++)
        {
            Assert.Equal(outside.Min(j => Between(shape, size, i, j)), distances[i], 1e-5);
        }
    }

    [Fact]
    public void Whole_numbers_stay_exact()
    {
        var shape = new VolumeShape(3, 40, 50);
        var mask = Enumerable.Repeat((byte)1, shape.Count).ToArray();
        mask[0] = 0;
        var squared = new float[shape.Count];

        EuclideanDistance.AlongZ(mask, shape, 1, 0, shape.Height, squared);
        EuclideanDistance.Planes(squared, shape, VoxelSize.One, roots: false);

        Assert.All(Enumerable.Range(0, shape.Count), i => Assert.Equal(Math.Pow(i / shape.Plane, 2) + Math.Pow(i / 50 % 40, 2) + Math.Pow(i % 50, 2), squared[i]));
    }

    [Fact]
    public void Without_an_outside_there_is_no_distance()
    {
        var shape = new VolumeShape(2, 3, 4);

        Assert.All(Of([.. Enumerable.Repeat((byte)1, shape.Count)], shape, VoxelSize.One), distance => Assert.Equal(float.PositiveInfinity, distance));
    }

    private static float[] Of(byte[] mask, VolumeShape shape, VoxelSize size)
    {
        var distances = new float[shape.Count];
        EuclideanDistance.AlongZ(mask, shape, size.Z, 0, shape.Height, distances);
        EuclideanDistance.Planes(distances, shape, size, roots: true);
        return distances;
    }

    private static double Between(VolumeShape shape, VoxelSize size, int i, int j) => Math.Sqrt(
        Math.Pow(size.Z * ((i / shape.Plane) - (j / shape.Plane)), 2)
        + Math.Pow(size.Y * ((i / shape.Width % shape.Height) - (j / shape.Width % shape.Height)), 2)
        + Math.Pow(size.X * ((i % shape.Width) - (j % shape.Width)), 2));
}
