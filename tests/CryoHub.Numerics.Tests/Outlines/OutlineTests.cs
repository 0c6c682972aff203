using CryoHub.Numerics.Fitting;
using CryoHub.Numerics.Outlines;

namespace CryoHub.Numerics.Tests.Outlines;

public sealed class OutlineTests
{
    [Fact]
    public void A_ramp_of_distances_gives_a_closed_circle_of_the_right_length()
    {
        var picture = new float[101 * 101];
        for (var i = 0; i < picture.Length; i++)
        {
            picture[i] = (float)(40 - double.Hypot((i % 101) + 0.5 - 50.3, (i / 101) + 0.5 - 49.8));
        }

        var lines = MarchingSquares.At(picture, 101, 10);
        var circle = Assert.Single(lines);
        Assert.True(circle.Closed);
        Assert.Equal(2 * Math.PI * 30, circle.Length, 0.05); // chords of a pixel are short by 1 / (24 r^2)
        Assert.All(circle.Places.Chunk(2), place => Assert.Equal(30, double.Hypot(place[0] - 50.3, place[1] - 49.8), 0.01));
    }

    [Fact]
    public void A_line_that_leaves_the_picture_is_open_and_saddles_are_parted()
    {
        float[] tilted = [.. Enumerable.Range(0, 64 * 48).Select(i => (float)((i / 64) - (0.25 * (i % 64))))];
        var line = Assert.Single(MarchingSquares.At(tilted, 64, 10.5f));
        Assert.False(line.Closed);
        Assert.Equal(63 * Math.Sqrt(1 + (0.25 * 0.25)), line.Length, 1e-3);
        float[] saddle = [1, 0, 0, 1];
        Assert.Equal(2, MarchingSquares.At(saddle, 2, 0.6f).Count);
        Assert.Equal(2, MarchingSquares.At(saddle, 2, 0.4f).Count);
    }

    [Fact]
    public void A_ray_meets_the_same_piece_in_the_grid_as_among_all()
    {
        var random = new Random(3);
        Outline[] lines = [.. Enumerable.Range(0, 60).Select(_ => new Outline([.. Enumerable.Range(0, 8).Select(_ => 200 * random.NextDouble())], false))];
        var (fine, one) = (new PieceGrid(lines, 5), new PieceGrid(lines, 1000));
        for (var i = 0; i < 500; i++)
        {
            var (x, y, angle) = (random.NextDouble() * 240 - 20, random.NextDouble() * 240 - 20, random.NextDouble() * 7);
            Assert.Equal(one.First(x, y, Math.Cos(angle), Math.Sin(angle), 150), fine.First(x, y, Math.Cos(angle), Math.Sin(angle), 150));
        }

        Assert.Equal(7, new PieceGrid([new Outline([10, 0, 10, 20], false)], 4).First(3, 5, 1, 0, 100), 12);
        Assert.True(double.IsNaN(fine.First(-1000, -1000, -1, 0, 1e6)));
    }

    [Fact]
    public void Normals_of_a_jittered_line_point_its_way()
    {
        var random = new Random(5);
        var line = new Outline([.. Enumerable.Range(0, 200).SelectMany(i => new[] { i, (0.5 * i) + random.NextDouble() })], false).Resampled(1);
        var normals = line.Normals(16);
        for (var i = 20; i < line.Count - 20; i++)
        {
            Assert.Equal(1 / Math.Sqrt(1.25), Math.Abs(normals[(2 * i) + 1]), 0.03);
        }
    }

    [Fact]
    public void Block_noise_is_the_standard_error_of_white_noise_on_a_slow_course()
    {
        var random = new Random(7);
        var estimates = Enumerable.Range(0, 200).Select(_ =>
        {
            double[] profile = [.. Enumerable.Range(0, 1200).Select(i => (5 * Math.Sin(i / 150.0)) + (Math.Sqrt(12) * (random.NextDouble() - 0.5)))];
            return BlockNoise.OfMean(profile, 20, 0).Error;
        });
        Assert.Equal(1 / Math.Sqrt(1200), estimates.Average(), 0.0015); // sd 1; the mean of 200 is known to half a percent, the slow sine adds about one
        Assert.True(double.IsNaN(BlockNoise.OfMean(new double[100], 20, 0).Error));
    }

    /// <summary>Student's t at 68.27 % of tables.</summary>
    [Theory]
    [InlineData(1, 1.837)]
    [InlineData(2, 1.321)]
    [InlineData(5, 1.111)]
    [InlineData(30, 1.017)]
    public void Few_values_widen_the_error(double freedom, double factor) => Assert.Equal(factor, StudentFactor.Of(freedom), 0.002);
}
