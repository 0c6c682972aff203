using CryoHub.Numerics.Tomography;

namespace CryoHub.Numerics.Tests.Tomography;

public sealed class BackProjectionTests
{
    [Theory]
    [InlineData(1, 5)]
    [InlineData(3, 16)]
    [InlineData(17, 33)]
    public void A_row_of_voxels_equals_linear_interpolation_in_double_precision(int viewCount, int detector)
    {
        var random = new Random(viewCount);
        View[] views = [.. Enumerable.Range(0, viewCount).Select(i => View.At(-70 + (9 * i)))];
        var sinogram = new float[BackProjection.StripLength(viewCount, detector)];
        for (var view = 0; view < viewCount; view++)
        {
            foreach (ref var value in sinogram.AsSpan(BackProjection.Offset(view, 0, detector), detector * BackProjection.Strip))
            {
                value = random.NextSingle();
            }
        }

        var (columns, axis, firstX, z) = (2 * detector, 0.4 * detector, -1.3 * detector, 1.7);
        var voxels = new float[columns * BackProjection.Strip];
        BackProjection.Row(sinogram, views, detector, axis, firstX, z, voxels);

        for (var column = 0; column < columns; column++)
        {
            foreach (var slice in new[] { 0, 1, 15, 16, 31, 32, 63 })
            {
                var expected = 0.0;
                for (var view = 0; view < viewCount; view++)
                {
                    var u = axis + ((firstX + column) * views[view].Cos) + (z * views[view].Sin);
                    var i = (int)Math.Floor(u);
                    double At(int pixel) => pixel >= 0 && pixel < detector ? sinogram[BackProjection.Offset(view, pixel, detector) + slice] : 0;
                    expected += (At(i) * (1 - (u - i))) + (At(i + 1) * (u - i));
                }

                Assert.Equal(expected, voxels[(column * BackProjection.Strip) + slice], 1e-5);
            }
        }
    }

    [Fact]
    public void A_sinogram_of_another_shape_is_refused() =>
        Assert.Throws<ArgumentException>(() => BackProjection.Row(new float[100], [View.At(0)], 5, 0, 0, 0, new float[64]));

    [Fact]
    public void The_ramp_has_the_frequency_response_of_its_kernel()
    {
        var ramp = RampFilter.Ramp(256);

        Assert.Equal(0.5, ramp[^1], 0.01); // |k| at half a cycle per pixel
        Assert.Equal(0.25, ramp[64], 1e-3);
        Assert.InRange(ramp[0], 1e-4, 4e-3); // the band-limited kernel keeps a little of the mean: 2/(pi^2 n) for n points
    }

    [Fact]
    public void A_SIRT_like_filter_lies_between_nothing_and_the_ramp_and_grows_with_iterations()
    {
        var (ramp, few, many) = (RampFilter.Ramp(256), RampFilter.SirtLike(256, 128, 5), RampFilter.SirtLike(256, 128, 50));

        for (var k = 1; k < ramp.Length; k++)
        {
            Assert.InRange(few[k], 0, many[k]);
            Assert.InRange(many[k], few[k], ramp[k]);
        }

        Assert.Equal(ramp[100] * (1 - Math.Pow(1 - (256 / (100.0 * 128)), 5)), few[100], 1e-6);
    }
}
