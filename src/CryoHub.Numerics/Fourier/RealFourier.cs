namespace CryoHub.Numerics.Fourier;

/// <summary>
/// Fourier transforms of real float32 data by FFTW 3 (Frigo and Johnson, Proc. IEEE 93 (2005) 216). Forward kernel exp(-2 pi i k x / n), nothing is scaled:
/// forward then inverse multiplies by the number of points. Spectra hold re, im, re, im ... of the n/2 + 1 frequencies from 0. Thread-safe.
/// </summary>
public static unsafe class RealFourier
{
    /// <summary>Floats of one half spectrum of <paramref name="length"/> points.</summary>
    public static int HalfLength(int length) => 2 * ((length / 2) + 1);

    /// <summary>The smallest product of 2, 3 and 5, even, that is at least <paramref name="length"/>: what FFTW does fast.</summary>
    public static int FastLength(int length)
    {
        for (var n = Math.Max(2, length + (length & 1)); ; n += 2)
        {
            var rest = n;
            foreach (var prime in (ReadOnlySpan<int>)[2, 3, 5])
            {
                while (rest % prime == 0)
                {
                    rest /= prime;
                }
            }

            if (rest == 1)
            {
                return n;
            }
        }
    }

    /// <summary>Transforms each row of <paramref name="data"/> [rows, length] into <paramref name="spectra"/> [rows, length/2 + 1].</summary>
    /// <exception cref="ArgumentException">A span has another length than the shape says.</exception>
    public static void ForwardRows(ReadOnlySpan<float> data, int rows, int length, Span<float> spectra)
    {
        Check(data.Length, (long)rows * length, nameof(data));
        Check(spectra.Length, (long)rows * HalfLength(length), nameof(spectra));
        fixed (float* input = data, output = spectra)
        {
            FftwNative.ExecuteForward(Plan(FftwPlanKind.ForwardRows, rows, length, input, output), input, output);
        }
    }

    /// <summary>The inverse of <see cref="ForwardRows"/> times <paramref name="length"/>; destroys <paramref name="spectra"/>.</summary>
    /// <exception cref="ArgumentException">A span has another length than the shape says.</exception>
    public static void InverseRows(Span<float> spectra, int rows, int length, Span<float> data)
    {
        Check(spectra.Length, (long)rows * HalfLength(length), nameof(spectra));
        Check(data.Length, (long)rows * length, nameof(data));
        fixed (float* input = spectra, output = data)
        {
            FftwNative.ExecuteInverse(Plan(FftwPlanKind.InverseRows, rows, length, input, output), input, output);
        }
    }

    /// <summary>
    /// Complex forward transform, in place, of each column of <paramref name="block"/> [length, columns]: the second half of a two-dimensional transform, taken for a
    /// few neighbouring columns at a time so that they stay in the cache.
    /// </summary>
    /// <exception cref="ArgumentException">The span has another length than the shape says.</exception>
    public static void ForwardColumns(Span<float> block, int length, int columns)
    {
        Check(block.Length, 2L * length * columns, nameof(block));
        fixed (float* data = block)
        {
            FftwNative.ExecuteComplex(Plan(FftwPlanKind.ForwardColumns, columns, length, data, data), data, data);
        }
    }

    private static nint Plan(FftwPlanKind kind, int count, int length, float* input, float* output) =>
        FftwPlans.Get(new FftwPlan(kind, count, length, ((nuint)input | (nuint)output) % 64 == 0));

    private static void Check(int found, long expected, string name)
    {
        if (found != expected || found == 0)
        {
            throw new ArgumentException($"Expected {expected} numbers (at least one), found {found}.", name);
        }
    }
}
