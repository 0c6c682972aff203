using CryoHub.Numerics.Fourier;
using CryoHub.Numerics.Registration;

namespace CryoHub.Numerics.Tests.Registration;

public sealed class CrossCorrelationTests
{
    [Theory]
    [InlineData(0, 0, 0.1)]
    [InlineData(1.37, -2.81, 0.1)] // the window stays where it is and pulls larger shifts: callers shift and correlate again
    [InlineData(-0.5, 5.25, 1.0)] // as much noise as signal
    public void A_shift_is_found_within_a_fiftieth_of_a_pixel(double x, double y, double noise)
    {
        const int rows = 192, columns = 160;
        var random = new Random(3);
        var blobs = Enumerable.Range(0, 150).Select(_ => (X: random.NextDouble() * columns, Y: random.NextDouble() * rows, Height: random.NextDouble())).ToArray();
        var weights = BandPass.Weights(rows, columns, 0.01, 0.2, 0.05);

        var shift = CrossCorrelation.Shift(Spectrum(0, 0), Spectrum(x, y), rows, columns, 20);

        var tolerance = noise < 0.5 ? 0.02 : 0.1;
        Assert.Equal(x, shift.X, tolerance);
        Assert.Equal(y, shift.Y, tolerance);
        Assert.InRange(shift.Correlation, noise < 0.5 ? 0.9 : 0.1, 1.01);

        AlignedFloats Spectrum(double dx, double dy)
        {
            var image = new float[rows * columns];
            for (var i = 0; i < image.Length; i++)
            {
                image[i] = (float)(100 + (noise * 0.3 * (random.NextDouble() + random.NextDouble() - 1)) + blobs.Sum(blob =>
                    blob.Height * Math.Exp(-(Math.Pow((i % columns) - blob.X - dx, 2) + Math.Pow((i / columns) - blob.Y - dy, 2)) / 8)));
            }

            var spectrum = new AlignedFloats(rows * RealFourier.HalfLength(columns));
            BandPass.Spectrum(image, rows, columns, 0.12, weights, spectrum);
            return spectrum;
        }
    }

    [Fact]
    public void A_plane_transformed_forth_and_back_is_itself_times_its_pixels()
    {
        const int rows = 30, columns = 45;
        var random = new Random(1);
        using var image = new AlignedFloats(rows * columns);
        using var spectrum = new AlignedFloats(rows * RealFourier.HalfLength(columns));
        using var back = new AlignedFloats(rows * columns);
        foreach (ref var pixel in image.Span)
        {
            pixel = random.NextSingle();
        }

        float[] before = [.. image.Span];
        RealFourier.ForwardPlane(image, rows, columns, spectrum);
        Assert.Equal(before.Sum(), spectrum.Span[0], 1e-2);
        RealFourier.InversePlane(spectrum, rows, columns, back);

        for (var i = 0; i < before.Length; i++)
        {
            Assert.Equal(before[i], back.Span[i] / (rows * columns), 1e-5);
        }
    }

    [Fact]
    public void Cubic_sampling_keeps_a_polynomial_of_second_degree_and_fills_beyond_the_image()
    {
        const int rows = 20, columns = 24;
        var image = new float[rows * columns];
        for (var i = 0; i < image.Length; i++)
        {
            image[i] = (float)Field((i % columns) - 11.5, (i / columns) - 9.5);
        }

        var sampling = new AffineSampling(0.96, -0.28, 0.28, 0.96, 0.3, -0.7); // turned by asin 0.28
        var result = new float[12 * 14];
        sampling.Cubic(image, rows, columns, result, 12, 14, float.NaN);
        for (var i = 0; i < result.Length; i++)
        {
            var (dx, dy) = ((i % 14) - 6.5, (i / 14) - 5.5);
            Assert.Equal(Field((0.96 * dx) - (0.28 * dy) + 0.3, (0.28 * dx) + (0.96 * dy) - 0.7), result[i], 1e-3);
        }

        AffineSampling.Shift(100, 0).Cubic(image, rows, columns, result, 12, 14, -5);
        Assert.All(result, pixel => Assert.Equal(-5, pixel));

        static double Field(double x, double y) => 3 + (0.5 * x) - (0.2 * y) + (0.05 * x * x) - (0.03 * x * y);
    }
}
