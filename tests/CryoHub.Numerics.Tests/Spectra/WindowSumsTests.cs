using CryoHub.Numerics.Spectra;

namespace CryoHub.Numerics.Tests.Spectra;

public sealed class WindowSumsTests
{
    public static TheoryData<int> Lengths => [0, 1, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 1000];

    [Theory]
    [MemberData(nameof(Lengths))]
    public void A_sum_is_that_of_double_precision_at_every_lane_boundary(int length)
    {
        var counts = Enumerable.Range(0, length).Select(i => (float)((i * 37 % 101) + (1e7 * (i % 2)))).ToArray();

        Assert.Equal(counts.Sum(count => (double)count), WindowSums.Of(counts), 1e-6);
    }

    [Fact]
    public void A_window_of_each_pixel_is_summed_and_NaN_stays_NaN()
    {
        var spectra = Enumerable.Range(0, 3 * 20).Select(i => (float)i).ToArray();
        spectra[20 + 11] = float.NaN;
        var sums = new double[3];

        WindowSums.Of(spectra, 20, 9, 8, sums);

        Assert.Equal([Enumerable.Range(9, 8).Sum(), double.NaN, Enumerable.Range(49, 8).Sum()], sums);
        Assert.Throws<ArgumentException>(() => WindowSums.Of(spectra, 20, 15, 6, new double[3]));
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void A_spectrum_is_added_in_double_precision_at_every_lane_boundary(int length)
    {
        var sums = Enumerable.Range(0, length).Select(i => 1e9 + i).ToArray();
        WindowSums.AddTo(sums, [.. Enumerable.Range(0, length).Select(i => i * 0.25f)]);

        Assert.Equal(Enumerable.Range(0, length).Select(i => 1e9 + (1.25 * i)), sums); // exact in double precision, lost in float32
        Assert.Throws<ArgumentException>(() => WindowSums.AddTo(new double[length + 1], new float[length]));
    }
}
