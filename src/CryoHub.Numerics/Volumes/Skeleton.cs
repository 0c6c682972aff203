using System.Numerics;

namespace CryoHub.Numerics.Volumes;

/// <summary>
/// Thins a body to lines of one voxel: from each of the six directions in turn, border voxels that are simple and no line's end are removed one after the other,
/// until nothing changes (after Lee, Kashyap and Chu, CVGIP 56 (1994) 462, doi:10.1006/cgip.1994.1042). Components, holes and cavities stay as they are.
/// </summary>
public static class Skeleton
{
    /// <summary>The skeleton of <paramref name="mask"/>, in place: 1 on it, else 0.</summary>
    public static void Thin(Span<byte> mask, VolumeShape shape)
    {
        var padded = new VolumeShape(shape.Depth + 2, shape.Height + 2, shape.Width + 2);
        var body = new byte[padded.Count];
        var voxels = Copy(mask, shape, body, padded);
        int[] directions = [-padded.Plane, padded.Plane, -padded.Width, padded.Width, -1, 1];
        var candidates = new List<int>();
        for (var changed = true; changed;)
        {
            changed = false;
            foreach (var direction in directions)
            {
                candidates.Clear();
                foreach (var voxel in voxels)
                {
                    if (body[voxel + direction] == 0 && MayGo(body, padded, voxel))
                    {
                        candidates.Add(voxel);
                    }
                }

                var removed = 0;
                foreach (var voxel in candidates)
                {
                    if (MayGo(body, padded, voxel))
                    {
                        body[voxel] = 0;
                        removed++;
                    }
                }

                if (removed > 0)
                {
                    changed = true;
                    voxels.RemoveAll(voxel => body[voxel] == 0);
                }
            }
        }

        mask.Clear();
        foreach (var voxel in voxels)
        {
            var (z, y, x) = (voxel / padded.Plane, voxel / padded.Width % padded.Height, voxel % padded.Width);
            mask[shape.Index(z - 1, y - 1, x - 1)] = 1;
        }
    }

    private static List<int> Copy(ReadOnlySpan<byte> mask, VolumeShape shape, byte[] body, VolumeShape padded)
    {
        var voxels = new List<int>();
        for (var row = 0; row < shape.Rows; row++)
        {
            var at = padded.Index((row / shape.Height) + 1, (row % shape.Height) + 1, 1);
            for (var x = 0; x < shape.Width; x++)
            {
                if (mask[(row * shape.Width) + x] != 0)
                {
                    body[at + x] = 1;
                    voxels.Add(at + x);
                }
            }
        }

        return voxels;
    }

    private static bool MayGo(byte[] body, VolumeShape padded, int voxel)
    {
        var around = 0;
        for (var n = 0; n < 9; n++)
        {
            var at = voxel + (((n / 3) - 1) * padded.Plane) + (((n % 3) - 1) * padded.Width);
            around |= (body[at - 1] | (body[at] << 1) | (body[at + 1] << 2)) << (3 * n);
        }

        return BitOperations.PopCount((uint)around) != 2 && SimplePoint.Is(around); // two bits: itself and one neighbour, the end of a line
    }
}
