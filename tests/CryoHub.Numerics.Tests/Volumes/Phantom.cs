using CryoHub.Numerics.Volumes;

namespace CryoHub.Numerics.Tests.Volumes;

/// <summary>Small volumes with a seed.</summary>
internal static class Phantom
{
    /// <summary>Shapes around the lane boundaries, images and lines among them.</summary>
    public static TheoryData<int, int, int> Shapes => new() { { 5, 7, 9 }, { 1, 6, 33 }, { 4, 3, 16 }, { 3, 5, 31 }, { 2, 1, 40 }, { 6, 9, 1 }, { 1, 1, 17 } };

    public static float[] Noise(VolumeShape shape, int seed = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, shape.Count).Select(_ => random.NextSingle())];
    }

    /// <summary>A mask with the given share of set voxels.</summary>
    public static byte[] Mask(VolumeShape shape, double share, int seed = 1) => [.. Noise(shape, seed).Select(value => value < share ? (byte)1 : (byte)0)];

    /// <summary>1 inside a ball around (z, y, x).</summary>
    public static byte[] Ball(VolumeShape shape, double z, double y, double x, double radius) =>
        [.. Enumerable.Range(0, shape.Count).Select(i => Distance(shape, i, z, y, x) <= radius ? (byte)1 : (byte)0)];

    public static double Distance(VolumeShape shape, int index, double z, double y, double x) =>
        Math.Sqrt(Math.Pow((index / shape.Plane) - z, 2) + Math.Pow((index / shape.Width % shape.Height) - y, 2) + Math.Pow((index % shape.Width) - x, 2));

    /// <summary>The mirrored index, the end voxel repeated, found by walking.</summary>
    public static int Mirrored(int index, int length)
    {
        var (at, step) = (0, 1);
        for (var i = 0; i < Math.Abs(index < 0 ? index + 1 : index); i++)
        {
            if (at + step < 0 || at + step >= length)
            {
                step = -step;
            }
            else
            {
                at += step;
            }
        }

        return at;
    }
}
