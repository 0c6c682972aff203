namespace CryoHub.Numerics.Volumes;

/// <summary>Lengths of the straight lines along an axis that lie in a mask from surface to surface; those that a face of the volume cuts short are left out.</summary>
public static class ChordLengths
{
    /// <summary>
    /// Mean length in voxels, free of the border's choice of short ones: voxels of the mask over half the number of surfaces met, which is 4 V / S (Underwood,
    /// Quantitative Stereology, 1970). NaN where no surface is met.
    /// </summary>
    public static double Mean(ReadOnlySpan<byte> mask, VolumeShape shape, int axis)
    {
        var (length, stride) = axis switch { 0 => (shape.Depth, shape.Plane), 1 => (shape.Height, shape.Width), _ => (shape.Width, 1) };
        var (voxels, surfaces) = (0L, 0L);
        for (var i = 0; i < mask.Length; i++)
        {
            voxels += mask[i] != 0 ? 1 : 0;
            surfaces += i / stride % length > 0 && (mask[i] != 0) != (mask[i - stride] != 0) ? 1 : 0;
        }

        return surfaces > 0 ? 2.0 * voxels / surfaces : double.NaN;
    }

    /// <summary>Counts of whole chords by their length in voxels.</summary>
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
