using System.Runtime.InteropServices;
using CryoHub.Imaging.Histograms;
using CryoHub.Imaging.Pyramids;

namespace CryoHub.Imaging.Tests.Pyramids;

/// <summary>Statistics, histogram and percentiles beside the plainest formula over all values at once.</summary>
public sealed class SummaryTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("cryohub-summary");

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData(0, 1)]
    [InlineData(10_000, 0.001)]
    [InlineData(-3e20, 1e18)]
    public async Task Floats_are_counted_exactly_whatever_their_range(double centre, double width)
    {
        var random = new Random(11);
        var values = Enumerable.Range(0, 300_001).Select(_ => centre + (width * (random.NextDouble() + random.NextDouble() - 1))).ToArray();
        var summary = await SummaryAsync(PixelType.Float64, MemoryMarshal.AsBytes<double>(values), values.Length);
        Expect(values, summary, meanTolerance: 1e-12);
    }

    [Fact]
    public async Task One_hot_pixel_does_not_take_the_percentiles_along()
    {
        var values = Enumerable.Range(0, 100_000).Select(i => (float)(i % 1000)).ToArray();
        values[77] = 1e9f;
        var summary = await SummaryAsync(PixelType.Float32, MemoryMarshal.AsBytes<float>(values), values.Length);
        Expect([.. values.Select(value => (double)value)], summary, meanTolerance: 1e-12);
    }

    [Theory]
    [InlineData(PixelType.Int16)]
    [InlineData(PixelType.UInt8)]
    public async Task Small_integers_have_a_bin_for_each_value_where_there_are_few(PixelType pixel)
    {
        var random = new Random(2);
        var values = Enumerable.Range(0, 5_000).Select(_ => (double)random.Next(3, 200)).ToArray();
        var summary = await SummaryAsync(pixel, [.. values.SelectMany(value => Specimen.Encode(pixel, (decimal)value))], values.Length);
        Expect(values, summary, meanTolerance: 1e-12);
        Assert.Equal((values.Min(), 1), (summary.Histogram.Low, summary.Histogram.BinWidth));
        Assert.Equal(Enumerable.Range(3, 197).Select(value => (long)values.Count(v => v == value)), summary.Histogram.Counts);
    }

    [Fact]
    public async Task What_is_no_number_is_counted_apart()
    {
        float[] values = [1, float.NaN, 3, float.PositiveInfinity, float.NegativeInfinity, 2];
        var summary = await SummaryAsync(PixelType.Float32, MemoryMarshal.AsBytes<float>(values), values.Length);
        Assert.Equal(new SignalStatistics(3, 3, 1, 3, 2, Math.Sqrt(2 / 3.0)), summary.Statistics);
        Assert.Equal(3, summary.Histogram.Counts.Sum());
    }

    [Fact]
    public async Task A_signal_without_one_number_has_no_statistics_but_a_pyramid()
    {
        var summary = await SummaryAsync(PixelType.Float32, MemoryMarshal.AsBytes<float>(Enumerable.Repeat(float.NaN, 400).ToArray()), 400);
        Assert.Equal((0L, 400L), (summary.Statistics.Count, summary.Statistics.NotFinite));
        Assert.True(double.IsNaN(summary.Statistics.Mean));
        Assert.Empty(summary.Histogram.Counts);
        Assert.Empty(summary.Percentiles);
    }

    [Fact]
    public async Task Equal_pixels_have_no_deviation_and_one_bin()
    {
        var summary = await SummaryAsync(PixelType.Float32, MemoryMarshal.AsBytes<float>(Enumerable.Repeat(0.1f, 900).ToArray()), 900);
        Assert.Equal(0, summary.Statistics.StandardDeviation);
        Assert.Equal([900L], summary.Histogram.Counts);
        Assert.All(summary.Percentiles, percentile => Assert.Equal(0.1f, percentile.Value));
    }

    [Fact]
    public async Task Denormals_and_zeros_are_counted()
    {
        double[] values = [0, double.Epsilon, -double.Epsilon, 1e-310, 0];
        var summary = await SummaryAsync(PixelType.Float64, MemoryMarshal.AsBytes<double>(values), values.Length);
        Assert.Equal((5L, -double.Epsilon, 1e-310), (summary.Statistics.Count, summary.Statistics.Min, summary.Statistics.Max));
        Assert.Equal(5, summary.Histogram.Counts.Sum());
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(5, 0)]
    public async Task An_axis_without_points_is_refused(long rows, long columns)
    {
        var header = Specimen.Header(SignalKind.Image, PixelType.UInt8, rows, columns);
        var refusal = await Assert.ThrowsAsync<ProblemException>(() => PyramidWriter.WriteAsync(new ArraySignal(header, default), new ZarrFolder(folder.FullName), null, TestContext.Current.CancellationToken));
        Assert.Equal($"specimen holds no pixels: its shape is {rows} x {columns}.", refusal.Message);
        Assert.Empty(folder.EnumerateFileSystemInfos());
    }

    private static void Expect(double[] values, SignalSummary summary, double meanTolerance)
    {
        var (mean, statistics, histogram) = (values.Average(), summary.Statistics, summary.Histogram);
        var deviation = Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
        Assert.Equal((values.Length, 0, values.Min(), values.Max()), (statistics.Count, statistics.NotFinite, statistics.Min, statistics.Max));
        Assert.Equal(mean, statistics.Mean, Math.Abs(mean * meanTolerance) + (deviation * 1e-10));
        Assert.Equal(deviation, statistics.StandardDeviation, deviation * 1e-8);

        // Bins are powers of two wide, so that index arithmetic in doubles is exact.
        var counts = new long[histogram.Counts.Count];
        foreach (var value in values)
        {
            counts[(int)(Math.Floor(value / histogram.BinWidth) - (histogram.Low / histogram.BinWidth))]++;
        }

        Assert.Equal(counts, histogram.Counts);
        Assert.InRange(counts.Length, Math.Min(513, (int)Math.Min(513, values.Max() - values.Min() + 1)) * (values.All(double.IsInteger) ? 1 : 0), 1024);

        // numpy's definition, on all values.
        var sorted = values.Order().ToArray();
        Assert.Equal(SignalSummary.Ranks, summary.Percentiles.Select(percentile => percentile.Rank));
        foreach (var (rank, found) in summary.Percentiles)
        {
            var at = rank / 100 * (sorted.Length - 1);
            var expected = sorted[(int)at] + ((sorted[Math.Min((int)at + 1, sorted.Length - 1)] - sorted[(int)at]) * (at - Math.Floor(at)));
            Assert.Equal(expected, found, Math.Abs(expected) * 1e-12);
        }
    }

    private Task<SignalSummary> SummaryAsync(PixelType pixel, ReadOnlySpan<byte> pixels, int count) => PyramidWriter.WriteAsync(
        new ArraySignal(Specimen.Header(SignalKind.Image, pixel, 1, count), pixels.ToArray()), new ZarrFolder(folder.FullName), null, TestContext.Current.CancellationToken);
}
