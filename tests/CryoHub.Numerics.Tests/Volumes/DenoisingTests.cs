using CryoHub.Numerics.Volumes;

namespace CryoHub.Numerics.Tests.Volumes;

public sealed class DenoisingTests
{
    public static TheoryData<int, int, int> Shapes => new() { { 3, 5, 19 }, { 1, 6, 33 }, { 4, 3, 8 } };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Non_local_means_equal_the_double_formula(int depth, int height, int width)
    {
        var shape = new VolumeShape(depth, height, width);
        var volume = Phantom.Noise(shape);
        var result = new float[shape.Count];
        const double strength = 0.4;
        const double noise = 0.1;

        NonLocalMeans.Slab(volume, shape, 1, 2, strength, noise, 0, depth, result);

        var z0 = depth > 1 ? 1 : 0;
        for (var i = 0; i < result.Length; i++)
        {
            var (z, y, x) = (i / shape.Plane, i / width % height, i % width);
            var (sum, total) = (0.0, 0.0);
            for (var n = 0; n < 125; n++)
            {
                var (dz, dy, dx) = ((n / 25) - 2, (n / 5 % 5) - 2, (n % 5) - 2);
                if (dz != 0 && depth == 1)
                {
                    continue;
                }

                var (distance, count) = (0.0, 0);
                for (var p = 0; p < 27; p++)
                {
                    var (pz, py, px) = (z0 * ((p / 9) - 1), (p / 3 % 3) - 1, (p % 3) - 1);
                    distance += Math.Pow(At(z + pz, y + py, x + px) - At(z + dz + pz, y + dy + py, x + dx + px), 2);
                    count++;
                }

                var weight = Math.Exp(-Math.Max(0, (distance / count) - (2 * noise * noise)) / (strength * strength));
                sum += weight * At(z + dz, y + dy, x + dx);
                total += weight;
            }

            Assert.Equal(sum / total, result[i], 2e-5);
        }

        double At(int z, int y, int x) => volume[shape.Index(Phantom.Mirrored(z, depth), Phantom.Mirrored(y, height), Phantom.Mirrored(x, width))];
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void A_step_of_diffusion_equals_the_formula_and_keeps_the_sum(int depth, int height, int width)
    {
        var shape = new VolumeShape(depth, height, width);
        var volume = Phantom.Noise(shape, 7);
        var result = new float[shape.Count];

        AnisotropicDiffusion.Step(volume, shape, 0.2f, 0.14f, 0, depth, result);

        for (var i = 0; i < result.Length; i++)
        {
            var (z, y, x) = (i / shape.Plane, i / width % height, i % width);
            double expected = volume[i];
            foreach (var (dz, dy, dx) in new[] { (-1, 0, 0), (1, 0, 0), (0, -1, 0), (0, 1, 0), (0, 0, -1), (0, 0, 1) })
            {
                var d = volume[shape.Index(Phantom.Mirrored(z + dz, depth), Phantom.Mirrored(y + dy, height), Phantom.Mirrored(x + dx, width))] - (double)volume[i];
                expected += 0.14 * d / (1 + (d * d / 0.04));
            }

            Assert.Equal(expected, result[i], 1e-6);
        }

        Assert.Equal(volume.Sum(value => (double)value), result.Sum(value => (double)value), 1e-4);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Grey_erosion_and_dilation_take_the_lowest_and_highest_of_the_box(int depth, int height, int width)
    {
        var shape = new VolumeShape(depth, height, width);
        var volume = Phantom.Noise(shape, 9);
        var (low, high) = (new float[shape.Count], new float[shape.Count]);

        BoxExtremum.Slab(volume, shape, 2, highest: false, 0, depth, low);
        BoxExtremum.Slab(volume, shape, 2, highest: true, 0, depth, high);

        for (var i = 0; i < volume.Length; i++)
        {
            var (z, y, x) = (i / shape.Plane, i / width % height, i % width);
            float[] around = [.. Enumerable.Range(0, 125).Select(n => volume[shape.Index(Phantom.Mirrored(z + (n / 25) - 2, depth), Phantom.Mirrored(y + (n / 5 % 5) - 2, height), Phantom.Mirrored(x + (n % 5) - 2, width))])];
            Assert.Equal((around.Min(), around.Max()), (low[i], high[i]));
        }
    }
}
