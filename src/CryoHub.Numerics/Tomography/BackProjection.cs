using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace CryoHub.Numerics.Tomography;

/// <summary>
/// Back-projection with linear interpolation, for <see cref="Strip"/> slices along the tilt axis at once. All slices share the geometry, so they are the innermost,
/// contiguous index of the sinogram: a voxel costs two loads and two fused multiply-adds a view and vector, and no gather.
/// </summary>
public static class BackProjection
{
    /// <summary>Slices of one strip of the sinogram.</summary>
    public const int Strip = 64;

    /// <summary>More views than any tilt series has; the kernel keeps its table of positions on the stack.</summary>
    public const int MostViews = 4096;

    private const int Margin = 3; // one zero row before the detector, two after it: positions outside read zeros

    /// <summary>Floats of a sinogram strip [view][detector row][slice] with its margins.</summary>
    public static int StripLength(int views, int detector) => checked(views * (detector + Margin) * Strip);

    /// <summary>Where the strip holds slice 0 of a view's detector pixel.</summary>
    public static int Offset(int view, int pixel, int detector) => ((view * (detector + Margin)) + pixel + 1) * Strip;

    /// <summary>
    /// <paramref name="voxels"/>[column][slice] = sum over views of the sinogram at detector position <paramref name="axis"/> + x Cos + z Sin, for the columns
    /// x = <paramref name="firstX"/>, firstX + 1 ... at one height z. Positions beyond the detector count 0.
    /// </summary>
    /// <param name="sinogram">A strip laid out by <see cref="Offset"/>, filtered and weighted, zero in the margins.</param>
    /// <param name="views">Directions, one for each view.</param>
    /// <param name="detector">Detector pixels.</param>
    /// <param name="axis">Detector position of the tilt axis, 0 being the first pixel's centre.</param>
    /// <param name="firstX">Distance of the first column from the axis, in pixels.</param>
    /// <param name="z">Height above the axis, in pixels.</param>
    /// <param name="voxels">A multiple of <see cref="Strip"/> floats.</param>
    /// <exception cref="ArgumentException">A span has another length than views and detector say.</exception>
    public static void Row(ReadOnlySpan<float> sinogram, ReadOnlySpan<View> views, int detector, double axis, double firstX, double z, Span<float> voxels)
    {
        if (sinogram.Length != StripLength(views.Length, detector) || voxels.Length % Strip != 0)
        {
            throw new ArgumentException($"Expected {StripLength(views.Length, detector)} floats and whole strips of {Strip}, found {sinogram.Length} and {voxels.Length}.", nameof(sinogram));
        }

        ArgumentOutOfRangeException.ThrowIfGreaterThan(views.Length, MostViews);
        Span<int> offsets = stackalloc int[views.Length];
        Span<float> fractions = stackalloc float[views.Length];
        for (var column = 0; column * Strip < voxels.Length; column++)
        {
            Locate(views, detector, axis, firstX + column, z, offsets, fractions);
            var voxel = voxels.Slice(column * Strip, Strip);
            if (Vector512.IsHardwareAccelerated)
            {
                Sum512(sinogram, offsets, fractions, voxel);
            }
            else
            {
                Sum(sinogram, offsets, fractions, voxel);
            }
        }
    }

    private static void Locate(ReadOnlySpan<View> views, int detector, double axis, double x, double z, Span<int> offsets, Span<float> fractions)
    {
        var centre = axis + 1; // counted in rows with the margin
        for (var v = 0; v < views.Length; v++)
        {
            var position = Math.Clamp(centre + (x * views[v].Cos) + (z * views[v].Sin), 0, detector + 1);
            var row = (int)position;
            offsets[v] = ((v * (detector + Margin)) + row) * Strip;
            fractions[v] = (float)(position - row);
        }
    }

    /// <summary>Eight accumulators, so that no multiply-add waits for the one before.</summary>
    private static void Sum512(ReadOnlySpan<float> sinogram, ReadOnlySpan<int> offsets, ReadOnlySpan<float> fractions, Span<float> voxel)
    {
        Vector512<float> a0 = default, a1 = default, a2 = default, a3 = default, b0 = default, b1 = default, b2 = default, b3 = default;
        for (var v = 0; v < offsets.Length; v++)
        {
            var rows = sinogram.Slice(offsets[v], 2 * Strip);
            ref var row = ref MemoryMarshal.GetReference(rows);
            var above = Vector512.Create(fractions[v]);
            var below = Vector512.Create(1 - fractions[v]);
            a0 = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref row, 0), below, a0);
            a1 = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref row, 16), below, a1);
            a2 = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref row, 32), below, a2);
            a3 = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref row, 48), below, a3);
            b0 = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref row, 64), above, b0);
            b1 = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref row, 80), above, b1);
            b2 = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref row, 96), above, b2);
            b3 = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref row, 112), above, b3);
        }

        (a0 + b0).CopyTo(voxel);
        (a1 + b1).CopyTo(voxel[16..]);
        (a2 + b2).CopyTo(voxel[32..]);
        (a3 + b3).CopyTo(voxel[48..]);
    }

    /// <summary>The same at whatever width the processor has.</summary>
    private static void Sum(ReadOnlySpan<float> sinogram, ReadOnlySpan<int> offsets, ReadOnlySpan<float> fractions, Span<float> voxel)
    {
        for (var lane = 0; lane < Strip; lane += 2 * Vector<float>.Count)
        {
            Vector<float> a0 = default, a1 = default, b0 = default, b1 = default;
            for (var v = 0; v < offsets.Length; v++)
            {
                var rows = sinogram.Slice(offsets[v] + lane, Strip + (2 * Vector<float>.Count));
                var above = new Vector<float>(fractions[v]);
                var below = new Vector<float>(1 - fractions[v]);
                a0 = Vector.FusedMultiplyAdd(new Vector<float>(rows), below, a0);
                a1 = Vector.FusedMultiplyAdd(new Vector<float>(rows[Vector<float>.Count..]), below, a1);
                b0 = Vector.FusedMultiplyAdd(new Vector<float>(rows[Strip..]), above, b0);
                b1 = Vector.FusedMultiplyAdd(new Vector<float>(rows[(Strip + Vector<float>.Count)..]), above, b1);
            }

            (a0 + b0).CopyTo(voxel[lane..]);
            (a1 + b1).CopyTo(voxel[(lane + Vector<float>.Count)..]);
        }
    }
}
