using System.Collections.Concurrent;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace CryoHub.Numerics.Fourier;

/// <summary>
/// The spectrum of a real row of even length n from the complex transform of its n/2 pairs: with m = n/2 and z[j] = x[2j] + i x[2j+1],
/// X[k] = (Z[k] + conj Z[m-k]) / 2 - i exp(-2 pi i k / n) (Z[k] - conj Z[m-k]) / 2 (Press et al., Numerical Recipes, 3rd ed., eq. 12.3.6).
/// </summary>
internal static class HalfSpectrum
{
    private const int Lanes = 4; // complex numbers in 256 bits

    private static readonly ConcurrentDictionary<int, Turns> Known = [];

    /// <summary>Turns the transform <paramref name="pairs"/> (m complex numbers) of each of <paramref name="rows"/> rows into their spectra (m + 1 complex numbers each).</summary>
    public static void Unfold(ReadOnlySpan<float> pairs, int rows, int length, Span<float> spectra)
    {
        var turns = Known.GetOrAdd(length, static n => new Turns(n));
        var half = RealFourier.HalfLength(length);
        for (var row = 0; row < rows; row++)
        {
            Unfold(MemoryMarshal.Cast<float, ulong>(pairs.Slice(row * length, length)), turns, MemoryMarshal.Cast<float, ulong>(spectra.Slice(row * half, half)));
        }
    }

    private static void Unfold(ReadOnlySpan<ulong> z, Turns turns, Span<ulong> spectrum)
    {
        var (middle, conjugate, half) = (z.Length, Vector256.Create(1UL << 63), Vector256.Create(0.5f));
        ref var first = ref MemoryMarshal.GetReference(z);
        ref var result = ref MemoryMarshal.GetReference(spectrum);
        var k = 1;
        for (; k + Lanes <= middle; k += Lanes)
        {
            var up = Vector256.LoadUnsafe(ref first, (nuint)k).AsSingle();
            var down = (Vector256.Shuffle(Vector256.LoadUnsafe(ref first, (nuint)(middle - k - Lanes + 1)), Vector256.Create(3UL, 2, 1, 0)) ^ conjugate).AsSingle();
            var difference = up - down;
            var crossed = Vector256.Shuffle(difference, Vector256.Create(1, 0, 3, 2, 5, 4, 7, 6)); // (im, re): a complex product is two real ones
            var turned = (difference * turns.Straight(k)) + (crossed * turns.Crossed(k));
            (((up + down) * half) + turned).AsUInt64().StoreUnsafe(ref result, (nuint)k);
        }

        for (; k < middle; k++)
        {
            var (up, down) = (Number(z[k]), Complex.Conjugate(Number(z[middle - k])));
            spectrum[k] = Word(((up + down) / 2) + ((up - down) * turns[k]));
        }

        var mean = Number(z[0]);
        spectrum[0] = Word(mean.Real + mean.Imaginary);
        spectrum[middle] = Word(mean.Real - mean.Imaginary);
    }

    private static Complex Number(ulong word) => new(BitConverter.UInt32BitsToSingle((uint)word), BitConverter.UInt32BitsToSingle((uint)(word >> 32)));

    private static ulong Word(Complex number) =>
        BitConverter.SingleToUInt32Bits((float)number.Real) | ((ulong)BitConverter.SingleToUInt32Bits((float)number.Imaginary) << 32);

    /// <summary>-i/2 exp(-2 pi i k / n) as the two factors of a complex product: (re, re) for the number, (-im, im) for the number with its parts swapped.</summary>
    private sealed class Turns
    {
        private readonly float[] straight;
        private readonly float[] crossed;

        public Turns(int length)
        {
            (straight, crossed) = (new float[length], new float[length]);
            for (var k = 0; k < length / 2; k++)
            {
                var (sin, cos) = Math.SinCos(2 * Math.PI * k / length);
                (straight[2 * k], straight[(2 * k) + 1]) = ((float)(-sin / 2), (float)(-sin / 2));
                (crossed[2 * k], crossed[(2 * k) + 1]) = ((float)(cos / 2), (float)(-cos / 2));
            }
        }

        public Complex this[int k] => new(straight[2 * k], crossed[(2 * k) + 1]);

        public Vector256<float> Straight(int k) => Vector256.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(straight), (nuint)(2 * k));

        public Vector256<float> Crossed(int k) => Vector256.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(crossed), (nuint)(2 * k));
    }
}
