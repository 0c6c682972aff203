using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using CryoHub.Numerics.Spectra;

namespace CryoHub.Numerics.Components;

/// <summary>
/// Matrices of inner products of many columns, G = A^T A, in tiles of 64 x 64. A lies in panels of 64 columns, <c>panel[row * 64 + column]</c>, so that both sides of a
/// tile are read in order. Products are summed in float32 over 256 rows, these sums in double precision.
/// </summary>
public static class GramTile
{
    /// <summary>Columns of a panel.</summary>
    public const int Width = 64;

    private const int Deep = 256;    // rows: a panel of them is as large as a common first-level cache, and 256 float32 terms lose no more than their own rounding
    private const int High = 4;      // columns of the left panel at a time: 16 sums in registers

    /// <summary>Adds sum over rows of left[row, i] right[row, j] to <c>gram[i * stride + j]</c>, i and j below 64.</summary>
    /// <param name="left">Panel of columns i, [row, 64].</param>
    /// <param name="right">Panel of columns j, [row, 64].</param>
    /// <param name="gram">The matrix from the tile's first entry on.</param>
    /// <param name="stride">Entries of a row of the matrix.</param>
    /// <exception cref="ArgumentException">The lengths do not belong together.</exception>
    public static void Add(ReadOnlySpan<float> left, ReadOnlySpan<float> right, Span<double> gram, int stride)
    {
        if (left.Length != right.Length || left.Length % Width != 0 || gram.Length < ((Width - 1) * stride) + Width)
        {
            throw new ArgumentException($"Expected two panels of whole rows of {Width} and a tile; found {left.Length} and {right.Length} numbers, and {gram.Length} entries.", nameof(left));
        }

        Span<float> sums = stackalloc float[High * Width];
        for (var start = 0; start < left.Length; start += Deep * Width)
        {
            var length = Math.Min(Deep * Width, left.Length - start);
            var a = left.Slice(start, length);
            var b = right.Slice(start, length);
            for (var i = 0; i < Width; i += High)
            {
                if (Vector512.IsHardwareAccelerated)
                {
                    Wide(a, b, i, sums);
                }
                else
                {
                    Narrow(a, b, i, sums);
                }

                for (var row = 0; row < High; row++)
                {
                    WindowSums.AddTo(gram.Slice((i + row) * stride, Width), sums.Slice(row * Width, Width));
                }
            }
        }
    }

    private static void Wide(ReadOnlySpan<float> left, ReadOnlySpan<float> right, int i, Span<float> sums)
    {
        Vector512<float> a0 = default, a1 = default, a2 = default, a3 = default, b0 = default, b1 = default, b2 = default, b3 = default;
        Vector512<float> c0 = default, c1 = default, c2 = default, c3 = default, d0 = default, d1 = default, d2 = default, d3 = default;
        ref var a = ref MemoryMarshal.GetReference(left);
        ref var b = ref MemoryMarshal.GetReference(right);
        for (nuint row = 0; row < (nuint)left.Length; row += Width)
        {
            var (r0, r1, r2, r3) = (Vector512.LoadUnsafe(ref b, row), Vector512.LoadUnsafe(ref b, row + 16), Vector512.LoadUnsafe(ref b, row + 32), Vector512.LoadUnsafe(ref b, row + 48));
            ref var four = ref Unsafe.Add(ref a, row + (nuint)i);
            var l = Vector512.Create(four);
            (a0, a1, a2, a3) = (Vector512.FusedMultiplyAdd(l, r0, a0), Vector512.FusedMultiplyAdd(l, r1, a1), Vector512.FusedMultiplyAdd(l, r2, a2), Vector512.FusedMultiplyAdd(l, r3, a3));
            l = Vector512.Create(Unsafe.Add(ref four, 1));
            (b0, b1, b2, b3) = (Vector512.FusedMultiplyAdd(l, r0, b0), Vector512.FusedMultiplyAdd(l, r1, b1), Vector512.FusedMultiplyAdd(l, r2, b2), Vector512.FusedMultiplyAdd(l, r3, b3));
            l = Vector512.Create(Unsafe.Add(ref four, 2));
            (c0, c1, c2, c3) = (Vector512.FusedMultiplyAdd(l, r0, c0), Vector512.FusedMultiplyAdd(l, r1, c1), Vector512.FusedMultiplyAdd(l, r2, c2), Vector512.FusedMultiplyAdd(l, r3, c3));
            l = Vector512.Create(Unsafe.Add(ref four, 3));
            (d0, d1, d2, d3) = (Vector512.FusedMultiplyAdd(l, r0, d0), Vector512.FusedMultiplyAdd(l, r1, d1), Vector512.FusedMultiplyAdd(l, r2, d2), Vector512.FusedMultiplyAdd(l, r3, d3));
        }

        Store(sums, a0, a1, a2, a3);
        Store(sums[Width..], b0, b1, b2, b3);
        Store(sums[(2 * Width)..], c0, c1, c2, c3);
        Store(sums[(3 * Width)..], d0, d1, d2, d3);
    }

    private static void Store(Span<float> sums, Vector512<float> first, Vector512<float> second, Vector512<float> third, Vector512<float> fourth)
    {
        first.CopyTo(sums);
        second.CopyTo(sums[16..]);
        third.CopyTo(sums[32..]);
        fourth.CopyTo(sums[48..]);
    }

    /// <summary>As above for vectors of any width: two of them and four columns at a time.</summary>
    private static void Narrow(ReadOnlySpan<float> left, ReadOnlySpan<float> right, int i, Span<float> sums)
    {
        var count = Vector<float>.Count;
        for (var lane = 0; lane < Width; lane += 2 * count)
        {
            Vector<float> a0 = default, a1 = default, b0 = default, b1 = default, c0 = default, c1 = default, d0 = default, d1 = default;
            for (var row = 0; row < left.Length; row += Width)
            {
                var (r0, r1) = (new Vector<float>(right[(row + lane)..]), new Vector<float>(right[(row + lane + count)..]));
                var four = left.Slice(row + i, High);
                (a0, a1) = (a0 + (four[0] * r0), a1 + (four[0] * r1));
                (b0, b1) = (b0 + (four[1] * r0), b1 + (four[1] * r1));
                (c0, c1) = (c0 + (four[2] * r0), c1 + (four[2] * r1));
                (d0, d1) = (d0 + (four[3] * r0), d1 + (four[3] * r1));
            }

            Store(sums[lane..], a0, a1);
            Store(sums[(lane + Width)..], b0, b1);
            Store(sums[(lane + (2 * Width))..], c0, c1);
            Store(sums[(lane + (3 * Width))..], d0, d1);
        }
    }

    private static void Store(Span<float> sums, Vector<float> first, Vector<float> second)
    {
        first.CopyTo(sums);
        second.CopyTo(sums[Vector<float>.Count..]);
    }
}
