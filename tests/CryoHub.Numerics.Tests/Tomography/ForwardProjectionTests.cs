using CryoHub.Numerics.Tomography;

namespace CryoHub.Numerics.Tests.Tomography;

public sealed class ForwardProjectionTests
{
    private const int Strip = BackProjection.Strip;

    [Theory]
    [InlineData(1, 5, 7)]
    [InlineData(13, 33, 20)]
    [InlineData(24, 16, 41)] // voxels that fall beyond the detector
    public void Projection_and_back_projection_are_a_matched_pair(int viewCount, int detector, int size)
    {
        var random = new Random(detector);
        View[] views = [.. Enumerable.Range(0, viewCount).Select(i => View.At(-170 + (27.3 * i)))];
        var (axis, depth) = (0.45 * detector, 9);
        var volume = Enumerable.Range(0, depth * size * Strip).Select(_ => random.NextSingle()).ToArray();
        var sinogram = new float[BackProjection.StripLength(viewCount, detector)];
        for (var view = 0; view < viewCount; view++)
        {
            foreach (ref var value in sinogram.AsSpan(BackProjection.Offset(view, 0, detector), detector * Strip))
            {
                value = random.NextSingle() - 0.3f;
            }
        }

        var projected = Project(volume, views, detector, axis, size, depth);
        var back = new float[volume.Length];
        for (var z = 0; z < depth; z++)
        {
            BackProjection.Row(sinogram, views, detector, axis, -size / 2.0, z - 4.2, back.AsSpan(z * size * Strip, size * Strip));
        }

        for (var slice = 0; slice < Strip; slice += 21)
        {
            var left = Dot(projected, sinogram, slice);
            var right = Dot(volume, back, slice);
            Assert.Equal(0, (left - right) / Math.Abs(left), 1e-5);
        }
    }

    [Theory]
    [InlineData(17.5)]
    [InlineData(90)]
    [InlineData(180)]
    public void Each_voxel_gives_its_density_to_two_rows_by_linear_weights(double degrees)
    {
        var random = new Random(3);
        const int detector = 21, size = 12, depth = 6;
        View[] views = [View.At(degrees)];
        var volume = Enumerable.Range(0, depth * size * Strip).Select(_ => random.NextSingle()).ToArray();

        var projected = Project(volume, views, detector, 10.2, size, depth);

        foreach (var slice in new[] { 0, 15, 31, 32, 63 })
        {
            var expected = new double[detector + 2];
            for (var i = 0; i < depth * size; i++)
            {
                var u = 10.2 + (((i % size) - (size / 2.0)) * views[0].Cos) + (((i / size) - 4.2) * views[0].Sin);
                var row = (int)Math.Floor(u);
                expected[row] += volume[(i * Strip) + slice] * (1 - (u - row));
                expected[row + 1] += volume[(i * Strip) + slice] * (u - row);
            }

            for (var u = 0; u < detector; u++)
            {
                Assert.Equal(expected[u], projected[BackProjection.Offset(0, u, detector) + slice], 1e-5 * depth * size);
            }
        }
    }

    [Fact]
    public void The_gradient_of_the_total_variation_is_its_difference_quotient()
    {
        const int across = 5, depth = 4, slice = 33;
        const float smooth = 0.05f;
        var random = new Random(9);
        var volume = Enumerable.Range(0, depth * across * Strip).Select(_ => random.NextSingle()).ToArray();
        for (var z = 0; z < depth; z++)
        {
            var gradient = new float[across * Strip];
            StripVariation.Gradient(volume, across, z, smooth, gradient);
            for (var x = 0; x < across; x++)
            {
                const double step = 1e-5;
                var quotient = (Variation(volume, z, x, step) - Variation(volume, z, x, -step)) / (2 * step);
                Assert.Equal(quotient, gradient[(x * Strip) + slice], 1e-3);
            }
        }

        static double Variation(float[] volume, int movedZ, int movedX, double by)
        {
            double At(int z, int x) => volume[(((z * across) + x) * Strip) + slice] + (z == movedZ && x == movedX ? by : 0);
            var sum = 0.0;
            for (var z = 0; z < depth; z++)
            {
                for (var x = 0; x < across; x++)
                {
                    var dx = x + 1 < across ? At(z, x + 1) - At(z, x) : 0;
                    var dz = z + 1 < depth ? At(z + 1, x) - At(z, x) : 0;
                    sum += Math.Sqrt((dx * dx) + (dz * dz) + (smooth * smooth));
                }
            }

            return sum;
        }
    }

    private static float[] Project(float[] volume, View[] views, int detector, double axis, int size, int depth)
    {
        var projected = new float[BackProjection.StripLength(views.Length, detector)];
        for (var view = 0; view < views.Length; view++)
        {
            var rows = projected.AsSpan(ForwardProjection.ViewOffset(view, detector), ForwardProjection.ViewLength(detector));
            for (var z = 0; z < depth; z++)
            {
                ForwardProjection.AddRow(volume.AsSpan(z * size * Strip, size * Strip), views[view], detector, axis, -size / 2.0, z - 4.2, rows);
            }

            ForwardProjection.ClearMargins(rows);
        }

        return projected;
    }

    private static double Dot(float[] one, float[] two, int slice)
    {
        var sum = 0.0;
        for (var i = slice; i < one.Length; i += Strip)
        {
            sum += (double)one[i] * two[i];
        }

        return sum;
    }
}
