namespace CryoHub.Numerics.Volumes;

/// <summary>Lengths of the straight lines along an axis that lie in a mask from surface to surface; those that a face of the volume cuts short are left out.</summary>
public static class ChordLengths
{
    /// <summary>Counts of chords by their length in voxels.</summary>
    /// <param name="mask">0 outside.</param>
    /// <param name="shape">Sizes of the volume.</param>
    /// <param name="axis">0 for z, 1 for y, 2 for x.</param>
    public static long[] Count(ReadOnlySpan<byte> mask, VolumeShape shape, int axis)
    {
        var (length, stride) = axis switch { 0 => (shape.Depth, shape.Plane), 1 => (shape.Height, shape.Width), _ => (shape.Width, 1) };
        var counts = new long[length];
        for (var line = 0; line < shape.Count / length; line++)
        {
            var start = axis switch { 0 => line, 1 => (line / shape.Width * shape.Plane) + (line % shape.Width), _ => line * shape.Width };
            var run = -1; // -1 until the first voxel outside
            for (var i = 0; i < length; i++)
            {
                if (mask[start + (i * stride)] == 0)
                {
                    if (run > 0)
                    {
                        counts[run]++;
                    }

                    run = 0;
                }
                else if (run >= 0)
                {
                    run++;
                }
            }
        }

        return counts;
    }
}
