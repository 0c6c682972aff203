using CryoHub.Numerics.Volumes;

namespace CryoHub.Numerics.Tests.Volumes;

public sealed class FilterTests
{
    public static TheoryData<int, int, int> Shapes => Phantom.Shapes;

    [Theory]
    [MemberData(nameof(Shapes))]
    public void The_gaussian_equals_a_double_sum_over_mirrored_neighbours(int depth, int height, int width)
    {
        var shape = new VolumeShape(depth, height, width);
        var volume = Phantom.Noise(shape);
        double[] sigmas = [0.8, 1.7, 0.5];
        var result = new float[shape.Count];

        GaussianFilter.Slab(volume, shape, GaussianFilter.Weights(sigmas[0]), GaussianFilter.Weights(sigmas[1]), GaussianFilter.Weights(sigmas[2]), 0, depth, result);

        var expected = volume.Select(value => (double)value).ToArray();
        expected = Smooth(expected, shape, sigmas[0], 0);
        expected = Smooth(expected, shape, sigmas[1], 1);
        expected = Smooth(expected, shape, sigmas[2], 2);
        Assert.All(expected.Zip(result), pair => Assert.Equal(pair.First, pair.Second, 3e-6)); // some 30 float32 additions of numbers up to 1
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void The_median_is_the_fourteenth_of_twenty_seven_neighbours(int depth, int height, int width)
    {
        var shape = new VolumeShape(depth, height, width);
        var volume = Phantom.Noise(shape, 3);
        var result = new float[shape.Count];

        MedianFilter.Slab(volume, shape, 0, depth, result);

        for (var i = 0; i < result.Length; i++)
        {
            var (z, y, x) = (i / shape.Plane, i / width % height, i % width);
            var around = Enumerable.Range(0, 27).Select(n => volume[shape.Index(
                Phantom.Mirrored(z + (n / 9) - 1, depth), Phantom.Mirrored(y + (n / 3 % 3) - 1, height), Phantom.Mirrored(x + (n % 3) - 1, width))]);
            Assert.Equal(around.Order().ElementAt(13), result[i]);
        }
    }

    [Fact]
    public void Slabs_give_the_same_bits_as_the_whole()
    {
        var shape = new VolumeShape(9, 8, 21);
        var volume = Phantom.Noise(shape);
        var weights = GaussianFilter.Weights(1.5);
        var (whole, parts) = (new float[shape.Count], new float[shape.Count]);

        GaussianFilter.Slab(volume, shape, weights, weights, weights, 0, 9, whole);
        GaussianFilter.Slab(volume, shape, weights, weights, weights, 0, 4, parts);
        GaussianFilter.Slab(volume, shape, weights, weights, weights, 4, 5, parts.AsSpan(4 * shape.Plane));

        Assert.Equal(whole, parts);
    }

    private static double[] Smooth(double[] volume, VolumeShape shape, double sigma, int axis)
    {
        var radius = (int)((4 * sigma) + 0.5);
        double[] weights = [.. Enumerable.Range(-radius, (2 * radius) + 1).Select(i => Math.Exp(-i * i / (2 * sigma * sigma)))];
        var sum = weights.Sum();
        return [.. Enumerable.Range(0, shape.Count).Select(i => Enumerable.Range(-radius, (2 * radius) + 1).Sum(k => weights[k + radius] / sum * volume[shape.Index(
            Phantom.Mirrored((i / shape.Plane) + (axis == 0 ? k : 0), shape.Depth),
            Phantom.Mirrored((i / shape.Width % shape.Height) + (axis == 1 ? k : 0), shape.Height),
            Phantom.Mirrored((i % shape.Width) + (axis == 2 ? k : 0), shape.Width))]))];
    }
}
