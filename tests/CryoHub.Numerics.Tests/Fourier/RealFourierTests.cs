using System.Numerics;
using CryoHub.Numerics.Fourier;

namespace CryoHub.Numerics.Tests.Fourier;

public sealed class RealFourierTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(7)]
    [InlineData(10)]
    [InlineData(16)]
    [InlineData(18)]
    [InlineData(62)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(65)]
    public void Rows_equal_the_plain_sum_and_come_back(int length)
    {
        const int rows = 3;
        var data = Random(rows * length);
        var spectra = new float[rows * RealFourier.HalfLength(length)];

        RealFourier.ForwardRows([.. data], rows, length, spectra);

        for (var row = 0; row < rows; row++)
        {
            for (var k = 0; k <= length / 2; k++)
            {
                var expected = Complex.Zero;
                for (var i = 0; i < length; i++)
                {
                    expected += data[(row * length) + i] * Complex.FromPolarCoordinates(1, -2 * Math.PI * k * i / length);
                }

                var at = (row * RealFourier.HalfLength(length)) + (2 * k);
                Assert.Equal(expected.Real, spectra[at], 1e-5 * length);
                Assert.Equal(expected.Imaginary, spectra[at + 1], 1e-5 * length);
            }
        }

        var back = new float[data.Length];
        RealFourier.InverseRows(spectra, rows, length, back);
        Assert.All(data.Zip(back), pair => Assert.Equal(pair.First, pair.Second / length, 1e-5));
    }

    [Theory]
    [InlineData(4, 6, 8)]
    [InlineData(5, 3, 7)]
    public void A_volume_equals_the_plain_sum_and_comes_back(int depth, int rows, int columns)
    {
        var data = Random(depth * rows * columns);
        using var volume = new AlignedFloats(data.Length);
        using var spectrum = new AlignedFloats(depth * rows * RealFourier.HalfLength(columns));
        data.CopyTo(volume.Span);

        RealFourier.ForwardSpace(volume, depth, rows, columns, spectrum);

        var (kz, ky, kx) = (depth - 1, 2, 3);
        var expected = Complex.Zero;
        for (var i = 0; i < data.Length; i++)
        {
            var turns = ((double)kz * (i / (rows * columns)) / depth) + ((double)ky * (i / columns % rows) / rows) + ((double)kx * (i % columns) / columns);
            expected += data[i] * Complex.FromPolarCoordinates(1, -2 * Math.PI * turns);
        }

        var at = (((kz * rows) + ky) * RealFourier.HalfLength(columns)) + (2 * kx);
        Assert.Equal(expected.Real, spectrum.Span[at], 1e-4);
        Assert.Equal(expected.Imaginary, spectrum.Span[at + 1], 1e-4);
        RealFourier.InverseSpace(spectrum, depth, rows, columns, volume);
        for (var i = 0; i < data.Length; i++)
        {
            Assert.Equal(data[i], volume.Span[i] / data.Length, 1e-5);
        }
    }

    [Fact]
    public void Columns_of_a_block_equal_the_plain_sum_from_aligned_and_unaligned_memory()
    {
        const int length = 12;
        const int columns = 5;
        const int transformed = 3;
        var data = Random((2 * length * columns) + 1);
        using var aligned = new AlignedFloats(2 * length * columns);
        data.AsSpan(1).CopyTo(aligned.Span);
        using var spectra = new AlignedFloats(2 * length * transformed);
        var unaligned = new float[(2 * length * transformed) + 1].AsSpan(1);

        RealFourier.ForwardColumns(aligned.Span, length, columns, transformed, spectra.Span);
        RealFourier.ForwardColumns(data.AsSpan(1), length, columns, transformed, unaligned);

        for (var k = 0; k < length; k++)
        {
            for (var column = 0; column < transformed; column++)
            {
                var expected = Complex.Zero;
                for (var i = 0; i < length; i++)
                {
                    var at = 1 + (2 * ((i * columns) + column));
                    expected += new Complex(data[at], data[at + 1]) * Complex.FromPolarCoordinates(1, -2 * Math.PI * k * i / length);
                }

                var found = 2 * ((column * length) + k);
                Assert.Equal(expected.Real, spectra.Span[found], 1e-4);
                Assert.Equal(expected.Imaginary, unaligned[found + 1], 1e-4);
            }
        }
    }

    [Fact]
    public void Many_threads_may_ask_for_the_same_new_plan()
    {
        var data = Random(4 * 54);
        var results = new float[16][];

        Parallel.For(0, results.Length, i =>
        {
            results[i] = new float[4 * RealFourier.HalfLength(54)];
            RealFourier.ForwardRows([.. data], 4, 54, results[i]);
        });

        Assert.All(results, result => Assert.Equal(results[0], result));
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(7, 8)]
    [InlineData(1021, 1024)]
    [InlineData(1024, 1024)]
    public void A_fast_length_is_the_next_even_product_of_small_primes(int length, int expected) => Assert.Equal(expected, RealFourier.FastLength(length));

    [Fact]
    public void A_span_of_another_length_is_refused() =>
        Assert.Throws<ArgumentException>(() => RealFourier.ForwardRows(new float[10], 2, 6, new float[16]));

    [Fact]
    public void Freed_memory_cannot_be_touched()
    {
        var floats = new AlignedFloats(4);
        floats.Dispose();
        floats.Dispose();

        Assert.Throws<ObjectDisposedException>(() => floats.Span.Length);
    }

    private static float[] Random(int length)
    {
        var random = new Random(length);
        return [.. Enumerable.Range(0, length).Select(_ => random.NextSingle() - 0.5f)];
    }
}
