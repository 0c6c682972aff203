using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;

namespace CryoHub.Numerics.Volumes;

/// <summary>Convolution with a Gaussian, one axis after the other, in float32; beyond its faces the volume is mirrored.</summary>
public static class GaussianFilter
{
    private const double Reach = 4; // standard deviations after which the kernel ends

    /// <summary>Weights of the middle voxel and of the pairs at distance 1, 2 ...; their sum over the whole kernel is 1.</summary>
    /// <param name="sigma">Standard deviation in voxels; 0 leaves the axis as it is.</param>
    public static float[] Weights(double sigma)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sigma);
        var radius = (int)((Reach * sigma) + 0.5);
        double[] weights = [.. Enumerable.Range(0, radius + 1).Select(i => i == 0 ? 1 : Math.Exp(-0.5 * i * i / (sigma * sigma)))];
        var sum = (2 * weights.Sum()) - weights[0];
        return [.. weights.Select(weight => (float)(weight / sum))];
    }

    /// <summary>Filters slices <paramref name="first"/> and following of <paramref name="volume"/> into <paramref name="result"/>, which holds just these.</summary>
    public static void Slab(
        ReadOnlySpan<float> volume, VolumeShape shape, ReadOnlySpan<float> alongZ, ReadOnlySpan<float> alongY, ReadOnlySpan<float> alongX, int first, int count, Span<float> result)
    {
        var margin = alongX.Length - 1;
        var plane = ArrayPool<float>.Shared.Rent(shape.Plane);
        var row = ArrayPool<float>.Shared.Rent(shape.Width);
        var padded = ArrayPool<float>.Shared.Rent(shape.Width + (2 * margin));
        try
        {
            for (var slice = 0; slice < count; slice++)
            {
                Lines(volume, first + slice, shape.Depth, shape.Plane, alongZ, plane.AsSpan(0, shape.Plane));
                for (var y = 0; y < shape.Height; y++)
                {
                    Lines(plane, y, shape.Height, shape.Width, alongY, row.AsSpan(0, shape.Width));
                    Mirror.Pad(row.AsSpan(0, shape.Width), margin, padded);
                    Lines(padded, margin, shape.Width + (2 * margin), 1, alongX, result.Slice((slice * shape.Plane) + (y * shape.Width), shape.Width));
                }
            }
        }
        finally
        {
            ArrayPool<float>.Shared.Return(plane);
            ArrayPool<float>.Shared.Return(row);
            ArrayPool<float>.Shared.Return(padded);
        }
    }

    /// <summary>Weighted sum of the lines around line <paramref name="line"/> of <paramref name="lines"/>, <paramref name="stride"/> apart.</summary>
    private static void Lines(ReadOnlySpan<float> source, int line, int lines, int stride, ReadOnlySpan<float> weights, Span<float> result)
    {
        Span<int> before = stackalloc int[weights.Length];
        Span<int> after = stackalloc int[weights.Length];
        for (var k = 0; k < weights.Length; k++)
        {
            before[k] = Mirror.Of(line - k, lines) * stride;
            after[k] = Mirror.Of(line + k, lines) * stride;
        }

        ref var from = ref MemoryMarshal.GetReference(source);
        ref var to = ref MemoryMarshal.GetReference(result);
        var lanes = Vector<float>.Count;
        var i = 0;
        for (; i <= result.Length - (4 * lanes); i += 4 * lanes)   // four sums at a time hide the latency of the multiply-add
        {
            var (at, middle) = ((nuint)i, new Vector<float>(weights[0]));
            var (a, b, c, d) = (middle * Load(ref from, before[0], at), middle * Load(ref from, before[0], at + (nuint)lanes), middle * Load(ref from, before[0], at + (nuint)(2 * lanes)), middle * Load(ref from, before[0], at + (nuint)(3 * lanes)));
            for (var k = 1; k < weights.Length; k++)
            {
                var weight = new Vector<float>(weights[k]);
                a += weight * (Load(ref from, before[k], at) + Load(ref from, after[k], at));
                b += weight * (Load(ref from, before[k], at + (nuint)lanes) + Load(ref from, after[k], at + (nuint)lanes));
                c += weight * (Load(ref from, before[k], at + (nuint)(2 * lanes)) + Load(ref from, after[k], at + (nuint)(2 * lanes)));
                d += weight * (Load(ref from, before[k], at + (nuint)(3 * lanes)) + Load(ref from, after[k], at + (nuint)(3 * lanes)));
            }

            a.StoreUnsafe(ref to, at);
            b.StoreUnsafe(ref to, at + (nuint)lanes);
            c.StoreUnsafe(ref to, at + (nuint)(2 * lanes));
            d.StoreUnsafe(ref to, at + (nuint)(3 * lanes));
        }

        for (; i < result.Length; i++)
        {
            var sum = weights[0] * source[before[0] + i];
            for (var k = 1; k < weights.Length; k++)
            {
                sum += weights[k] * (source[before[k] + i] + source[after[k] + i]);
            }

            result[i] = sum;
        }
    }

    private static Vector<float> Load(ref float from, int line, nuint at) => Vector.LoadUnsafe(ref from, (nuint)line + at);
}
