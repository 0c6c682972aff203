using CryoHub.Numerics.Tomography;

namespace CryoHub.Numerics.Tests.Tomography;

public sealed class ViewWeightsTests
{
    [Fact]
    public void Plus_and_minus_ninety_are_one_direction_and_count_half_each()
    {
        var weights = ViewWeights.Of([.. Enumerable.Range(0, 91).Select(i => -90.0 + (2 * i))]);

        Assert.Equal(weights[45] / 2, weights[0], 1e-12);
        Assert.Equal(weights[45] / 2, weights[90], 1e-12);
        Assert.Equal(Math.PI, weights.Sum(), 1e-12);
    }

    [Fact]
    public void The_missing_wedge_is_nobodys()
    {
        double[] angles = [.. Enumerable.Range(0, 61).Select(i => -60.0 + (2 * i))];

        var weights = ViewWeights.Of(angles);

        Assert.All(weights, weight => Assert.Equal(2 * Math.PI / 180, weight, 1e-12));
        Assert.Equal(58, ViewWeights.MissingWedge(angles), 1e-6);
    }

    [Fact]
    public void A_missing_tilt_is_made_up_for_by_its_neighbours_in_any_order_of_angles()
    {
        var weights = ViewWeights.Of([20, -40, 40, 0, -20, 60, 80, -60, -80, 10]);

        Assert.Equal(15 * Math.PI / 180, weights[0], 1e-12); // 20 lies between 10 and 40
        Assert.Equal(10 * Math.PI / 180, weights[9], 1e-12); // 10 lies between 0 and 20
        Assert.Equal(Math.PI, weights.Sum(), 1e-12);
    }

    [Fact]
    public void Angles_beyond_half_a_turn_count_modulo_180()
    {
        double[] angles = [0, 45, 90, 135, 180, 225, 270, 315];

        Assert.All(ViewWeights.Of(angles), weight => Assert.Equal(Math.PI / 8, weight, 1e-12));
        Assert.Equal(0, ViewWeights.MissingWedge(angles));
    }

    [Fact]
    public void A_turned_grid_of_a_quarter_moves_pixels_and_blurs_nothing()
    {
        float[] image = [1, 2, 3, 4, 5, 6]; // two rows of three
        var grid = new ProjectionGrid(2, 3, 90);
        var turned = new float[6];

        grid.Resample(image, 0, grid.Along, turned);

        Assert.Equal((2, 3), (grid.Across, grid.Along));
        Assert.Equal([4, 1, 5, 2, 6, 3], turned); // along runs to the right, across upwards
    }

    [Fact]
    public void Binning_averages_blocks_and_leaves_out_a_rest()
    {
        var binned = new float[2];

        Binning.Mean([1, 2, 3, 4, 99, 5, 6, 7, 8, 99, 9, 9, 9, 9, 9], 5, 2, binned);

        Assert.Equal([3.5f, 5.5f], binned);
    }
}
