using System.Numerics;
using System.Runtime.InteropServices;

namespace CryoHub.Numerics.Learning;

/// <summary>Eigenvalues of symmetric tensors of a whole row, the largest first, in float32.</summary>
public static class TensorEigenvalues
{
    /// <summary>Of 2 x 2 tensors: their mean plus and minus the root of the squares of half the difference and of the mixed component.</summary>
    public static void OfTwo(ReadOnlySpan<float> xx, ReadOnlySpan<float> xy, ReadOnlySpan<float> yy, Span<float> large, Span<float> small)
    {
        var vxx = MemoryMarshal.Cast<float, Vector<float>>(xx);
        var vxy = MemoryMarshal.Cast<float, Vector<float>>(xy);
        var vyy = MemoryMarshal.Cast<float, Vector<float>>(yy);
        var first = MemoryMarshal.Cast<float, Vector<float>>(large);
        var second = MemoryMarshal.Cast<float, Vector<float>>(small);
        var half = new Vector<float>(0.5f);
        for (var i = 0; i < first.Length; i++)
        {
            var (mean, part) = (half * (vxx[i] + vyy[i]), half * (vxx[i] - vyy[i]));
            var root = Vector.SquareRoot((part * part) + (vxy[i] * vxy[i]));
            (first[i], second[i]) = (mean + root, mean - root);
        }

        for (var i = first.Length * Vector<float>.Count; i < large.Length; i++)
        {
            var (mean, part) = (0.5f * (xx[i] + yy[i]), 0.5f * (xx[i] - yy[i]));
            var root = MathF.Sqrt((part * part) + (xy[i] * xy[i]));
            (large[i], small[i]) = (mean + root, mean - root);
        }
    }

    /// <summary>Of one 3 x 3 tensor, by the trigonometric formula: Smith, Comm. ACM 4 (1961) 168, doi:10.1145/355578.366316.</summary>
    public static (float Large, float Middle, float Small) OfThree(float xx, float xy, float xz, float yy, float yz, float zz)
    {
        double mean = ((double)xx + yy + zz) / 3;
        var (a, b, c) = (xx - mean, yy - mean, zz - mean);
        double mixed = ((double)xy * xy) + ((double)xz * xz) + ((double)yz * yz);
        var p = Math.Sqrt(((a * a) + (b * b) + (c * c) + (2 * mixed)) / 6);
        if (p < 1e-30)
        {
            return ((float)mean, (float)mean, (float)mean);
        }

        var determinant = (a * ((b * c) - ((double)yz * yz))) - (xy * (((double)xy * c) - ((double)yz * xz))) + (xz * (((double)xy * yz) - (b * xz)));
        var angle = Math.Acos(Math.Clamp(determinant / (2 * p * p * p), -1, 1)) / 3;
        var large = mean + (2 * p * Math.Cos(angle));
        var small = mean + (2 * p * Math.Cos(angle + (2 * Math.PI / 3)));
        return ((float)large, (float)((3 * mean) - large - small), (float)small);
    }
}
