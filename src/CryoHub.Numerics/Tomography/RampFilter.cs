using CryoHub.Numerics.Fourier;

namespace CryoHub.Numerics.Tomography;

/// <summary>Frequency responses of the filters before back-projection, for one projection row padded to <c>length</c> points.</summary>
public static class RampFilter
{
    /// <summary>
    /// The band-limited ramp: transform of h(0) = 1/4, h(odd n) = -1/(pi n)^2, h(even n) = 0 (Ramachandran and Lakshminarayanan 1971; Kak and Slaney, Principles of
    /// Computerized Tomographic Imaging, eq. 3.61). Built in real space, since |k| sampled in frequency loses the mean density.
    /// </summary>
    /// <param name="length">Points of the padded row: at least twice the projection's width, even.</param>
    /// <returns><paramref name="length"/>/2 + 1 real factors, frequency 0 first, in cycles per pixel.</returns>
    public static float[] Ramp(int length)
    {
        var kernel = new float[length];
        kernel[0] = 0.25f;
        for (var n = 1; n <= length / 2; n += 2)
        {
            var value = (float)(-1 / (Math.PI * Math.PI * n * n));
            kernel[n] = value;
            kernel[length - n] = value;
        }

        var spectrum = new float[RealFourier.HalfLength(length)];
        RealFourier.ForwardRows(kernel, 1, length, spectrum);
        var response = new float[(length / 2) + 1];
        for (var k = 0; k < response.Length; k++)
        {
            response[k] = spectrum[2 * k]; // even kernel: real spectrum
        }

        return response;
    }

    /// <summary>
    /// The ramp times 1 - (1 - a/|k|)^n, what n Landweber (SIRT) iterations leave of each frequency (Zeng, Med. Phys. 39 (2012) 603, doi:10.1118/1.3673956);
    /// a = 1/<paramref name="width"/> is the lowest frequency of the projection, which one iteration restores in full.
    /// </summary>
    /// <param name="length">Points of the padded row.</param>
    /// <param name="width">Width of the projection in pixels.</param>
    /// <param name="iterations">Iterations to stand for, at least 1.</param>
    public static float[] SirtLike(int length, int width, int iterations)
    {
        var response = Ramp(length);
        for (var k = 1; k < response.Length; k++)
        {
            var restored = Math.Min(1, length / (k * (double)width));
            response[k] *= (float)(1 - Math.Pow(1 - restored, iterations));
        }

        return response;
    }

    /// <summary>The ramp times the Hann window (1 + cos 2 pi k) / 2, k in cycles per pixel: 0 at the highest frequency.</summary>
    public static float[] Hann(int length) => Windowed(length, k => 0.5 + (0.5 * Math.Cos(2 * Math.PI * k)));

    /// <summary>The ramp times cos(pi k), k in cycles per pixel.</summary>
    public static float[] Cosine(int length) => Windowed(length, k => Math.Cos(Math.PI * k));

    /// <summary>Multiplies each of the half spectra [rows, length/2 + 1] by <paramref name="response"/>.</summary>
    public static void Apply(Span<float> spectra, ReadOnlySpan<float> response)
    {
        for (var row = spectra; row.Length >= 2 * response.Length; row = row[(2 * response.Length)..])
        {
            for (var k = 0; k < response.Length; k++)
            {
                row[2 * k] *= response[k];
                row[(2 * k) + 1] *= response[k];
            }
        }
    }

    private static float[] Windowed(int length, Func<double, double> window)
    {
        var response = Ramp(length);
        for (var k = 0; k < response.Length; k++)
        {
            response[k] *= (float)window((double)k / length);
        }

        return response;
    }
}
