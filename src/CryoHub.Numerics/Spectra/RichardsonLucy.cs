using System.Numerics;
using System.Runtime.InteropServices;

namespace CryoHub.Numerics.Spectra;

/// <summary>
/// Deconvolution of counts by the method of Richardson (J. Opt. Soc. Am. 62 (1972) 55) and Lucy (Astron. J. 79 (1974) 745): the estimate stays positive and grows in likelihood with every
/// iteration, x &lt;- x K'(y / K x) / K'1. Counts that the kernel would carry beyond the ends are allowed for by K'1, so the ends do not fade.
/// </summary>
public static class RichardsonLucy
{
    private const float Smallest = 1e-12f;

    /// <summary>Replaces <paramref name="estimate"/>, which begins as the counts, by the estimate after <paramref name="iterations"/>.</summary>
    /// <param name="counts">The spectrum, not negative.</param>
    /// <param name="kernel">The peak that a sharp line becomes; it need not be normalised.</param>
    /// <param name="centre">Which of its channels stands for the line's place.</param>
    /// <param name="iterations">How many.</param>
    /// <param name="estimate">As long as the counts.</param>
    /// <param name="scratch">Three times as long as the counts.</param>
    /// <exception cref="ArgumentException">A span has the wrong length, or the kernel holds nothing.</exception>
    public static void Run(ReadOnlySpan<float> counts, ReadOnlySpan<float> kernel, int centre, int iterations, Span<float> estimate, Span<float> scratch)
    {
        var n = counts.Length;
        var sum = WindowSums.Of(kernel);
        if (estimate.Length != n || scratch.Length != 3 * n || !(sum > 0))
        {
            throw new ArgumentException($"Expected {n} channels, three times as many for scratch and a kernel that holds counts; found {estimate.Length}, {scratch.Length} and {sum}.", nameof(estimate));
        }

        var folded = scratch[..n];
        var back = scratch.Slice(n, n);
        var inside = scratch[(2 * n)..];
        var scale = (float)(1 / sum);
        back.Fill(1);
        Fold(back, kernel, centre, scale, transposed: true, inside);
        for (var iteration = 0; iteration < iterations; iteration++)
        {
            Fold(estimate, kernel, centre, scale, transposed: false, folded);
            for (var i = 0; i < n; i++)
            {
                folded[i] = counts[i] / Math.Max(folded[i], Smallest);
            }

            Fold(folded, kernel, centre, scale, transposed: true, back);
            for (var i = 0; i < n; i++)
            {
                estimate[i] *= back[i] / Math.Max(inside[i], Smallest);
            }
        }
    }

    /// <summary>result[i] = sum over k of kernel[k] values[i - k + centre], or values[i + k - centre] transposed; nothing lies beyond the ends.</summary>
    private static void Fold(ReadOnlySpan<float> values, ReadOnlySpan<float> kernel, int centre, float scale, bool transposed, Span<float> result)
    {
        result.Clear();
        for (var k = 0; k < kernel.Length; k++)
        {
            var shift = transposed ? k - centre : centre - k;
            var (first, end) = (Math.Max(0, -shift), Math.Min(values.Length, values.Length - shift));
            if (kernel[k] != 0 && end > first)
            {
                Add(values[(first + shift)..(end + shift)], kernel[k] * scale, result[first..end]);
            }
        }
    }

    private static void Add(ReadOnlySpan<float> values, float factor, Span<float> result)
    {
        var from = MemoryMarshal.Cast<float, Vector<float>>(values);
        var to = MemoryMarshal.Cast<float, Vector<float>>(result);
        for (var i = 0; i < to.Length; i++)
        {
            to[i] += from[i] * factor;
        }

        for (var i = to.Length * Vector<float>.Count; i < result.Length; i++)
        {
            result[i] += values[i] * factor;
        }
    }
}
