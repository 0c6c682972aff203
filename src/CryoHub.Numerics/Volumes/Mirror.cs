namespace CryoHub.Numerics.Volumes;

/// <summary>Continues a line of voxels beyond its ends by its mirror image, the end voxel repeated: c b a | a b c | c b a.</summary>
internal static class Mirror
{
    /// <summary>The index inside 0 .. <paramref name="length"/> - 1 that stands for <paramref name="index"/>.</summary>
    public static int Of(int index, int length)
    {
        if ((uint)index < (uint)length)
        {
            return index;
        }

        var period = 2 * length;
        var turned = ((index % period) + period) % period;
        return turned < length ? turned : period - 1 - turned;
    }

    /// <summary>Copies <paramref name="row"/> with <paramref name="margin"/> mirrored voxels at each end.</summary>
    public static void Pad(ReadOnlySpan<float> row, int margin, Span<float> padded)
    {
        row.CopyTo(padded[margin..]);
        for (var i = 1; i <= margin; i++)
        {
            padded[margin - i] = row[Of(-i, row.Length)];
            padded[margin + row.Length - 1 + i] = row[Of(row.Length - 1 + i, row.Length)];
        }
    }
}
