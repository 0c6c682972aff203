using System.Numerics;
using System.Runtime.InteropServices;

namespace CryoHub.Numerics.Tomography;

/// <summary>
/// Total variation of slices [z][x][slice], each for itself: the sum over voxels of sqrt(dx^2 + dz^2 + e^2) with forward differences, zero beyond the border (Rudin,
/// Osher and Fatemi, Physica D 60 (1992) 259, doi:10.1016/0167-2789(92)90242-F).
/// </summary>
public static class StripVariation
{
    private const int Strip = BackProjection.Strip;

    /// <summary>
    /// Derivative of the total variation by each voxel of row <paramref name="z"/>:
    /// (f - f[x-1]) / n[x-1] + (f - f[z-1]) / n[z-1] - (f[x+1] + f[z+1] - 2 f) / n, with n the voxel's own term.
    /// </summary>
    /// <param name="volume">[z][x][slice].</param>
    /// <param name="across">Voxels along x.</param>
    /// <param name="z">The row.</param>
    /// <param name="smooth">e of the formula, in units of the density.</param>
    /// <param name="gradient">[x][slice] of that row.</param>
    public static void Gradient(ReadOnlySpan<float> volume, int across, int z, float smooth, Span<float> gradient)
    {
        var rowLength = across * Strip;
        var depth = volume.Length / rowLength;
        var field = MemoryMarshal.Cast<float, Vector<float>>(volume);
        var result = MemoryMarshal.Cast<float, Vector<float>>(gradient[..rowLength]);
        var (column, row) = (Strip / Vector<float>.Count, rowLength / Vector<float>.Count);
        var softness = new Vector<float>(smooth * smooth);
        for (var i = 0; i < result.Length; i++)
        {
            var x = i / column;
            var at = (z * row) + i;
            var here = field[at];
            var right = x + 1 < across ? field[at + column] : here;
            var below = z + 1 < depth ? field[at + row] : here;
            var sum = (here + here - right - below) / Norm(here, right, below, softness);
            if (x > 0)
            {
                var left = field[at - column];
                sum += (here - left) / Norm(left, here, z + 1 < depth ? field[at - column + row] : left, softness);
            }

            if (z > 0)
            {
                var above = field[at - row];
                sum += (here - above) / Norm(above, x + 1 < across ? field[at - row + column] : above, here, softness);
            }

            result[i] = sum;
        }
    }

    private static Vector<float> Norm(Vector<float> here, Vector<float> right, Vector<float> below, Vector<float> softness)
    {
        var (dx, dz) = (right - here, below - here);
        return Vector.SquareRoot(Vector.FusedMultiplyAdd(dx, dx, Vector.FusedMultiplyAdd(dz, dz, softness)));
    }
}
