using System.Numerics;
using System.Runtime.InteropServices;

namespace CryoHub.Imaging.Histograms;

/// <summary>Types of at most 16 bits: each of their values is counted, everything else follows exactly.</summary>
/// <param name="valueOf">The number that a bit pattern stands for.</param>
/// <param name="alpha">Every how-manyth sample is an alpha channel and not counted; 0 for none.</param>
internal sealed class NarrowTally<T>(Func<T, double> valueOf, int alpha) : ValueTally where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
{
    // Two tables: neighbours are often equal, and one counter would wait for its own last write.
    private readonly long[] even = new long[int.CreateTruncating(T.MaxValue) + 1];
    private readonly long[] odd = new long[int.CreateTruncating(T.MaxValue) + 1];

    public override void Add(ReadOnlySpan<byte> pixels)
    {
        var values = MemoryMarshal.Cast<byte, T>(pixels);
        if (alpha > 0)
        {
            for (var i = 0; i < values.Length; i++)
            {
                even[int.CreateTruncating(values[i])] += i % alpha == alpha - 1 ? 0 : 1;
            }

            return;
        }

        var (a, b) = (even, odd);
        for (var i = 0; i + 1 < values.Length; i += 2)
        {
            a[int.CreateTruncating(values[i])]++;
            b[int.CreateTruncating(values[i + 1])]++;
        }

        if (values.Length % 2 == 1)
        {
            a[int.CreateTruncating(values[^1])]++;
        }
    }

    public override SignalStatistics Statistics()
    {
        var counted = Counted().ToList();
        var finite = Finite();
        var (count, sum, squares) = (0L, 0.0, 0.0);
        foreach (var (value, times) in finite)
        {
            count += times;
            sum += value * times;
        }

        var mean = sum / count;
        foreach (var (value, times) in finite)
        {
            squares += (value - mean) * (value - mean) * times;
        }

        var notFinite = counted.Sum(pair => pair.Times) - count;
        return count == 0
            ? new(0, notFinite, double.NaN, double.NaN, double.NaN, double.NaN)
            : new(count, notFinite, finite[0].Value, finite[^1].Value, mean, Math.Sqrt(squares / count));
    }

    public override Histogram Histogram()
    {
        var histogram = new DyadicHistogram(Counted().All(pair => pair.Value == Math.Floor(pair.Value)));
        foreach (var (value, times) in Finite())
        {
            histogram.Add(value, times);
        }

        return histogram.ToHistogram();
    }

    public override IReadOnlyList<Percentile> Percentiles()
    {
        var finite = Finite();
        return Percentiles(finite.Sum(pair => pair.Times), index =>
        {
            var i = 0;
            for (var below = finite[0].Times; below <= index; below += finite[i].Times)
            {
                i++;
            }

            return finite[i].Value;
        });
    }

    private List<(double Value, long Times)> Finite() => [.. Counted().Where(pair => double.IsFinite(pair.Value)).OrderBy(pair => pair.Value)];

    private IEnumerable<(double Value, long Times)> Counted()
    {
        for (var code = 0; code < even.Length; code++)
        {
            var times = even[code] + odd[code];
            if (times > 0)
            {
                yield return (valueOf(T.CreateTruncating(code)), times);
            }
        }
    }
}
