namespace CryoHub.Platform.Storage;

/// <summary>From the number of a frame, the last two axes, to the indices of the slow ones.</summary>
internal static class FrameIndex
{
    public static long[] Of(IReadOnlyList<long> shape, long frame)
    {
        var indices = new long[shape.Count - 2];
        for (var axis = indices.Length - 1; axis >= 0; axis--)
        {
            (frame, indices[axis]) = Math.DivRem(frame, shape[axis]);
        }

        return indices;
    }
}
