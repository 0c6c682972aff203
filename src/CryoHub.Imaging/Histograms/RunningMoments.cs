using System.Numerics;
using System.Runtime.InteropServices;

namespace CryoHub.Imaging.Histograms;

/// <summary>Count, extremes, mean and sum of squared deviations; blocks join by Chan, Golub and LeVeque (1979), so that nothing cancels.</summary>
internal readonly record struct RunningMoments(long Count, double Min, double Max, double Mean, double Squares)
{
    public static RunningMoments Empty => new(0, double.PositiveInfinity, double.NegativeInfinity, 0, 0);

    /// <summary>Moments of the finite ones of <paramref name="values"/>, which are moved to the front and given back; the sum tells whether there are others.</summary>
    public static RunningMoments OfFinite(Span<double> values, out Span<double> finite)
    {
        finite = values;
        var all = values.IsEmpty ? Empty : Of(values);
        if (double.IsFinite(all.Mean))
        {
            return all;
        }

        finite = KeepFinite(values);
        return finite.Length == values.Length ? all : finite.IsEmpty ? Empty : Of(finite);   // a sum may overflow, too
    }

    /// <summary>Moments of at least one value.</summary>
    private static RunningMoments Of(ReadOnlySpan<double> values)
    {
        var lanes = MemoryMarshal.Cast<double, Vector<double>>(values);
        var tail = values[(lanes.Length * Vector<double>.Count)..];
        var (low, high, sum) = (new Vector<double>(values[0]), new Vector<double>(values[0]), Vector<double>.Zero);
        foreach (var lane in lanes)
        {
            low = Vector.Min(low, lane);
            high = Vector.Max(high, lane);
            sum += lane;
        }

        var (min, max, total) = (low[0], high[0], Vector.Sum(sum));
        for (var i = 1; i < Vector<double>.Count; i++)
        {
            (min, max) = (Math.Min(min, low[i]), Math.Max(max, high[i]));
        }

        foreach (var value in tail)
        {
            (min, max, total) = (Math.Min(min, value), Math.Max(max, value), total + value);
        }

        var mean = total / values.Length;
        var (middle, squares) = (new Vector<double>(mean), Vector<double>.Zero);
        foreach (var lane in lanes)
        {
            squares += (lane - middle) * (lane - middle);
        }

        var rest = Vector.Sum(squares);
        foreach (var value in tail)
        {
            rest += (value - mean) * (value - mean);
        }

        return new(values.Length, min, max, mean, rest);
    }

    public RunningMoments With(RunningMoments more)
    {
        if (more.Count == 0)
        {
            return this;
        }

        var count = Count + more.Count;
        var delta = more.Mean - Mean;
        return new(
            count, Math.Min(Min, more.Min), Math.Max(Max, more.Max), Mean + (delta * more.Count / count), Squares + more.Squares + (delta * delta * Count * more.Count / count));
    }

    private static Span<double> KeepFinite(Span<double> values)
    {
        var kept = 0;
        foreach (var value in values)
        {
            if (double.IsFinite(value))
            {
                values[kept++] = value;
            }
        }

        return values[..kept];
    }
}
