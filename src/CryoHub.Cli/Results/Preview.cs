using CryoHub.Imaging.Pictures;

namespace CryoHub.Cli.Results;

/// <summary>A small grey picture of a float image, from its 0.5 to its 99.5 percentile; pixels without a value are transparent.</summary>
public static class Preview
{
    private const int Largest = 1024;

    public static byte[] Png(ReadOnlySpan<float> pixels, int width, int height)
    {
        var shrink = (Math.Max(width, height) + Largest - 1) / Largest;
        var (columns, rows) = (Math.Max(1, width / shrink), Math.Max(1, height / shrink));
        var small = new float[columns * rows];
        for (var i = 0; i < small.Length; i++)
        {
            small[i] = pixels[(i / columns * shrink * width) + (i % columns * shrink)];
        }

        var (low, high) = Limits(small);
        var picture = new byte[4 * small.Length];
        for (var i = 0; i < small.Length; i++)
        {
            if (float.IsFinite(small[i]))
            {
                picture.AsSpan(4 * i, 3).Fill((byte)Math.Clamp(255 * (small[i] - low) / (high - low), 0, 255));
                picture[(4 * i) + 3] = 255;
            }
        }

        return PngWriter.Write(picture, columns, rows, PngColour.Rgba);
    }

    private static (float Low, float High) Limits(float[] pixels)
    {
        float[] sorted = [.. pixels.Where(float.IsFinite).Order()];
        var (low, high) = sorted.Length == 0 ? (0f, 1f) : (sorted[sorted.Length / 200], sorted[sorted.Length - 1 - (sorted.Length / 200)]);
        return high > low ? (low, high) : (low, low + 1);
    }
}
