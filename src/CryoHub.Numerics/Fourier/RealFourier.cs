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

    /// <summary>Transforms each row of <paramref name="data"/> [rows, length] into <paramref name="spectra"/> [rows, length/2 + 1]; destroys <paramref name="data"/>.</summary>
    /// <remarks>
    /// A row of even length goes through the complex transform of its pairs: three times as fast as the plan FFTW makes for real rows without measuring. Measured plans
    /// were hardly faster than this one and cost half a second each.
    /// </remarks>
    /// <exception cref="ArgumentException">A span has another length than the shape says.</exception>
    public static void ForwardRows(Span<float> data, int rows, int length, Span<float> spectra)
    {
        Check(data.Length, (long)rows * length, nameof(data));
        Check(spectra.Length, (long)rows * HalfLength(length), nameof(spectra));
        fixed (float* input = data, output = spectra)
        {
            if (AreAligned(input, output))
            {
                if (length % 2 == 0)
                {
                    FftwNative.ExecuteComplex(FftwPlans.Get(new FftwPlan(FftwPlanKind.PairRows, rows, length / 2)), input, input);
                    HalfSpectrum.Unfold(data, rows, length, spectra);
                    return;
                }

                FftwNative.ExecuteForward(FftwPlans.Get(new FftwPlan(FftwPlanKind.ForwardRows, rows, length)), input, output);
                return;
            }
        }

        using var from = Aligned(data);
        using var to = new AlignedFloats(spectra.Length);
        ForwardRows(from.Span, rows, length, to.Span);
        to.Span.CopyTo(spectra);
    }

    /// <summary>The inverse of <see cref="ForwardRows"/> times <paramref name="length"/>; destroys <paramref name="spectra"/>.</summary>
    /// <exception cref="ArgumentException">A span has another length than the shape says.</exception>
    public static void InverseRows(Span<float> spectra, int rows, int length, Span<float> data)
    {
        Check(spectra.Length, (long)rows * HalfLength(length), nameof(spectra));
        Check(data.Length, (long)rows * length, nameof(data));
        fixed (float* input = spectra, output = data)
        {
            if (AreAligned(input, output))
            {
                FftwNative.ExecuteInverse(FftwPlans.Get(new FftwPlan(FftwPlanKind.InverseRows, rows, length)), input, output);
                return;
            }
        }

        using var from = Aligned(spectra);
        using var to = new AlignedFloats(data.Length);
        InverseRows(from.Span, rows, length, to.Span);
        to.Span.CopyTo(data);
    }

    /// <summary>
    /// Complex forward transform of the first <paramref name="columns"/> columns of <paramref name="block"/> [length, stride] into <paramref name="spectra"/>
    /// [columns, length]: the second half of a two-dimensional transform, taken for a few neighbouring columns at a time so that they stay in the cache.
    /// </summary>
    /// <exception cref="ArgumentException">A span has another length than the shape says.</exception>
    public static void ForwardColumns(ReadOnlySpan<float> block, int length, int stride, int columns, Span<float> spectra)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(columns, stride);
        Check(block.Length, 2L * length * stride, nameof(block));
        Check(spectra.Length, 2L * length * columns, nameof(spectra));
        fixed (float* input = block, output = spectra)
        {
            if (AreAligned(input, output))
            {
                FftwNative.ExecuteComplex(FftwPlans.Get(new FftwPlan(FftwPlanKind.ForwardColumns, columns, length, stride)), input, output);
                return;
            }
        }

        using var from = Aligned(block);
        using var to = new AlignedFloats(spectra.Length);
        ForwardColumns(from.Span, length, stride, columns, to.Span);
        to.Span.CopyTo(spectra);
    }

    /// <summary>Transforms the image <paramref name="data"/> [rows, columns] into its half plane <paramref name="spectrum"/> [rows, columns/2 + 1].</summary>
    /// <exception cref="ArgumentException">A span has another length than the shape says.</exception>
    public static void ForwardPlane(AlignedFloats data, int rows, int columns, AlignedFloats spectrum)
    {
        Check(data.Length, (long)rows * columns, nameof(data));
        Check(spectrum.Length, (long)rows * HalfLength(columns), nameof(spectrum));
        fixed (float* input = data.Span, output = spectrum.Span)
        {
            FftwNative.ExecuteForward(FftwPlans.Get(new FftwPlan(FftwPlanKind.ForwardPlane, rows, columns)), input, output);
        }
    }

    /// <summary>The inverse of <see cref="ForwardPlane"/> times the number of pixels; destroys <paramref name="spectrum"/>.</summary>
    /// <exception cref="ArgumentException">A span has another length than the shape says.</exception>
    public static void InversePlane(AlignedFloats spectrum, int rows, int columns, AlignedFloats data)
    {
        Check(data.Length, (long)rows * columns, nameof(data));
        Check(spectrum.Length, (long)rows * HalfLength(columns), nameof(spectrum));
        fixed (float* input = spectrum.Span, output = data.Span)
        {
            FftwNative.ExecuteInverse(FftwPlans.Get(new FftwPlan(FftwPlanKind.InversePlane, rows, columns)), input, output);
        }
    }

    /// <summary>Transforms the volume <paramref name="data"/> [depth, rows, columns] into its half space <paramref name="spectrum"/> [depth, rows, columns/2 + 1].</summary>
    /// <exception cref="ArgumentException">A span has another length than the shape says.</exception>
    public static void ForwardSpace(AlignedFloats data, int depth, int rows, int columns, AlignedFloats spectrum)
    {
        Check(data.Length, (long)depth * rows * columns, nameof(data));
        Check(spectrum.Length, (long)depth * rows * HalfLength(columns), nameof(spectrum));
        fixed (float* input = data.Span, output = spectrum.Span)
        {
            FftwNative.ExecuteForward(FftwPlans.Get(new FftwPlan(FftwPlanKind.ForwardSpace, depth, columns, rows)), input, output);
        }
    }

    /// <summary>The inverse of <see cref="ForwardSpace"/> times the number of voxels; destroys <paramref name="spectrum"/>.</summary>
    /// <exception cref="ArgumentException">A span has another length than the shape says.</exception>
    public static void InverseSpace(AlignedFloats spectrum, int depth, int rows, int columns, AlignedFloats data)
    {
        Check(data.Length, (long)depth * rows * columns, nameof(data));
        Check(spectrum.Length, (long)depth * rows * HalfLength(columns), nameof(spectrum));
        fixed (float* input = spectrum.Span, output = data.Span)
        {
            FftwNative.ExecuteInverse(FftwPlans.Get(new FftwPlan(FftwPlanKind.InverseSpace, depth, columns, rows)), input, output);
        }
    }

    /// <summary>FFTW plans otherwise for memory off the boundary, and rounds otherwise: the same input would give other bits from one run to the next.</summary>
    private static bool AreAligned(float* input, float* output) => ((nuint)input | (nuint)output) % 64 == 0;

    private static AlignedFloats Aligned(ReadOnlySpan<float> numbers)
    {
        var copy = new AlignedFloats(numbers.Length);
        numbers.CopyTo(copy.Span);
        return copy;
    }

    private static void Check(int found, long expected, string name)
    {
        if (found != expected || found == 0)
        {
            throw new ArgumentException($"Expected {expected} numbers (at least one), found {found}.", name);
        }
    }
}
