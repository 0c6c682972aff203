using System.Numerics;
using System.Runtime.InteropServices;

namespace CryoHub.Numerics.Tomography;

/// <summary>
/// The exact transpose of <see cref="BackProjection"/>, in the same layout: a voxel gives its density to the two detector rows it lies between, by linear weights,
/// for <see cref="BackProjection.Strip"/> slices at once. Iterations that need a matched pair (SIRT, CGLS) rest on it: &lt;Ax, y&gt; = &lt;x, A'y&gt;.
/// </summary>
public static class ForwardProjection
{
    private const int Strip = BackProjection.Strip;

    /// <summary>
    /// Adds one row of voxels [column][slice] at height <paramref name="z"/>, columns x = <paramref name="firstX"/>, firstX + 1 ..., to one view of a sinogram strip.
    /// </summary>
    /// <param name="voxels">A multiple of <see cref="BackProjection.Strip"/> floats.</param>
    /// <param name="view">The view's direction.</param>
    /// <param name="detector">Detector pixels.</param>
    /// <param name="axis">Detector position of the tilt axis, 0 being the first pixel's centre.</param>
    /// <param name="firstX">Distance of the first column from the axis, in pixels.</param>
    /// <param name="z">Height above the axis, in pixels.</param>
    /// <param name="rows">The view's rows with their margins, <see cref="ViewLength"/> floats; what falls beyond the detector gathers in the margins: see <see cref="ClearMargins"/>.</param>
    public static void AddRow(ReadOnlySpan<float> voxels, View view, int detector, double axis, double firstX, double z, Span<float> rows)
    {
        if (rows.Length != ViewLength(detector) || voxels.Length % Strip != 0)
        {
            throw new ArgumentException($"Expected {ViewLength(detector)} floats and whole strips of {Strip}, found {rows.Length} and {voxels.Length}.", nameof(rows));
        }

        var start = axis + 1 + (firstX * view.Cos) + (z * view.Sin); // counted in rows with the margin
        for (var lane = 0; lane < Strip; lane += 4 * Vector<float>.Count)
        {
            AddLanes(voxels, view.Cos, detector, start, rows, lane);
        }
    }

    /// <summary>Floats of one view of a strip, with its margins.</summary>
    public static int ViewLength(int detector) => BackProjection.StripLength(1, detector);

    /// <summary>Where a view begins in a strip, with its margin.</summary>
    public static int ViewOffset(int view, int detector) => view * ViewLength(detector);

    /// <summary>Zeroes the rows before and behind the detector, which back-projection reads as nothing.</summary>
    public static void ClearMargins(Span<float> rows)
    {
        rows[..Strip].Clear();
        rows[^(2 * Strip)..].Clear();
    }

    /// <summary>
    /// Neighbouring columns fall on the same detector row or the next one, so both rows' sums stay in registers and go to memory only when the row changes.
    /// </summary>
    private static void AddLanes(ReadOnlySpan<float> voxels, double step, int detector, double start, Span<float> rows, int lane)
    {
        Vector<float> a0 = default, a1 = default, a2 = default, a3 = default, b0 = default, b1 = default, b2 = default, b3 = default;
        var width = Vector<float>.Count;
        var current = -2;
        for (var column = 0; column * Strip < voxels.Length; column++)
        {
            var position = Math.Clamp(start + (column * step), 0, detector + 1);
            var row = (int)position;
            if (row != current)
            {
                if (current >= 0)
                {
                    var low = rows.Slice((current * Strip) + lane, Strip + (4 * width));
                    if (row == current + 1)
                    {
                        Add(low, a0, a1, a2, a3);
                        (a0, a1, a2, a3) = (b0, b1, b2, b3);
                        b0 = b1 = b2 = b3 = default;
                    }
                    else if (row == current - 1)
                    {
                        Add(low[Strip..], b0, b1, b2, b3);
                        (b0, b1, b2, b3) = (a0, a1, a2, a3);
                        a0 = a1 = a2 = a3 = default;
                    }
                    else
                    {
                        Add(low, a0, a1, a2, a3);
                        Add(low[Strip..], b0, b1, b2, b3);
                        a0 = a1 = a2 = a3 = b0 = b1 = b2 = b3 = default;
                    }
                }

                current = row;
            }

            var voxel = voxels.Slice((column * Strip) + lane, 4 * width);
            var above = new Vector<float>((float)(position - row));
            var below = new Vector<float>(1 - (float)(position - row));
            var v0 = new Vector<float>(voxel);
            var v1 = new Vector<float>(voxel[width..]);
            var v2 = new Vector<float>(voxel[(2 * width)..]);
            var v3 = new Vector<float>(voxel[(3 * width)..]);
            a0 = Vector.FusedMultiplyAdd(v0, below, a0);
            a1 = Vector.FusedMultiplyAdd(v1, below, a1);
            a2 = Vector.FusedMultiplyAdd(v2, below, a2);
            a3 = Vector.FusedMultiplyAdd(v3, below, a3);
            b0 = Vector.FusedMultiplyAdd(v0, above, b0);
            b1 = Vector.FusedMultiplyAdd(v1, above, b1);
            b2 = Vector.FusedMultiplyAdd(v2, above, b2);
            b3 = Vector.FusedMultiplyAdd(v3, above, b3);
        }

        if (current >= 0)
        {
            var low = rows.Slice((current * Strip) + lane, Strip + (4 * width));
            Add(low, a0, a1, a2, a3);
            Add(low[Strip..], b0, b1, b2, b3);
        }
    }

    private static void Add(Span<float> row, Vector<float> v0, Vector<float> v1, Vector<float> v2, Vector<float> v3)
    {
        var width = Vector<float>.Count;
        (new Vector<float>(row) + v0).CopyTo(row);
        (new Vector<float>(row[width..]) + v1).CopyTo(row[width..]);
        (new Vector<float>(row[(2 * width)..]) + v2).CopyTo(row[(2 * width)..]);
        (new Vector<float>(row[(3 * width)..]) + v3).CopyTo(row[(3 * width)..]);
    }
}
