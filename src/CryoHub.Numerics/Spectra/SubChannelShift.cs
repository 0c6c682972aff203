using System.Numerics;
using System.Runtime.InteropServices;

namespace CryoHub.Numerics.Spectra;

/// <summary>Moves spectra along the energy axis by parts of a channel: shifted(i) = spectrum(i + shift); whole channels are copied as they are.</summary>
public static class SubChannelShift
{
    /// <summary>
    /// Cubic convolution with a = -1/2 (Keys, IEEE Trans. Acoust. 29 (1981) 1153), exact for parabolas. Beyond the ends of <paramref name="spectrum"/> there is no
    /// value (NaN); within a channel of an end its outermost channel stands for those beyond.
    /// </summary>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    public static void Cubic(ReadOnlySpan<float> spectrum, double shift, Span<float> shifted)
    {
        var f = shift - Math.Floor(shift);
        Apply(spectrum, shift, shifted, (float)(f * (-0.5 + (f * (1 - (0.5 * f))))), (float)(1 + (f * f * (-2.5 + (1.5 * f)))), (float)(f * (0.5 + (f * (2 - (1.5 * f))))), (float)(f * f * (-0.5 + (0.5 * f))));
    }

    /// <summary>A straight line between two channels; otherwise as <see cref="Cubic"/>.</summary>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    public static void Linear(ReadOnlySpan<float> spectrum, double shift, Span<float> shifted)
    {
        var f = shift - Math.Floor(shift);
        Apply(spectrum, shift, shifted, 0, (float)(1 - f), (float)f, 0);
    }

    private static void Apply(ReadOnlySpan<float> spectrum, double shift, Span<float> shifted, float before, float left, float right, float after)
    {
        var n = spectrum.Length;
        if (shifted.Length != n)
        {
            throw new ArgumentException($"Expected {n} channels, found {shifted.Length}.", nameof(shifted));
        }

        if (!(Math.Abs(shift) < n))
        {
            shifted.Fill(float.NaN);
            return;
        }

        var whole = (int)Math.Floor(shift);
        var first = Math.Max(0, -whole);                                      // i + whole >= 0
        var end = Math.Min(n, n - whole - (shift > whole ? 1 : 0));           // i + shift <= n - 1
        shifted[..first].Fill(float.NaN);
        shifted[end..].Fill(float.NaN);
        if (shift == whole)
        {
            spectrum[(first + whole)..(end + whole)].CopyTo(shifted[first..end]);
            return;
        }

        var inner = Math.Min(Math.Max(first, 1 - whole), end);                // all four taps inside
        var innerEnd = Math.Max(inner, Math.Min(end, n - whole - 2));
        Edge(spectrum, whole, first, inner, shifted, before, left, right, after);
        var count = innerEnd - inner;
        if (count > 0)
        {
            var from = spectrum.Slice(inner + whole - 1, count + 3);
            var to = shifted.Slice(inner, count);
            var i = 0;
            ref var taps = ref MemoryMarshal.GetReference(from);
            ref var result = ref MemoryMarshal.GetReference(to);
            for (; i + Vector<float>.Count <= count; i += Vector<float>.Count)
            {
                var sum = (Vector.LoadUnsafe(ref taps, (nuint)i) * before) + (Vector.LoadUnsafe(ref taps, (nuint)i + 1) * left)
                    + (Vector.LoadUnsafe(ref taps, (nuint)i + 2) * right) + (Vector.LoadUnsafe(ref taps, (nuint)i + 3) * after);
                sum.StoreUnsafe(ref result, (nuint)i);
            }

            for (; i < count; i++)
            {
                to[i] = (from[i] * before) + (from[i + 1] * left) + (from[i + 2] * right) + (from[i + 3] * after);
            }
        }

        Edge(spectrum, whole, innerEnd, end, shifted, before, left, right, after);
    }

    private static void Edge(ReadOnlySpan<float> spectrum, int whole, int first, int end, Span<float> shifted, float before, float left, float right, float after)
    {
        for (var i = first; i < end; i++)
        {
            var at = i + whole;
            shifted[i] = (spectrum[Math.Max(at - 1, 0)] * before) + (spectrum[at] * left) + (spectrum[at + 1] * right) + (spectrum[Math.Min(at + 2, spectrum.Length - 1)] * after);
        }
    }
}
