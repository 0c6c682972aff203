using System.Numerics;
using System.Runtime.InteropServices;

namespace CryoHub.Numerics.Volumes;

/// <summary>
/// Steps between a grid of linked voxels and one of cells of 2 x 2 x 2 of them, both padded by an empty voxel as in <see cref="DiffusionStencil"/>. Links between
/// two cells are half the sum of those between their voxels: four times as many ways side by side, each twice as long.
/// </summary>
public static class MultigridTransfer
{
    /// <summary>Sizes of the coarser grid, without padding.</summary>
    public static VolumeShape Coarser(VolumeShape shape) => new((shape.Depth + 1) / 2, (shape.Height + 1) / 2, (shape.Width + 1) / 2);

    /// <summary>Links and diagonal of one padded slice of the coarser grid.</summary>
    public static void Coarsen(LinkedGrid fine, LinkedGrid coarse, int slice)
    {
        var (from, to) = (fine.Padded, coarse.Padded);
        var last = Math.Min(2 * slice, from.Depth - 2);
        for (var z = (2 * slice) - 1; z <= last; z++)
        {
            for (var y = 1; y < from.Height - 1; y++)
            {
                for (var x = 1; x < from.Width - 1; x++)
                {
                    var at = from.Index(z, y, x);
                    if (fine.Diagonal[at] <= 0)
                    {
                        continue;
                    }

                    var cell = to.Index(slice, (y + 1) / 2, (x + 1) / 2);
                    coarse.AlongX[cell] += x % 2 == 0 ? fine.AlongX[at] / 2 : 0;
                    coarse.AlongY[cell] += y % 2 == 0 ? fine.AlongY[at] / 2 : 0;
                    coarse.AlongZ[cell] += z % 2 == 0 ? fine.AlongZ[at] / 2 : 0;
                    coarse.Diagonal[cell] += Math.Max(0, fine.Diagonal[at] - Links(fine, at)) / 2; // what leads to a face
                }
            }
        }
    }

    /// <summary>Completes the diagonal of one padded slice once all links are known.</summary>
    public static void AddLinks(LinkedGrid grid, int slice)
    {
        for (var i = slice * grid.Padded.Plane; i < (slice + 1) * grid.Padded.Plane; i++)
        {
            grid.Diagonal[i] += Links(grid, i);
        }
    }

    /// <summary>One padded slice of the coarser right side: the sum over each cell of right side less product.</summary>
    public static void Restrict(ReadOnlySpan<float> right, ReadOnlySpan<float> product, VolumeShape fine, VolumeShape coarse, int slice, Span<float> result)
    {
        result.Slice(slice * coarse.Plane, coarse.Plane).Clear();
        var last = Math.Min(2 * slice, fine.Depth - 2);
        for (var z = (2 * slice) - 1; z <= last; z++)
        {
            for (var y = 1; y < fine.Height - 1; y++)
            {
                var (from, to) = (fine.Index(z, y, 0), coarse.Index(slice, (y + 1) / 2, 0));
                var line = right.Slice(from, fine.Width);
                var taken = product.Slice(from, fine.Width);
                var cells = result.Slice(to, coarse.Width);
                for (var x = 1; x < line.Length - 1; x += 2)
                {
                    cells[(x + 1) / 2] += line[x] - taken[x] + line[x + 1] - taken[x + 1]; // beyond an odd width lies padding, which is 0
                }
            }
        }
    }

    /// <summary>Adds each cell's value to its voxels in one padded slice of the finer grid, where the diagonal is not 0.</summary>
    public static void Prolong(ReadOnlySpan<float> coarseValues, ReadOnlySpan<float> diagonal, VolumeShape fine, VolumeShape coarse, int slice, Span<float> values)
    {
        for (var y = 1; y < fine.Height - 1; y++)
        {
            var (to, from) = (fine.Index(slice, y, 0), coarse.Index((slice + 1) / 2, (y + 1) / 2, 0));
            var line = values.Slice(to, fine.Width);
            var inside = diagonal.Slice(to, fine.Width);
            var cells = coarseValues.Slice(from, coarse.Width);
            for (var x = 1; x < line.Length - 1; x++)
            {
                line[x] += inside[x] > 0 ? cells[(x + 1) / 2] : 0;
            }
        }
    }

    /// <summary>values += damping (right - product) / diagonal on a part of the grid; voxels whose diagonal is 0 stay 0.</summary>
    public static void Relax(float damping, ReadOnlySpan<float> right, ReadOnlySpan<float> product, ReadOnlySpan<float> diagonal, Span<float> values)
    {
        var r = MemoryMarshal.Cast<float, Vector<float>>(right);
        var p = MemoryMarshal.Cast<float, Vector<float>>(product);
        var d = MemoryMarshal.Cast<float, Vector<float>>(diagonal);
        var v = MemoryMarshal.Cast<float, Vector<float>>(values);
        for (var i = 0; i < v.Length; i++)
        {
            v[i] += Vector.ConditionalSelect(Vector.GreaterThan(d[i], Vector<float>.Zero), damping * (r[i] - p[i]) / d[i], Vector<float>.Zero);
        }

        for (var i = v.Length * Vector<float>.Count; i < values.Length; i++)
        {
            values[i] += diagonal[i] > 0 ? damping * (right[i] - product[i]) / diagonal[i] : 0;
        }
    }

    private static float Links(LinkedGrid grid, int at) =>
        grid.AlongX[at] + grid.AlongX[Math.Max(0, at - 1)] + grid.AlongY[at] + grid.AlongY[Math.Max(0, at - grid.Padded.Width)] + grid.AlongZ[at] + grid.AlongZ[Math.Max(0, at - grid.Padded.Plane)];
}
