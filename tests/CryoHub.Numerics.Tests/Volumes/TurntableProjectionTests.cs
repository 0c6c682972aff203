using CryoHub.Numerics.Volumes;

namespace CryoHub.Numerics.Tests.Volumes;

public sealed class TurntableProjectionTests
{
    /// <summary>A disk of value 1 on nothing: the mean along a ray at distance u from the middle of a square is the chord over the square's own length there.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(0.5)]
    [InlineData(2.1)]
    public void A_disk_looks_the_same_from_everywhere(double angle)
    {
        const int side = 101;
        const double radius = 30;
        var slice = new float[side * side];
        for (var i = 0; i < slice.Length; i++)
        {
            slice[i] = Math.Sqrt(Math.Pow((i / side) - 50, 2) + Math.Pow((i % side) - 50, 2)) <= radius ? 1 : 0;
        }

        var row = new float[201];
        TurntableProjection.Row(slice, side, side, 1, 1, angle, 1, maximum: true, row);

        for (var u = 0; u < row.Length; u++)
        {
            var distance = Math.Abs(u - 100);
            if (distance < radius - 2)
            {
                Assert.Equal(1, row[u], 1e-6);
            }
            else if (distance > radius + 2 && !float.IsNaN(row[u]))
            {
                Assert.Equal(0, row[u], 1e-6);
            }
        }

        Assert.True(float.IsNaN(row[0])); // beyond the square's corner
    }

    [Theory]
    [InlineData(0, 20)]
    [InlineData(Math.PI / 2, 30)]
    [InlineData(Math.PI, 60)]
    public void A_point_goes_round_from_x_towards_y(double angle, int expected)
    {
        // Middle of 81 x 81 pixels is 40; the point lies 20 to the left and 10 above, so it projects to 40 - 20 cos a - 10 sin a.
        var slice = new float[81 * 81];
        slice[(30 * 81) + 20] = 5;
        var row = new float[81];

        TurntableProjection.Row(slice, 81, 81, 1, 1, angle, 1, maximum: true, row);

        Assert.Equal(expected, Array.IndexOf(row, row.Max()));
        Assert.Equal(5, row.Max(), 0.01);
    }

    [Fact]
    public void The_mean_of_a_constant_is_the_constant_also_with_unequal_steps_and_missing_pixels()
    {
        var slice = Enumerable.Repeat(3f, 40 * 25).ToArray();
        slice[500] = float.NaN;
        var row = new float[64];

        TurntableProjection.Row(slice, 40, 25, 0.5, 2, 0.7, 1, maximum: false, row);

        Assert.All(row.Where(value => !float.IsNaN(value)), value => Assert.Equal(3, value, 1e-6));
        Assert.Contains(row, float.IsNaN);
    }
}
