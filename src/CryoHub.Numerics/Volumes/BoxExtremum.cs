using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;

namespace CryoHub.Numerics.Volumes;

/// <summary>Grey erosion and dilation by a box: the lowest or highest of the voxels up to a radius away along each axis; beyond its faces the volume is mirrored.</summary>
public static class BoxExtremum
{
    /// <summary>Filters slices <paramref name="first"/> and following of <paramref name="volume"/> into <paramref name="result"/>, which holds just these.</summary>
    public static void Slab(ReadOnlySpan<float> volume, VolumeShape shape, int radius, bool highest, int first, int count, Span<float> result)
    {
        var plane = ArrayPool<float>.Shared.Rent(shape.Plane);
        var padded = ArrayPool<float>.Shared.Rent(shape.Width + (2 * radius));
        var row = ArrayPool<float>.Shared.Rent(shape.Width);
        try
        {
            for (var slice = 0; slice < count; slice++)
            {
                Lines(volume, first + slice, shape.Depth, shape.Plane, radius, highest, plane.AsSpan(0, shape.Plane));
                for (var y = 0; y < shape.Height; y++)
                {
                    Lines(plane, y, shape.Height, shape.Width, radius, highest, row.AsSpan(0, shape.Width));
                    Mirror.Pad(row.AsSpan(0, shape.Width), radius, padded);
                    Lines(padded, radius, shape.Width + (2 * radius), 1, radius, highest, result.Slice((slice * shape.Plane) + (y * shape.Width), shape.Width));
                }
            }
        }
        finally
        {
            ArrayPool<float>.Shared.Return(plane);
            ArrayPool<float>.Shared.Return(padded);
            ArrayPool<float>.Shared.Return(row);
        }
    }

    private static void Lines(ReadOnlySpan<float> source, int line, int lines, int stride, int radius, bool highest, Span<float> result)
    {
        source.Slice(line * stride, result.Length).CopyTo(result);
        for (var k = -radius; k <= radius; k++)
        {
            var other = source.Slice(Mirror.Of(line + k, lines) * stride, result.Length);
            var wide = MemoryMarshal.Cast<float, Vector<float>>(result);
            var otherWide = MemoryMarshal.Cast<float, Vector<float>>(other);
            for (var i = 0; i < wide.Length; i++)
            {
                wide[i] = highest ? Vector.MaxNative(wide[i], otherWide[i]) : Vector.MinNative(wide[i], otherWide[i]);
            }

            for (var i = wide.Length * Vector<float>.Count; i < result.Length; i++)
            {
                result[i] = highest ? Math.Max(result[i], other[i]) : Math.Min(result[i], other[i]);
            }
        }
    }
}
