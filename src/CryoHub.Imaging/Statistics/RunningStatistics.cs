using CryoHub.Imaging.Histograms;

namespace CryoHub.Imaging.Statistics;

/// <summary>
/// Minimum, maximum, mean and standard deviation of a stream of pixels, block by block in float64. NaN and infinities are counted and left out.
/// </summary>
public sealed class RunningStatistics
{
    private const int Block = 4096;

    private readonly double[] block = new double[Block];
    private RunningMoments moments = RunningMoments.Empty;

    public long Count => moments.Count;

    public long NonFinite { get; private set; }

    public double Min => moments.Min;

    public double Max => moments.Max;

    public double Mean => moments.Mean;

    /// <summary>Of the population (divided by the count).</summary>
    public double StandardDeviation => Count == 0 ? 0 : Math.Sqrt(moments.Squares / Count);

    /// <summary>Every pixel of <paramref name="signal"/>, one frame in memory at a time.</summary>
    public static async Task<RunningStatistics> OfAsync(ISignal signal, CancellationToken ct)
    {
        var statistics = new RunningStatistics();
        var header = signal.Header;
        var frame = new byte[header.FrameBytes];
        for (var i = 0L; i < header.FrameCount; i++)
        {
            ct.ThrowIfCancellationRequested();
            await signal.ReadFrameAsync(i, frame, ct);
            statistics.Add(header.Pixel, frame);
        }

        return statistics;
    }

    /// <summary>Whole pixels, native type, little endian.</summary>
    public void Add(PixelType pixel, ReadOnlySpan<byte> bytes)
    {
        var size = pixel.Bytes();
        for (var left = bytes; left.Length >= size;)
        {
            var count = Math.Min(Block, left.Length / size);
            var values = block.AsSpan(0, count);
            PixelConversion.ToDouble(pixel, left[..(count * size)], values);
            moments = moments.With(RunningMoments.OfFinite(values, out var finite));
            NonFinite += count - finite.Length;
            left = left[(count * size)..];
        }
    }
}
