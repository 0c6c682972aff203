using CryoHub.Numerics.Fourier;

namespace CryoHub.Numerics.Registration;

/// <summary>
/// Weights of a half plane: 1 - exp(-k^2 / 2 s1^2) towards frequency 0, 1 up to the upper radius and exp(-(k - r2)^2 / 2 s2^2) beyond it, k in cycles per pixel: the
/// filter users of IMOD know as FilterSigma1, FilterRadius2 and FilterSigma2.
/// </summary>
public static class BandPass
{
    /// <summary>Weights [rows, columns/2 + 1], those below 1e-4 set to zero.</summary>
    public static float[] Weights(int rows, int columns, double sigma1, double radius2, double sigma2)
    {
        var half = (columns / 2) + 1;
        var weights = new float[rows * half];
        for (var y = 0; y < rows; y++)
        {
            var ky = (double)(y <= rows / 2 ? y : y - rows) / rows;
            for (var x = 0; x < half; x++)
            {
                var k = double.Hypot(ky, (double)x / columns);
                var low = sigma1 > 0 ? 1 - Math.Exp(-k * k / (2 * sigma1 * sigma1)) : k > 0 ? 1 : 0;
                var high = k <= radius2 ? 1 : Math.Exp(-(k - radius2) * (k - radius2) / (2 * sigma2 * sigma2));
                weights[(y * half) + x] = low * high < 1e-4 ? 0 : (float)(low * high);
            }
        }

        return weights;
    }

    /// <summary>Multiplies the complex half plane by the weights.</summary>
    public static void Apply(Span<float> spectrum, ReadOnlySpan<float> weights)
    {
        for (var i = 0; i < weights.Length; i++)
        {
            spectrum[2 * i] *= weights[i];
            spectrum[(2 * i) + 1] *= weights[i];
        }
    }

    /// <summary>
    /// The spectrum of <paramref name="image"/> less its mean, faded to nothing within <paramref name="taper"/> of each side (raised cosine), times the weights.
    /// </summary>
    public static void Spectrum(ReadOnlySpan<float> image, int rows, int columns, double taper, ReadOnlySpan<float> weights, AlignedFloats spectrum)
    {
        using var faded = new AlignedFloats(rows * columns);
        var mean = 0.0;
        foreach (var pixel in image)
        {
            mean += pixel;
        }

        var level = (float)(mean / image.Length);
        float[] across = Fade(columns, taper), down = Fade(rows, taper);
        var target = faded.Span;
        for (var y = 0; y < rows; y++)
        {
            Hann.Apply(image.Slice(y * columns, columns), level, across, down[y], target.Slice(y * columns, columns));
        }

        RealFourier.ForwardPlane(faded, rows, columns, spectrum);
        Apply(spectrum.Span, weights);
    }

    private static float[] Fade(int length, double share)
    {
        var window = new float[length];
        var width = share * length;
        for (var i = 0; i < length; i++)
        {
            var edge = Math.Min(i + 0.5, length - 0.5 - i);
            window[i] = edge >= width ? 1 : (float)(0.5 - (0.5 * Math.Cos(Math.PI * edge / width)));
        }

        return window;
    }
}
