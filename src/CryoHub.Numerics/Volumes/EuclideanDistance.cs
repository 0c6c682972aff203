using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;

namespace CryoHub.Numerics.Volumes;

/// <summary>
/// The exact Euclidean distance from each voxel of a mask to the nearest voxel outside it, from centre to centre; infinite where there is none. Beyond its faces
/// a volume has no voxels. Two steps: <see cref="AlongZ"/> for all rows, then <see cref="Planes"/>. Lower envelopes of parabolas: Felzenszwalb and Huttenlocher,
/// Theory of Computing 8 (2012) 415, doi:10.4086/toc.2012.v008a019.
/// </summary>
public static class EuclideanDistance
{
    private const int Block = 16; // columns taken together: one cache line

    /// <summary>Squared distances along z alone, for rows y = <paramref name="firstRow"/> and following of every slice.</summary>
    /// <param name="mask">0 outside.</param>
    /// <param name="shape">Sizes of the volume.</param>
    /// <param name="step">Distance between slices.</param>
    /// <param name="firstRow">First row.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="squared">The whole volume's result.</param>
    public static void AlongZ(ReadOnlySpan<byte> mask, VolumeShape shape, double step, int firstRow, int rows, Span<float> squared)
    {
        var length = rows * shape.Width;
        var scale = new Vector<float>((float)(step * step));
        for (var z = 0; z < shape.Depth; z++)
        {
            var at = shape.Index(z, firstRow, 0);
            var inside = mask.Slice(at, length);
            var line = squared.Slice(at, length);
            if (z == 0)
            {
                for (var i = 0; i < length; i++)
                {
                    line[i] = inside[i] == 0 ? 0 : float.PositiveInfinity;
                }
            }
            else
            {
                var before = squared.Slice(at - shape.Plane, length);
                for (var i = 0; i < length; i++)
                {
                    line[i] = inside[i] == 0 ? 0 : before[i] + 1;
                }
            }
        }

        for (var z = shape.Depth - 1; z >= 0; z--)
        {
            var at = shape.Index(z, firstRow, 0);
            if (z < shape.Depth - 1)
            {
                Lower(squared.Slice(at, length), squared.Slice(at + shape.Plane, length));
            }

            if (z + 1 < shape.Depth)
            {
                Square(squared.Slice(at + shape.Plane, length), scale);
            }
        }

        Square(squared.Slice(shape.Index(0, firstRow, 0), length), scale);
    }

    /// <summary>Completes slices that <see cref="AlongZ"/> has begun; <paramref name="squared"/> holds just these.</summary>
    /// <param name="squared">In and out; distances, not squared, where <paramref name="roots"/> is true.</param>
    /// <param name="shape">Sizes of the volume.</param>
    /// <param name="size">Voxel edges.</param>
    /// <param name="roots">Whether to take square roots.</param>
    public static void Planes(Span<float> squared, VolumeShape shape, VoxelSize size, bool roots)
    {
        var longest = Math.Max(shape.Height, shape.Width);
        var floats = ArrayPool<float>.Shared.Rent((2 * Block * longest) + longest);
        var vertices = ArrayPool<int>.Shared.Rent(longest + 1);
        var bounds = ArrayPool<double>.Shared.Rent(2 * (longest + 1));
        try
        {
            for (var start = 0; start < squared.Length; start += shape.Plane)
            {
                var plane = squared.Slice(start, shape.Plane);
                for (var x = 0; x < shape.Width && shape.Height > 1; x += Block)
                {
                    Columns(plane, shape, x, Math.Min(Block, shape.Width - x), size.Y, floats, vertices, bounds);
                }

                for (var y = 0; y < shape.Height; y++)
                {
                    var row = plane.Slice(y * shape.Width, shape.Width);
                    row.CopyTo(floats);
                    Envelope(floats.AsSpan(0, shape.Width), size.X, vertices, bounds, row);
                }

                if (roots)
                {
                    Root(plane);
                }
            }
        }
        finally
        {
            ArrayPool<float>.Shared.Return(floats);
            ArrayPool<int>.Shared.Return(vertices);
            ArrayPool<double>.Shared.Return(bounds);
        }
    }

    private static void Columns(Span<float> plane, VolumeShape shape, int x, int columns, double step, float[] floats, int[] vertices, double[] bounds)
    {
        var height = shape.Height;
        var from = floats.AsSpan(0, columns * height);
        var to = floats.AsSpan(columns * height, columns * height);
        for (var y = 0; y < height; y++)
        {
            var row = plane.Slice((y * shape.Width) + x, columns);
            for (var c = 0; c < row.Length; c++)
            {
                from[(c * height) + y] = row[c];
            }
        }

        for (var c = 0; c < columns; c++)
        {
            Envelope(from.Slice(c * height, height), step, vertices, bounds, to.Slice(c * height, height));
        }

        for (var y = 0; y < height; y++)
        {
            var row = plane.Slice((y * shape.Width) + x, columns);
            for (var c = 0; c < row.Length; c++)
            {
                row[c] = to[(c * height) + y];
            }
        }
    }

    /// <summary>result[q] = min over p of line[p] + (step (q - p))^2.</summary>
    private static void Envelope(ReadOnlySpan<float> line, double step, Span<int> vertices, Span<double> bounds, Span<float> result)
    {
        var square = step * step;
        var heights = bounds[(line.Length + 1)..];
        var last = -1;
        for (var q = 0; q < line.Length; q++)
        {
            if (float.IsPositiveInfinity(line[q]))
            {
                continue;
            }

            var height = line[q] + (square * q * q);
            var bound = double.NegativeInfinity;
            while (last >= 0)
            {
                bound = (height - heights[last]) / (2 * square * (q - vertices[last]));
                if (bound > bounds[last])
                {
                    break;
                }

                last--;
            }

            last++;
            (vertices[last], heights[last], bounds[last]) = (q, height, last == 0 ? double.NegativeInfinity : bound);
        }

        if (last < 0)
        {
            result.Fill(float.PositiveInfinity);
            return;
        }

        for (int q = 0, k = 0; q < result.Length; q++)
        {
            while (k < last && bounds[k + 1] < q)
            {
                k++;
            }

            var d = step * (q - vertices[k]);
            result[q] = (float)(line[vertices[k]] + (d * d));
        }
    }

    private static void Lower(Span<float> line, ReadOnlySpan<float> next)
    {
        var wide = MemoryMarshal.Cast<float, Vector<float>>(line);
        var nextWide = MemoryMarshal.Cast<float, Vector<float>>(next);
        for (var i = 0; i < wide.Length; i++)
        {
            wide[i] = Vector.MinNative(wide[i], nextWide[i] + Vector<float>.One);
        }

        for (var i = wide.Length * Vector<float>.Count; i < line.Length; i++)
        {
            line[i] = Math.Min(line[i], next[i] + 1);
        }
    }

    private static void Square(Span<float> line, Vector<float> scale)
    {
        var wide = MemoryMarshal.Cast<float, Vector<float>>(line);
        for (var i = 0; i < wide.Length; i++)
        {
            wide[i] = wide[i] * wide[i] * scale;
        }

        for (var i = wide.Length * Vector<float>.Count; i < line.Length; i++)
        {
            line[i] = line[i] * line[i] * scale[0];
        }
    }

    private static void Root(Span<float> line)
    {
        var wide = MemoryMarshal.Cast<float, Vector<float>>(line);
        for (var i = 0; i < wide.Length; i++)
        {
            wide[i] = Vector.SquareRoot(wide[i]);
        }

        for (var i = wide.Length * Vector<float>.Count; i < line.Length; i++)
        {
            line[i] = MathF.Sqrt(line[i]);
        }
    }
}
