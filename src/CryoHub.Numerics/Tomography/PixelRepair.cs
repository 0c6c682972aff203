namespace CryoHub.Numerics.Tomography;

/// <summary>Finds and replaces single pixels that do not belong to their surroundings.</summary>
public static class PixelRepair
{
    private const double NormalOfMad = 1.4826; // standard deviation over median absolute deviation, normal distribution

    /// <summary>The difference of each pixel from the median of its eight neighbours; the border repeats.</summary>
    public static void Deviations(ReadOnlySpan<float> image, int rows, int columns, Span<float> deviations)
    {
        Span<float> ring = stackalloc float[8];
        for (var y = 0; y < rows; y++)
        {
            for (var x = 0; x < columns; x++)
            {
                deviations[(y * columns) + x] = image[(y * columns) + x] - Neighbours(image, rows, columns, x, y, default, ring);
            }
        }
    }

    /// <summary>Robust standard deviation about the median: 1.4826 times the median absolute deviation.</summary>
    public static double Scale(ReadOnlySpan<float> values)
    {
        var sorted = values.ToArray();
        Array.Sort(sorted);
        var middle = sorted[sorted.Length / 2];
        for (var i = 0; i < sorted.Length; i++)
        {
            sorted[i] = Math.Abs(sorted[i] - middle);
        }

        Array.Sort(sorted);
        return NormalOfMad * sorted[sorted.Length / 2];
    }

    /// <summary>Replaces each pixel that is <paramref name="wrong"/> by the median of its right neighbours; gives back how many.</summary>
    public static int Replace(Span<float> image, int rows, int columns, ReadOnlySpan<bool> wrong)
    {
        Span<float> ring = stackalloc float[8];
        var count = 0;
        var before = image.ToArray();
        for (var i = 0; i < wrong.Length; i++)
        {
            if (wrong[i])
            {
                image[i] = Neighbours(before, rows, columns, i % columns, i / columns, wrong, ring);
                count++;
            }
        }

        return count;
    }

    private static float Neighbours(ReadOnlySpan<float> image, int rows, int columns, int x, int y, ReadOnlySpan<bool> wrong, Span<float> ring)
    {
        var count = 0;
        for (var dy = -1; dy <= 1; dy++)
        {
            for (var dx = -1; dx <= 1; dx++)
            {
                var at = (Math.Clamp(y + dy, 0, rows - 1) * columns) + Math.Clamp(x + dx, 0, columns - 1);
                if ((dx != 0 || dy != 0) && (wrong.IsEmpty || !wrong[at]))
                {
                    ring[count++] = image[at];
                }
            }
        }

        if (count == 0)
        {
            return image[(y * columns) + x]; // a cluster: nothing near is known to be right
        }

        var some = ring[..count];
        some.Sort();
        return count % 2 == 1 ? some[count / 2] : (some[(count / 2) - 1] + some[count / 2]) / 2;
    }
}
