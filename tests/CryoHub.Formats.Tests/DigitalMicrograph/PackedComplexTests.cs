using System.Globalization;
using System.Numerics;
using CryoHub.Formats.DigitalMicrograph;
using CryoHub.Imaging;
using CryoHub.TestKit;

namespace CryoHub.Formats.Tests.DigitalMicrograph;

public sealed class PackedComplexTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>The transform of a random real image, written into the places of C. Boothroyd's table: rows from y = n/2 on top to y = -(n/2 - 1) below (Semper), v = -y.</summary>
    [Theory]
    [InlineData(6, 6, false)]
    [InlineData(8, 4, true)]
    public async Task Data_type_5_unfolds_into_the_whole_transform(int width, int height, bool bigEndian)
    {
        var random = new Random(5);
        var image = Enumerable.Range(0, width * height).Select(_ => random.NextDouble()).ToArray();
        var (nx, ny) = (width / 2, height / 2);
        var packed = new float[height, width];
        for (var row = 0; row < height; row++)
        {
            for (var u = 1; u < nx; u++)
            {
                Put(row, 2 * u, F(u, row - ny));
            }
        }

        for (var v = 1; v < ny; v++)
        {
            Put(ny + v, 0, F(0, v));
            Put(v, 0, F(-nx, v));
        }

        (packed[ny, 0], packed[ny, 1]) = ((float)F(0, 0).Real, (float)F(0, -ny).Real);
        (packed[0, 0], packed[0, 1]) = ((float)F(-nx, 0).Real, (float)F(-nx, -ny).Real);

        var file = new DmBytes(false, bigEndian).Floats([.. packed.Cast<float>()], 5, width, height);
        var signal = (await new DigitalMicrographReader().OpenAsync(new MemoryFile("x.dm3", file), Ct))[0];
        Assert.Equal(PixelType.Complex64, signal.Header.Pixel);
        Assert.Equal([height, width], signal.Header.Shape);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var expected = F(x - nx, y - ny);
                var found = (await signal.ValueAtAsync([y, x], Ct))!;

                // Stored in single precision.
                Assert.Equal(expected.Real, double.Parse(found["re"]!.ToString(), CultureInfo.InvariantCulture), 1e-5);
                Assert.Equal(expected.Imaginary, double.Parse(found["im"]!.ToString(), CultureInfo.InvariantCulture), 1e-5);
            }
        }

        void Put(int row, int column, Complex value) => (packed[row, column], packed[row, column + 1]) = ((float)value.Real, (float)value.Imaginary);

        Complex F(int u, int v)
        {
            var sum = Complex.Zero;
            for (var i = 0; i < image.Length; i++)
            {
                sum += image[i] * Complex.FromPolarCoordinates(1, -2 * Math.PI * (((double)u * (i % width) / width) + ((double)v * (i / width) / height)));
            }

            return sum;
        }
    }
}
