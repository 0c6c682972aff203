using System.Numerics;
using System.Runtime.InteropServices;

namespace CryoHub.Numerics.Spectra;

/// <summary>Counts inside a range of channels.</summary>
public static class WindowSums
{
    /// <summary>Sum of <paramref name="counts"/>, accumulated in double precision; NaN where one of them is.</summary>
    public static double Of(ReadOnlySpan<float> counts)
    {
        var wide = MemoryMarshal.Cast<float, Vector<float>>(counts);
        var low = Vector<double>.Zero;
        var high = Vector<double>.Zero;
        foreach (var lane in wide)
        {
            Vector.Widen(lane, out var a, out var b);
            low += a;
            high += b;
        }

        var sum = Vector.Sum(low + high);
        foreach (var count in counts[(wide.Length * Vector<float>.Count)..])
        {
            sum += count;
        }

        return sum;
    }

    /// <summary><paramref name="sums"/>[p] = sum of channels <paramref name="first"/> to first + <paramref name="count"/> - 1 of pixel p of <paramref name="spectra"/> [pixel, channel].</summary>
    /// <exception cref="ArgumentException">The channels lie outside the spectra.</exception>
    public static void Of(ReadOnlySpan<float> spectra, int channels, int first, int count, Span<double> sums)
    {
        if (first < 0 || count < 0 || first + count > channels || spectra.Length < (long)sums.Length * channels)
        {
            throw new ArgumentException($"Expected channels within 0 to {channels - 1} of {sums.Length} spectra, found {first} to {first + count - 1} of {spectra.Length / channels}.", nameof(first));
        }

        for (var p = 0; p < sums.Length; p++)
        {
            sums[p] = Of(spectra.Slice((p * channels) + first, count));
        }
    }

    /// <summary>Adds <paramref name="spectrum"/> to <paramref name="sums"/>, channel by channel in double precision.</summary>
    /// <exception cref="ArgumentException">The two differ in length.</exception>
    public static void AddTo(Span<double> sums, ReadOnlySpan<float> spectrum)
    {
        if (sums.Length != spectrum.Length)
        {
            throw new ArgumentException($"Expected {sums.Length} channels, found {spectrum.Length}.", nameof(spectrum));
        }

        var wide = MemoryMarshal.Cast<float, Vector<float>>(spectrum);
        var totals = MemoryMarshal.Cast<double, Vector<double>>(sums);
        for (var i = 0; i < wide.Length; i++)
        {
            Vector.Widen(wide[i], out var low, out var high);
            totals[2 * i] += low;
            totals[(2 * i) + 1] += high;
        }

        for (var channel = wide.Length * Vector<float>.Count; channel < spectrum.Length; channel++)
        {
            sums[channel] += spectrum[channel];
        }
    }
}
