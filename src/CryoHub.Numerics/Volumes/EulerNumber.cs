namespace CryoHub.Numerics.Volumes;

/// <summary>
/// The Euler characteristic of a body of closed voxels (neighbours share at least a corner): corners - edges + faces - voxels, which is pieces - loops + cavities.
/// </summary>
public static class EulerNumber
{
    /// <summary>The part of the sum that belongs to slices <paramref name="first"/> and following: add up all slabs for the whole. The last slab counts its upper faces.</summary>
    public static long Slab(ReadOnlySpan<byte> mask, VolumeShape shape, int first, int count)
    {
        var sum = 0L;
        var layers = first + count == shape.Depth ? count + 1 : count;
        for (var z = first; z < first + layers; z++)
        {
            for (var y = 0; y <= shape.Height; y++)
            {
                var quad = 0;
                for (var x = 0; x <= shape.Width; x++)
                {
                    quad = (quad >> 4) | (Column(mask, shape, z, y, x) << 4);
                    sum += Share[quad];
                }
            }
        }

        return sum;
    }

    /// <summary>By the eight voxels around a corner (bits 0 to 3 at x - 1, 4 to 7 at x; within a column -z-y, -z, -y, itself): what corner, edges, faces and voxel that end in it from above add.</summary>
    private static readonly int[] Share = [.. Enumerable.Range(0, 256).Select(Of)];

    private static int Of(int around)
    {
        bool Any(params ReadOnlySpan<int> bits)
        {
            var any = false;
            foreach (var bit in bits)
            {
                any |= (around >> bit & 1) != 0;
            }

            return any;
        }

        // The corner, the edges that leave it towards higher z, y, x, the faces between two of these, the voxel between all three.
        return (around != 0 ? 1 : 0)
            - (Any(2, 3, 6, 7) ? 1 : 0) - (Any(1, 3, 5, 7) ? 1 : 0) - (Any(4, 5, 6, 7) ? 1 : 0)
            + (Any(3, 7) ? 1 : 0) + (Any(6, 7) ? 1 : 0) + (Any(5, 7) ? 1 : 0)
            - (Any(7) ? 1 : 0);
    }

    private static int Column(ReadOnlySpan<byte> mask, VolumeShape shape, int z, int y, int x)
    {
        if (x == shape.Width)
        {
            return 0;
        }

        var column = 0;
        for (var n = 0; n < 4; n++)
        {
            var (dz, dy) = (z - 1 + (n >> 1), y - 1 + (n & 1));
            if ((uint)dz < (uint)shape.Depth && (uint)dy < (uint)shape.Height && mask[shape.Index(dz, dy, x)] != 0)
            {
                column |= 1 << n;
            }
        }

        return column;
    }
}
