using System.Numerics;
using System.Runtime.InteropServices;

namespace CryoHub.Numerics.Learning;

/// <summary>Differences between neighbouring voxels of one row, in float32; beyond the ends of an axis the last voxel stands again.</summary>
public static class Derivatives
{
    /// <summary>Half the difference of two rows: the first derivative across rows.</summary>
    public static void Across(ReadOnlySpan<float> before, ReadOnlySpan<float> after, Span<float> result)
    {
        var a = MemoryMarshal.Cast<float, Vector<float>>(before);
        var b = MemoryMarshal.Cast<float, Vector<float>>(after);
        var to = MemoryMarshal.Cast<float, Vector<float>>(result);
        var half = new Vector<float>(0.5f);
        for (var i = 0; i < to.Length; i++)
        {
            to[i] = half * (b[i] - a[i]);
        }

        for (var i = to.Length * Vector<float>.Count; i < result.Length; i++)
        {
            result[i] = 0.5f * (after[i] - before[i]);
        }
    }

    /// <summary>The first derivative along a row.</summary>
    public static void Along(ReadOnlySpan<float> row, Span<float> result)
    {
        var last = row.Length - 1;
        result[0] = 0.5f * (row[Math.Min(1, last)] - row[0]);
        if (last > 0)
        {
            Across(row[..(last - 1)], row[2..], result[1..last]);
            result[last] = 0.5f * (row[last] - row[last - 1]);
        }
    }

    /// <summary>The second derivative across rows.</summary>
    public static void SecondAcross(ReadOnlySpan<float> before, ReadOnlySpan<float> row, ReadOnlySpan<float> after, Span<float> result)
    {
        var a = MemoryMarshal.Cast<float, Vector<float>>(before);
        var m = MemoryMarshal.Cast<float, Vector<float>>(row);
        var b = MemoryMarshal.Cast<float, Vector<float>>(after);
        var to = MemoryMarshal.Cast<float, Vector<float>>(result);
        for (var i = 0; i < to.Length; i++)
        {
            to[i] = (a[i] - m[i]) + (b[i] - m[i]);
        }

        for (var i = to.Length * Vector<float>.Count; i < result.Length; i++)
        {
            result[i] = (before[i] - row[i]) + (after[i] - row[i]);
        }
    }

    /// <summary>The second derivative along a row.</summary>
    public static void SecondAlong(ReadOnlySpan<float> row, Span<float> result)
    {
        var last = row.Length - 1;
        result[0] = row[Math.Min(1, last)] - row[0];
        if (last > 0)
        {
            SecondAcross(row[..(last - 1)], row[1..last], row[2..], result[1..last]);
            result[last] = row[last - 1] - row[last];
        }
    }

    /// <summary>Square root of the sum of squares of two or three components; <paramref name="c"/> may be empty.</summary>
    public static void Magnitude(ReadOnlySpan<float> a, ReadOnlySpan<float> b, ReadOnlySpan<float> c, Span<float> result)
    {
        var va = MemoryMarshal.Cast<float, Vector<float>>(a);
        var vb = MemoryMarshal.Cast<float, Vector<float>>(b);
        var vc = MemoryMarshal.Cast<float, Vector<float>>(c);
        var to = MemoryMarshal.Cast<float, Vector<float>>(result);
        for (var i = 0; i < to.Length; i++)
        {
            var sum = (va[i] * va[i]) + (vb[i] * vb[i]);
            to[i] = Vector.SquareRoot(c.IsEmpty ? sum : sum + (vc[i] * vc[i]));
        }

        for (var i = to.Length * Vector<float>.Count; i < result.Length; i++)
        {
            result[i] = MathF.Sqrt((a[i] * a[i]) + (b[i] * b[i]) + (c.IsEmpty ? 0 : c[i] * c[i]));
        }
    }
}
