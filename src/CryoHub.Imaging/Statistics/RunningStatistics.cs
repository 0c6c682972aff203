using System.Numerics.Tensors;

namespace CryoHub.Imaging.Statistics;

/// <summary>
/// Minimum, maximum, mean and standard deviation of a stream of pixels, block by block in float64 (Chan, Golub and LeVeque 1979). NaN and infinities are
/// counted and left out.
/// </summary>
public sealed class RunningStatistics
{
    private const int Block = 4096;

    private readonly double[] block = new double[Block];
    private double squares;   // sum of squared deviations from the mean

    public long Count { get; private set; }

    public long NonFinite { get; private set; }

    public double Min { get; private set; } = double.PositiveInfinity;

    public double Max { get; private set; } = double.NegativeInfinity;

    public double Mean { get; private set; }

    /// <summary>Of the population (divided by the count).</summary>
    public double StandardDeviation => Count == 0 ? 0 : Math.Sqrt(squares / Count);

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
            Merge(values);
            left = left[(count * size)..];
        }
    }

    private void Merge(Span<double> values)
    {
        var sum = TensorPrimitives.Sum<double>(values);
        if (!double.IsFinite(sum))
        {
            values = Compact(values);
            sum = TensorPrimitives.Sum<double>(values);
        }

        if (values.IsEmpty)
        {
            return;
        }

        Min = Math.Min(Min, TensorPrimitives.Min<double>(values));
        Max = Math.Max(Max, TensorPrimitives.Max<double>(values));
        var mean = sum / values.Length;
        TensorPrimitives.Subtract(values, mean, values);
        var total = Count + values.Length;
        var shift = mean - Mean;
        squares += TensorPrimitives.SumOfSquares<double>(values) + (shift * shift * Count * values.Length / total);
        Mean += shift * values.Length / total;
        Count = total;
    }

    private Span<double> Compact(Span<double> values)
    {
        var kept = 0;
        foreach (var value in values)
        {
            if (double.IsFinite(value))
            {
                values[kept++] = value;
            }
        }

        NonFinite += values.Length - kept;
        return values[..kept];
    }
}
