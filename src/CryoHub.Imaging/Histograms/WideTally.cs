using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace CryoHub.Imaging.Histograms;

/// <summary>Types of 32 bits and more: blocks of pixels are widened to double, then counted and drawn from.</summary>
internal sealed class WideTally<T>(long total) : ValueTally where T : unmanaged, INumber<T>
{
    private const int Block = 4096;
    private const long Draws = 1 << 20;

    private readonly double[] wide = new double[Block];
    private readonly DyadicHistogram histogram = new(T.IsInteger(T.CreateTruncating(0.5)) && T.CreateTruncating(0.5) == T.Zero);
    private readonly long stride = Math.Max(1, (total + Draws - 1) / Draws);
    private readonly List<double> drawn = new((int)Math.Min(total, Draws));
    private RunningMoments moments = RunningMoments.Empty;
    private long notFinite;
    private long seen;
    private long nextDraw;

    public override void Add(ReadOnlySpan<byte> pixels)
    {
        var values = MemoryMarshal.Cast<byte, T>(pixels);
        while (!values.IsEmpty)
        {
            var block = values[..Math.Min(Block, values.Length)];
            var numbers = wide.AsSpan(0, block.Length);
            TensorPrimitives.ConvertTruncating(block, numbers);
            Draw(numbers);
            var of = RunningMoments.OfFinite(numbers, out var finite);
            notFinite += block.Length - finite.Length;
            if (!finite.IsEmpty)
            {
                moments = moments.With(of);
                histogram.Add(finite, of.Min, of.Max);
            }

            values = values[block.Length..];
        }
    }

    public override SignalStatistics Statistics() => moments.Count == 0
        ? new(0, notFinite, double.NaN, double.NaN, double.NaN, double.NaN)
        : new(moments.Count, notFinite, moments.Min, moments.Max, moments.Mean, Math.Sqrt(moments.Squares / moments.Count));

    public override Histogram Histogram() => histogram.ToHistogram();

    public override IReadOnlyList<Percentile> Percentiles()
    {
        drawn.Sort();
        return Percentiles(drawn.Count, index => drawn[(int)index]);
    }

    /// <summary>One pixel of each run of <c>stride</c>, at a place that a fixed hash moves about: no grid of pixels is preferred, and the draw is always the same.</summary>
    private void Draw(ReadOnlySpan<double> block)
    {
        for (; nextDraw < seen + block.Length; nextDraw = NextDraw())
        {
            var value = block[(int)(nextDraw - seen)];
            if (double.IsFinite(value))
            {
                drawn.Add(value);
            }
        }

        seen += block.Length;
    }

    private long NextDraw()
    {
        var run = (nextDraw / stride) + 1;
        var hash = (ulong)run * 0x9E3779B97F4A7C15;   // Knuth's multiplicative hash
        return (run * stride) + (long)((hash >> 32) % (ulong)stride);
    }
}
