using System.Numerics;
using CryoHub.Analyses.Fourier;

namespace CryoHub.Analyses.Tests.Fourier;

public sealed class PowerSpectrumTests
{
    [Theory]
    [InlineData(32, 32)]
    [InlineData(33, 40)] // odd and even, more and less than a block of columns
    [InlineData(34, 37)]
    [InlineData(7, 15)]
    public void A_log_power_spectrum_equals_the_plain_sum(int rows, int columns)
    {
        var random = new Random(11);
        var image = Enumerable.Range(0, rows * columns).Select(_ => 1 + random.NextSingle()).ToArray();
        var power = new float[image.Length];

        using (var spectrum = new PowerSpectrum(rows, columns))
        {
            spectrum.Compute(image, power, new ParallelOptions { MaxDegreeOfParallelism = 2 });
        }

        for (var y = 0; y < rows; y++)
        {
            for (var x = 0; x < columns; x++)
            {
                var expected = Math.Pow(10, Reference(image, rows, columns, y - (rows / 2), x - (columns / 2)));
                Assert.Equal(expected, Math.Pow(10, power[(y * columns) + x]), 1e-4 * (expected + 1e-2)); // float32 transform: 1e-5 of the largest amplitudes
            }
        }
    }

    private static double Reference(float[] image, int rows, int columns, int ky, int kx)
    {
        var (mean, sum) = (image.Average(pixel => (double)pixel), Complex.Zero);
        for (var y = 0; y < rows; y++)
        {
            for (var x = 0; x < columns; x++)
            {
                var window = Math.Pow(Math.Sin(Math.PI * x / columns) * Math.Sin(Math.PI * y / rows), 2);
                sum += (image[(y * columns) + x] - mean) * window * Complex.FromPolarCoordinates(1, -2 * Math.PI * (((double)kx * x / columns) + ((double)ky * y / rows)));
            }
        }

        return Math.Log10((sum.Magnitude * sum.Magnitude / (0.375 * 0.375 * rows * columns)) + 1e-30);
    }
}
