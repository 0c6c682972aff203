using CryoHub.Numerics.Volumes;

namespace CryoHub.Numerics.Tests.Volumes;

public sealed class MarchingCubesTests
{
    [Fact]
    public void A_ball_has_the_area_and_the_volume_of_the_formula()
    {
        const double radius = 20;
        var shape = new VolumeShape(48, 47, 46);
        float[] volume = [.. Enumerable.Range(0, shape.Count).Select(i => (float)(radius - Phantom.Distance(shape, i, 23.3, 23.1, 22.8)))];

        var mesh = Mesh(volume, shape, new VoxelSize(2, 2, 2), 0, 1);

        Assert.Equal(4 * Math.PI * radius * radius * 4, mesh.Area(), 4 * Math.PI * radius * radius * 4 * 0.005); // facets lie inside: less than 1 / (4 r^2) each
        Assert.Equal(4 / 3.0 * Math.PI * Math.Pow(radius, 3) * 8, mesh.Volume(), 4 / 3.0 * Math.PI * Math.Pow(radius, 3) * 8 * 0.005);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Noise_too_gets_a_surface_without_holes(int slabs)
    {
        var shape = new VolumeShape(9, 10, 11);
        var volume = Phantom.Noise(shape, 4);
        for (var i = 0; i < volume.Length; i++)
        {
            volume[i] = shape.IsBorder(i / shape.Plane, i / shape.Width % shape.Height, i % shape.Width) ? 0 : volume[i];
        }

        var mesh = Mesh(volume, shape, VoxelSize.One, 0.5f, slabs);

        var sides = new Dictionary<(int, int), int>();
        for (var i = 0; i < mesh.Triangles.Length; i++)
        {
            var (from, to) = (mesh.Triangles[i], mesh.Triangles[i % 3 == 2 ? i - 2 : i + 1]);
            sides[(from, to)] = sides.GetValueOrDefault((from, to)) + 1;
        }

        Assert.NotEmpty(sides);
        Assert.All(sides, side => Assert.Equal(side.Value, sides.GetValueOrDefault((side.Key.Item2, side.Key.Item1)))); // every side is met in both directions
        Assert.True(mesh.Volume() > 0);
    }

    [Fact]
    public void Slabs_give_the_mesh_of_the_whole()
    {
        var shape = new VolumeShape(12, 9, 8);
        var volume = Phantom.Noise(shape, 6);

        var (whole, parts) = (Mesh(volume, shape, VoxelSize.One, 0.5f, 1), Mesh(volume, shape, VoxelSize.One, 0.5f, 3));

        Assert.Equal(whole.CornerCount, parts.CornerCount);
        Assert.Equal(Sorted(whole), Sorted(parts));
    }

    [Fact]
    public void A_plane_lies_where_the_values_say_and_looks_away_from_the_body()
    {
        var shape = new VolumeShape(4, 3, 5);
        float[] volume = [.. Enumerable.Range(0, shape.Count).Select(i => 1.25f - (i % 5))];

        var mesh = Mesh(volume, shape, new VoxelSize(1, 1, 2), 0, 1);

        Assert.Equal(6, mesh.Area(), 1e-5);
        Assert.All(Enumerable.Range(0, mesh.CornerCount), corner => Assert.Equal(2.5, mesh.Corner(corner).X, 1e-6));
        Assert.All(Enumerable.Range(0, mesh.TriangleCount), triangle => Assert.Equal(1, mesh.Normal(triangle).X, 1e-6));
    }

    private static TriangleMesh Mesh(float[] volume, VolumeShape shape, VoxelSize size, float level, int slabs)
    {
        var layers = shape.Depth - 1;
        return MarchingCubes.Join([.. Enumerable.Range(0, slabs).Select(slab => MarchingCubes.Slab(
            volume, shape, size, level, layers * slab / slabs, (layers * (slab + 1) / slabs) - (layers * slab / slabs)))]);
    }

    private static string[] Sorted(TriangleMesh mesh) => [.. Enumerable.Range(0, mesh.TriangleCount).Select(triangle => $"{mesh.Middle(triangle)}").Order(StringComparer.Ordinal)];
}
