using System.Numerics;
using System.Runtime.InteropServices;

namespace CryoHub.Numerics.Volumes;

/// <summary>
/// Steady diffusion through the voxels of a mask by finite volumes: flux between two voxels of the mask is the difference of their concentrations over the
/// distance, nothing leaves the mask, and concentration is 1 on the low and 0 on the high face along one axis, half a voxel beyond the outer voxels' centres.
/// Volumes here have an empty voxel around them on all sides (<see cref="Padded"/>), so that no voxel needs a special case; concentrations outside the mask are 0.
/// </summary>
public static class DiffusionStencil
{
    /// <summary>The shape with one voxel more on each side.</summary>
    public static VolumeShape Padded(VolumeShape shape) => new(shape.Depth + 2, shape.Height + 2, shape.Width + 2);

    /// <summary>Conductance between neighbours along each axis, the largest 1.</summary>
    public static (float Z, float Y, float X) Conductance(VoxelSize size)
    {
        var least = size.Least * size.Least;
        return ((float)(least / (size.Z * size.Z)), (float)(least / (size.Y * size.Y)), (float)(least / (size.X * size.X)));
    }

    /// <summary>The matrix' diagonal for slices of the padded volume: what leads away from each voxel of the mask; 0 outside.</summary>
    /// <param name="mask">The padded mask, 0 outside.</param>
    /// <param name="padded">Sizes of the padded volume.</param>
    /// <param name="weights">Conductance along each axis.</param>
    /// <param name="axis">0, 1, 2: concentration falls along z, y, x.</param>
    /// <param name="first">First padded slice, at least 1.</param>
    /// <param name="count">How many.</param>
    /// <param name="diagonal">The whole padded volume's result.</param>
    public static void Diagonal(ReadOnlySpan<byte> mask, VolumeShape padded, (float Z, float Y, float X) weights, int axis, int first, int count, Span<float> diagonal)
    {
        for (var i = first * padded.Plane; i < (first + count) * padded.Plane; i++)
        {
            if (mask[i] != 0)
            {
                diagonal[i] = (weights.Z * (mask[i - padded.Plane] + mask[i + padded.Plane]))
                    + (weights.Y * (mask[i - padded.Width] + mask[i + padded.Width]))
                    + (weights.X * (mask[i - 1] + mask[i + 1]))
                    + FaceConductance(padded, weights, axis, i, low: true) + FaceConductance(padded, weights, axis, i, low: false);
            }
        }
    }

    /// <summary>Conductance from a voxel to the low or high face: twice that between voxels, or 0 where it is not on that face.</summary>
    public static float FaceConductance(VolumeShape padded, (float Z, float Y, float X) weights, int axis, int index, bool low) => axis switch
    {
        0 => index / padded.Plane == (low ? 1 : padded.Depth - 2) ? 2 * weights.Z : 0,
        1 => index / padded.Width % padded.Height == (low ? 1 : padded.Height - 2) ? 2 * weights.Y : 0,
        _ => index % padded.Width == (low ? 1 : padded.Width - 2) ? 2 * weights.X : 0,
    };

    /// <summary>product = A vector on slices <paramref name="first"/> and following of the padded volume, and the sum of vector times product there.</summary>
    public static double Apply(
        ReadOnlySpan<float> vector, ReadOnlySpan<float> diagonal, VolumeShape padded, (float Z, float Y, float X) weights, int first, int count, Span<float> product)
    {
        var (plane, row) = (padded.Plane, padded.Width);
        var (wz, wy, wx) = (new Vector<float>(weights.Z), new Vector<float>(weights.Y), new Vector<float>(weights.X));
        ref var from = ref MemoryMarshal.GetReference(vector);
        ref var middle = ref MemoryMarshal.GetReference(diagonal);
        ref var to = ref MemoryMarshal.GetReference(product);
        var lanes = Vector<float>.Count;
        var (i, end) = (first * plane, (first + count) * plane);
        var sum = 0.0;
        while (i < end)
        {
            var partial = Vector<float>.Zero;
            var stop = Math.Min(end - lanes + 1, i + (64 * lanes)); // short float32 sums, joined in double precision
            for (; i < stop; i += lanes)
            {
                var at = (nuint)i;
                var inside = Vector.LoadUnsafe(ref middle, at);
                var value = Vector.LoadUnsafe(ref from, at);
                var away = (inside * value)
                    - (wz * (Vector.LoadUnsafe(ref from, at - (nuint)plane) + Vector.LoadUnsafe(ref from, at + (nuint)plane)))
                    - (wy * (Vector.LoadUnsafe(ref from, at - (nuint)row) + Vector.LoadUnsafe(ref from, at + (nuint)row)))
                    - (wx * (Vector.LoadUnsafe(ref from, at - 1) + Vector.LoadUnsafe(ref from, at + 1)));
                away = Vector.ConditionalSelect(Vector.GreaterThan(inside, Vector<float>.Zero), away, Vector<float>.Zero);
                away.StoreUnsafe(ref to, at);
                partial += away * value;
            }

            sum += Vector.Sum(partial);
            for (; i < end && end - i < lanes; i++)
            {
                product[i] = diagonal[i] <= 0 ? 0 : (diagonal[i] * vector[i])
                    - (weights.Z * (vector[i - plane] + vector[i + plane])) - (weights.Y * (vector[i - row] + vector[i + row])) - (weights.X * (vector[i - 1] + vector[i + 1]));
                sum += product[i] * vector[i];
            }
        }

        return sum;
    }

    /// <summary>One step of the conjugate gradients: solution += alpha direction, residual -= alpha product; the sums of residual squared over the diagonal and of residual squared.</summary>
    public static (double Preconditioned, double Plain) Step(
        float alpha, ReadOnlySpan<float> direction, ReadOnlySpan<float> product, ReadOnlySpan<float> diagonal, Span<float> solution, Span<float> residual)
    {
        var (weighted, plain) = (0.0, 0.0);
        var block = 64 * Vector<float>.Count;
        var step = new Vector<float>(alpha);
        var whole = direction.Length / Vector<float>.Count * Vector<float>.Count;
        for (var start = 0; start < whole; start += block)
        {
            var length = Math.Min(block, whole - start);
            var p = MemoryMarshal.Cast<float, Vector<float>>(direction.Slice(start, length));
            var a = MemoryMarshal.Cast<float, Vector<float>>(product.Slice(start, length));
            var d = MemoryMarshal.Cast<float, Vector<float>>(diagonal.Slice(start, length));
            var x = MemoryMarshal.Cast<float, Vector<float>>(solution.Slice(start, length));
            var r = MemoryMarshal.Cast<float, Vector<float>>(residual.Slice(start, length));
            var (sumWeighted, sum) = (Vector<float>.Zero, Vector<float>.Zero);
            for (var i = 0; i < p.Length; i++)
            {
                x[i] += step * p[i];
                var left = r[i] - (step * a[i]);
                r[i] = left;
                var square = left * left;
                sum += square;
                sumWeighted += square * Inverse(d[i]);
            }

            weighted += Vector.Sum(sumWeighted);
            plain += Vector.Sum(sum);
        }

        for (var i = whole; i < direction.Length; i++)
        {
            solution[i] += alpha * direction[i];
            residual[i] -= alpha * product[i];
            plain += residual[i] * residual[i];
            weighted += diagonal[i] > 0 ? residual[i] * residual[i] / diagonal[i] : 0;
        }

        return (weighted, plain);
    }

    /// <summary>direction = residual / diagonal + beta direction.</summary>
    public static void Turn(float beta, ReadOnlySpan<float> residual, ReadOnlySpan<float> diagonal, Span<float> direction)
    {
        var r = MemoryMarshal.Cast<float, Vector<float>>(residual);
        var d = MemoryMarshal.Cast<float, Vector<float>>(diagonal);
        var p = MemoryMarshal.Cast<float, Vector<float>>(direction);
        var factor = new Vector<float>(beta);
        for (var i = 0; i < p.Length; i++)
        {
            p[i] = (r[i] * Inverse(d[i])) + (factor * p[i]);
        }

        for (var i = p.Length * Vector<float>.Count; i < direction.Length; i++)
        {
            direction[i] = (diagonal[i] > 0 ? residual[i] / diagonal[i] : 0) + (beta * direction[i]);
        }
    }

    private static Vector<float> Inverse(Vector<float> diagonal) =>
        Vector.ConditionalSelect(Vector.GreaterThan(diagonal, Vector<float>.Zero), Vector<float>.One / diagonal, Vector<float>.Zero);
}
