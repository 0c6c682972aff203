using System.Numerics;
using System.Runtime.InteropServices;

namespace CryoHub.Numerics.Tomography;

/// <summary>
/// The vector algebra of iterative reconstruction on blocks [row][<see cref="BackProjection.Strip"/> slices]: a factor a row holds for all slices, a factor a slice
/// (a "lane") holds for all rows. Slices never mix, so each is a problem of its own.
/// </summary>
public static class StripAlgebra
{
    private const int Strip = BackProjection.Strip;

    /// <summary><paramref name="values"/> += <paramref name="rowWeights"/>[row] <paramref name="steps"/>, not below <paramref name="lowest"/>.</summary>
    public static void AddWeighted(Span<float> values, ReadOnlySpan<float> steps, ReadOnlySpan<float> rowWeights, float lowest)
    {
        Check(values, steps, rowWeights.Length * Strip);
        var least = new Vector<float>(lowest);
        for (var row = 0; row < rowWeights.Length; row++)
        {
            var weight = new Vector<float>(rowWeights[row]);
            var to = MemoryMarshal.Cast<float, Vector<float>>(values.Slice(row * Strip, Strip));
            var from = MemoryMarshal.Cast<float, Vector<float>>(steps.Slice(row * Strip, Strip));
            for (var i = 0; i < to.Length; i++)
            {
                to[i] = Vector.Max(least, Vector.FusedMultiplyAdd(from[i], weight, to[i]));
            }
        }
    }

    /// <summary><paramref name="values"/> += <paramref name="laneWeights"/>[slice] <paramref name="steps"/>.</summary>
    public static void AddByLane(Span<float> values, ReadOnlySpan<float> steps, ReadOnlySpan<float> laneWeights)
    {
        Check(values, steps, values.Length);
        var weights = MemoryMarshal.Cast<float, Vector<float>>(laneWeights[..Strip]);
        var to = MemoryMarshal.Cast<float, Vector<float>>(values);
        var from = MemoryMarshal.Cast<float, Vector<float>>(steps);
        for (var i = 0; i < to.Length; i++)
        {
            to[i] = Vector.FusedMultiplyAdd(from[i], weights[i % weights.Length], to[i]);
        }
    }

    /// <summary><paramref name="values"/> = <paramref name="other"/> + <paramref name="laneWeights"/>[slice] <paramref name="values"/>.</summary>
    public static void ScaleByLaneAndAdd(Span<float> values, ReadOnlySpan<float> other, ReadOnlySpan<float> laneWeights)
    {
        Check(values, other, values.Length);
        var weights = MemoryMarshal.Cast<float, Vector<float>>(laneWeights[..Strip]);
        var to = MemoryMarshal.Cast<float, Vector<float>>(values);
        var from = MemoryMarshal.Cast<float, Vector<float>>(other);
        for (var i = 0; i < to.Length; i++)
        {
            to[i] = Vector.FusedMultiplyAdd(to[i], weights[i % weights.Length], from[i]);
        }
    }

    /// <summary>
    /// <paramref name="projected"/> = <paramref name="rowWeights"/>[row] (<paramref name="measured"/> - <paramref name="projected"/>); adds the squares of the unweighted
    /// differences of row i to <paramref name="squares"/>[i].
    /// </summary>
    public static void Difference(Span<float> projected, ReadOnlySpan<float> measured, ReadOnlySpan<float> rowWeights, Span<double> squares)
    {
        Check(projected, measured, rowWeights.Length * Strip);
        for (var row = 0; row < rowWeights.Length; row++)
        {
            var weight = new Vector<float>(rowWeights[row]);
            var to = MemoryMarshal.Cast<float, Vector<float>>(projected.Slice(row * Strip, Strip));
            var from = MemoryMarshal.Cast<float, Vector<float>>(measured.Slice(row * Strip, Strip));
            var sum = Vector<float>.Zero;
            for (var i = 0; i < to.Length; i++)
            {
                var difference = from[i] - to[i];
                sum = Vector.FusedMultiplyAdd(difference, difference, sum);
                to[i] = difference * weight;
            }

            squares[row] += Vector.Sum(sum);
        }
    }

    /// <summary>Multiplies all of <paramref name="values"/> by <paramref name="factors"/>, one each.</summary>
    public static void Multiply(Span<float> values, ReadOnlySpan<float> factors)
    {
        Check(values, factors, values.Length);
        var to = MemoryMarshal.Cast<float, Vector<float>>(values);
        var from = MemoryMarshal.Cast<float, Vector<float>>(factors);
        for (var i = 0; i < to.Length; i++)
        {
            to[i] *= from[i];
        }
    }

    /// <summary>Adds the squares of each slice's numbers to <paramref name="laneSquares"/>: float32 within the block, double from block to block.</summary>
    public static void AddSquares(ReadOnlySpan<float> values, Span<double> laneSquares)
    {
        Check(values, values, values.Length);
        Span<float> block = stackalloc float[Strip];
        var sums = MemoryMarshal.Cast<float, Vector<float>>(block);
        const int blockRows = 64;
        for (var first = 0; first < values.Length; first += blockRows * Strip)
        {
            block.Clear();
            var from = MemoryMarshal.Cast<float, Vector<float>>(values.Slice(first, Math.Min(blockRows * Strip, values.Length - first)));
            for (var i = 0; i < from.Length; i++)
            {
                sums[i % sums.Length] = Vector.FusedMultiplyAdd(from[i], from[i], sums[i % sums.Length]);
            }

            for (var lane = 0; lane < Strip; lane++)
            {
                laneSquares[lane] += block[lane];
            }
        }
    }

    private static void Check(ReadOnlySpan<float> one, ReadOnlySpan<float> two, int length)
    {
        if (one.Length != length || two.Length != length || length % Strip != 0)
        {
            throw new ArgumentException($"Expected {length} floats, a multiple of {Strip}, found {one.Length} and {two.Length}.", nameof(one));
        }
    }
}
