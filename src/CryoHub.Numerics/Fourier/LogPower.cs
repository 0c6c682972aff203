using System.Numerics;
using System.Runtime.InteropServices;

namespace CryoHub.Numerics.Fourier;

/// <summary>Decadic logarithm of the power |F|^2 of complex numbers.</summary>
public static class LogPower
{
    private const float Smallest = 1e-30f;

    /// <summary><paramref name="power"/>[i] = log10(re^2 + im^2) of number i of <paramref name="spectrum"/> (re, im, re, im ...); no less than -30.</summary>
    /// <exception cref="ArgumentException">The spectrum does not hold two floats for each result.</exception>
    public static void Of(ReadOnlySpan<float> spectrum, Span<float> power)
    {
        if (spectrum.Length != 2 * power.Length)
        {
            throw new ArgumentException($"Expected {2 * power.Length} floats, found {spectrum.Length}.", nameof(spectrum));
        }

        // A complex number is one 64-bit word: narrowing takes its real half, narrowing after a shift its imaginary half, at any vector width.
        var words = MemoryMarshal.Cast<float, Vector<ulong>>(spectrum);
        var results = MemoryMarshal.Cast<float, Vector<float>>(power);
        for (var i = 0; i < results.Length; i++)
        {
            var low = words[2 * i];
            var high = words[(2 * i) + 1];
            var re = Vector.AsVectorSingle(Vector.Narrow(low, high));
            var im = Vector.AsVectorSingle(Vector.Narrow(low >>> 32, high >>> 32));
            results[i] = Vector.Log(Vector.Max((re * re) + (im * im), new Vector<float>(Smallest))) * (float)(1 / Math.Log(10));
        }

        for (var i = results.Length * Vector<float>.Count; i < power.Length; i++)
        {
            var (re, im) = (spectrum[2 * i], spectrum[(2 * i) + 1]);
            power[i] = MathF.Log10(Math.Max((re * re) + (im * im), Smallest));
        }
    }
}
