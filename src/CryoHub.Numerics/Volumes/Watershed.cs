namespace CryoHub.Numerics.Volumes;

/// <summary>
/// Floods a landscape from markers (Meyer, Signal Processing 38 (1994) 113, doi:10.1016/0165-1684(94)90060-4): the lowest voxel at the shore first, of equal ones
/// the one that was reached first; a voxel takes the label of the one it is reached from. One queue for each of 65,536 levels, so no voxel is sorted.
/// </summary>
public static class Watershed
{
    private const int Levels = 65536;

    /// <summary>Grows the labels in place through faces.</summary>
    /// <param name="landscape">Level of each voxel.</param>
    /// <param name="mask">0 where nothing may grow.</param>
    /// <param name="shape">Sizes of the volume.</param>
    /// <param name="labels">In: markers, 0 elsewhere. Out: regions.</param>
    public static void Flood(ReadOnlySpan<ushort> landscape, ReadOnlySpan<byte> mask, VolumeShape shape, Span<int> labels)
    {
        var queue = new LevelQueue(shape.Count, Levels);
        for (var i = 0; i < labels.Length; i++)
        {
            if (mask[i] == 0)
            {
                labels[i] = 0;
            }
            else if (labels[i] != 0)
            {
                queue.Add(i, landscape[i]);
            }
        }

        while (queue.Take() is var at and >= 0)
        {
            var (y, x) = (at / shape.Width, at % shape.Width);
            var z = y / shape.Height;
            y -= z * shape.Height;
            var label = labels[at];
            Reach(z > 0, at - shape.Plane, landscape, mask, labels, label, queue);
            Reach(y > 0, at - shape.Width, landscape, mask, labels, label, queue);
            Reach(x > 0, at - 1, landscape, mask, labels, label, queue);
            Reach(x < shape.Width - 1, at + 1, landscape, mask, labels, label, queue);
            Reach(y < shape.Height - 1, at + shape.Width, landscape, mask, labels, label, queue);
            Reach(z < shape.Depth - 1, at + shape.Plane, landscape, mask, labels, label, queue);
        }
    }

    private static void Reach(bool exists, int at, ReadOnlySpan<ushort> landscape, ReadOnlySpan<byte> mask, Span<int> labels, int label, LevelQueue queue)
    {
        if (exists && labels[at] == 0 && mask[at] != 0)
        {
            labels[at] = label;
            queue.Add(at, landscape[at]);
        }
    }
}
