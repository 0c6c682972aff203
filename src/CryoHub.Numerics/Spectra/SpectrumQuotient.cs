using System.Numerics;
using System.Runtime.InteropServices;

namespace CryoHub.Numerics.Spectra;

/// <summary>
/// What deconvolution does in Fourier space, on complex numbers (re, im, re, im ...). Frequencies at which a divisor or a logarithm has no value give 0: the peak that shapes the
/// result holds nothing there either.
/// </summary>
public static class SpectrumQuotient
{
    private const float Smallest = 1e-30f;

    /// <summary>
    /// <paramref name="result"/> = z ln(j / z), principal branch: the Fourier-log method (Johnson and Spence, J. Phys. D 7 (1974) 771), j the transform of a spectrum with plural scattering, z that
    /// of its zero loss. May be one of the two.
    /// </summary>
    /// <exception cref="ArgumentException">The spans differ in length or hold half a number.</exception>
    public static void Logarithm(ReadOnlySpan<float> j, ReadOnlySpan<float> z, Span<float> result)
    {
        Check(j.Length, z.Length, result.Length);
        var spectra = new Pairs(j);
        var peaks = new Pairs(z);
        var results = MemoryMarshal.Cast<float, Vector<ulong>>(result);
        for (var i = 0; i + 1 < results.Length; i += 2)
        {
            spectra.Load(i, out var a, out var b);
            peaks.Load(i, out var c, out var d);
            var (power, norm) = ((a * a) + (b * b), (c * c) + (d * d));
            var there = Vector.GreaterThan(Vector.Min(power, norm), new Vector<float>(Smallest));
            var size = Vector.Log(Vector.Max(power, new Vector<float>(Smallest)) / Vector.Max(norm, new Vector<float>(Smallest))) * 0.5f;
            var angle = Angle((a * c) + (b * d), (b * c) - (a * d));        // of j times the conjugate of z
            var re = Vector.ConditionalSelect(there, (c * size) - (d * angle), Vector<float>.Zero);
            var im = Vector.ConditionalSelect(there, (d * size) + (c * angle), Vector<float>.Zero);
            Store(results, i, re, im);
        }

        for (var i = results.Length / 2 * 2 * Vector<ulong>.Count; i < result.Length / 2; i++)
        {
            var (spectrum, peak) = (new Complex(j[2 * i], j[(2 * i) + 1]), new Complex(z[2 * i], z[(2 * i) + 1]));
            var there = Math.Min(Norm(spectrum), Norm(peak)) > Smallest;
            var value = there ? peak * Complex.Log(spectrum / peak) : Complex.Zero;
            (result[2 * i], result[(2 * i) + 1]) = ((float)value.Real, (float)value.Imaginary);
        }
    }

    /// <summary><paramref name="result"/> = z k / l: the Fourier-ratio method, k the transform of an edge, l that of the low loss, z that of the peak the result shall have. May be one of them.</summary>
    /// <exception cref="ArgumentException">The spans differ in length or hold half a number.</exception>
    public static void Ratio(ReadOnlySpan<float> k, ReadOnlySpan<float> l, ReadOnlySpan<float> z, Span<float> result)
    {
        Check(k.Length, l.Length, result.Length);
        Check(k.Length, z.Length, result.Length);
        for (var i = 0; i < result.Length; i += 2)
        {
            var (edge, low, peak) = (new Complex(k[i], k[i + 1]), new Complex(l[i], l[i + 1]), new Complex(z[i], z[i + 1]));
            var value = Norm(low) > Smallest ? edge * peak / low : Complex.Zero;
            (result[i], result[i + 1]) = ((float)value.Real, (float)value.Imaginary);
        }
    }

    /// <summary>
    /// Angle of x + i y: arctangent of the smaller over the larger by the polynomial of Abramowitz and Stegun, eq. 4.4.49 (error below 2e-8), then the octant.
    /// </summary>
    private static Vector<float> Angle(Vector<float> x, Vector<float> y)
    {
        var (ax, ay) = (Vector.Abs(x), Vector.Abs(y));
        var t = Vector.Min(ax, ay) / Vector.Max(Vector.Max(ax, ay), new Vector<float>(Smallest));
        var s = t * t;
        var p = new Vector<float>(0.0028662257f);
        p = (p * s) - new Vector<float>(0.0161657367f);
        p = (p * s) + new Vector<float>(0.0429096138f);
        p = (p * s) - new Vector<float>(0.0752896400f);
        p = (p * s) + new Vector<float>(0.1065626393f);
        p = (p * s) - new Vector<float>(0.1420889944f);
        p = (p * s) + new Vector<float>(0.1999355085f);
        p = (p * s) - new Vector<float>(0.3333314528f);
        var angle = ((p * s) + Vector<float>.One) * t;
        angle = Vector.ConditionalSelect(Vector.GreaterThan(ay, ax), new Vector<float>(MathF.PI / 2) - angle, angle);
        angle = Vector.ConditionalSelect(Vector.LessThan(x, Vector<float>.Zero), new Vector<float>(MathF.PI) - angle, angle);
        return Vector.ConditionalSelect(Vector.LessThan(y, Vector<float>.Zero), -angle, angle);
    }

    private static void Store(Span<Vector<ulong>> results, int at, Vector<float> re, Vector<float> im)
    {
        Vector.Widen(Vector.AsVectorUInt32(re), out var lowRe, out var highRe);
        Vector.Widen(Vector.AsVectorUInt32(im), out var lowIm, out var highIm);
        results[at] = lowRe | (lowIm << 32);
        results[at + 1] = highRe | (highIm << 32);
    }

    private static double Norm(Complex number) => (number.Real * number.Real) + (number.Imaginary * number.Imaginary);

    private static void Check(int first, int second, int result)
    {
        if (first != second || first != result || first % 2 != 0)
        {
            throw new ArgumentException($"Expected as many complex numbers in all, found {first}, {second} and {result} floats.", nameof(result));
        }
    }

    /// <summary>Complex numbers as vectors of real and of imaginary parts: a number is one 64-bit word, narrowing takes its halves.</summary>
    private readonly ref struct Pairs(ReadOnlySpan<float> numbers)
    {
        private readonly ReadOnlySpan<Vector<ulong>> words = MemoryMarshal.Cast<float, Vector<ulong>>(numbers);

        public void Load(int at, out Vector<float> re, out Vector<float> im)
        {
            re = Vector.AsVectorSingle(Vector.Narrow(words[at], words[at + 1]));
            im = Vector.AsVectorSingle(Vector.Narrow(words[at] >>> 32, words[at + 1] >>> 32));
        }
    }
}
