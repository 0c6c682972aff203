namespace CryoHub.Numerics.Tomography;

/// <summary>Averages blocks of pixels; a rest at the right and lower border that fills no block is left out.</summary>
public static class Binning
{
    /// <summary>Mean of each <paramref name="factor"/> x <paramref name="factor"/> block of <paramref name="image"/> [rows, columns] into [rows/factor, columns/factor].</summary>
    public static void Mean(ReadOnlySpan<float> image, int columns, int factor, Span<float> binned)
    {
        var width = columns / factor;
        var scale = 1f / (factor * factor);
        binned.Clear();
        for (var y = 0; y < binned.Length / width * factor; y++)
        {
            var row = image.Slice(y * columns, width * factor);
            var sums = binned.Slice(y / factor * width, width);
            for (var x = 0; x < row.Length; x++)
            {
                sums[x / factor] += row[x];
            }
        }

        for (var i = 0; i < binned.Length; i++)
        {
            binned[i] *= scale;
        }
    }
}
