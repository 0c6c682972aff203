using CryoHub.Numerics.Tomography;

namespace CryoHub.Analyses.Tomography;

/// <summary>Replaces a view's hot pixels and what X-rays have hit.</summary>
internal sealed class ViewCleaner(int rows, int columns, bool[] hot, double threshold)
{
    private readonly float[] deviations = new float[rows * columns];
    private readonly bool[] hit = new bool[rows * columns];

    /// <summary>Cleans the image in place; gives back how many pixels X-rays had hit.</summary>
    public int Clean(float[] image)
    {
        PixelRepair.Replace(image, rows, columns, hot);
        if (threshold <= 0)
        {
            return 0;
        }

        PixelRepair.Deviations(image, rows, columns, deviations);
        var limit = threshold * Math.Max(PixelRepair.Scale(deviations), 1e-6);
        for (var i = 0; i < hit.Length; i++)
        {
            hit[i] = deviations[i] > limit;
        }

        return PixelRepair.Replace(image, rows, columns, hit);
    }

    /// <summary>Standard deviation of the difference of pixels two columns apart: detail and noise, not slow shading.</summary>
    public static double Detail(float[] image, int columns)
    {
        var (sum, count) = (0.0, 0);
        for (var i = 2; i < image.Length; i++)
        {
            if (i % columns >= 2)
            {
                var difference = (double)image[i] - image[i - 2];
                sum += difference * difference;
                count++;
            }
        }

        return Math.Sqrt(sum / Math.Max(1, count));
    }
}
