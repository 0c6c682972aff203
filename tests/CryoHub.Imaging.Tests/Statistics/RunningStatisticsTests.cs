using System.Runtime.InteropServices;
using CryoHub.Imaging.Statistics;

namespace CryoHub.Imaging.Tests.Statistics;

public sealed class RunningStatisticsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(4095)]
    [InlineData(4096)]
    [InlineData(4097)]
    [InlineData(100_003)]
    public void Blocks_give_what_the_closed_form_of_consecutive_numbers_gives(int count)
    {
        // 1 .. n: mean (n + 1) / 2, variance (n^2 - 1) / 12. A large offset would show cancellation: 1e9 + k in float64.
        var numbers = Enumerable.Range(1, count).Select(k => 1e9 + k).ToArray();
        var statistics = new RunningStatistics();
        statistics.Add(PixelType.Float64, MemoryMarshal.AsBytes(numbers.AsSpan()));
        Assert.Equal((1e9 + 1, 1e9 + count), (statistics.Min, statistics.Max));
        Assert.Equal(1e9 + ((count + 1) / 2.0), statistics.Mean, 1e-5);
        Assert.Equal(Math.Sqrt((((double)count * count) - 1) / 12), statistics.StandardDeviation, 1e-6 * count);
    }

    [Fact]
    public void What_is_no_number_is_counted_and_left_out()
    {
        float[] pixels = [1, float.NaN, 3, float.PositiveInfinity, float.NegativeInfinity, 5];
        var statistics = new RunningStatistics();
        statistics.Add(PixelType.Float32, MemoryMarshal.AsBytes(pixels.AsSpan()));
        Assert.Equal((1.0, 5.0, 3.0, 3L, 3L), (statistics.Min, statistics.Max, statistics.Mean, statistics.Count, statistics.NonFinite));
        Assert.Equal(Math.Sqrt(8 / 3.0), statistics.StandardDeviation, 1e-12);
    }

    [Fact]
    public void Numbers_whose_sum_overflows_are_still_numbers()
    {
        double[] pixels = [double.MaxValue, double.MaxValue];
        var statistics = new RunningStatistics();
        statistics.Add(PixelType.Float64, MemoryMarshal.AsBytes(pixels.AsSpan()));
        Assert.Equal((2L, 0L, double.MaxValue), (statistics.Count, statistics.NonFinite, statistics.Max));
    }

    [Fact]
    public void Equal_pixels_have_no_spread()
    {
        var statistics = new RunningStatistics();
        statistics.Add(PixelType.UInt16, MemoryMarshal.AsBytes(Enumerable.Repeat(ushort.MaxValue, 10_000).ToArray().AsSpan()));
        Assert.Equal((65535.0, 0.0), (statistics.Mean, statistics.StandardDeviation));
    }

    [Fact]
    public void Complex_numbers_count_by_their_modulus()
    {
        float[] parts = [3, 4, 0, -5];
        var statistics = new RunningStatistics();
        statistics.Add(PixelType.Complex64, MemoryMarshal.AsBytes(parts.AsSpan()));
        Assert.Equal((5.0, 5.0, 2L), (statistics.Min, statistics.Max, statistics.Count));
    }
}
