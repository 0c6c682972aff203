using System.Numerics;
using System.Runtime.InteropServices;

namespace CryoHub.Numerics.Components;

/// <summary>
/// Spectra beside their common shape: residual r[j] = (d[j] - amount mean[j]) inverse[j] / sqrt(amount), scores t[k] = sum over j of r[j] v[k, j], and back. With amount the
/// counts of a spectrum, mean the share of each channel in all counts and inverse = 1 / sqrt(mean) these are Pearson's residuals of counts, of variance one.
/// </summary>
public static class SpectrumResidual
{
    /// <summary>r of one spectrum.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Of(ReadOnlySpan<float> spectrum, ReadOnlySpan<float> mean, ReadOnlySpan<float> inverse, float amount, Span<float> residual)
    {
        Check(spectrum.Length, mean.Length, inverse.Length, residual.Length);
        var factor = 1 / MathF.Sqrt(amount);
        var wide = MemoryMarshal.Cast<float, Vector<float>>(spectrum);
        var wideMean = MemoryMarshal.Cast<float, Vector<float>>(mean);
        var wideInverse = MemoryMarshal.Cast<float, Vector<float>>(inverse);
        var wideResidual = MemoryMarshal.Cast<float, Vector<float>>(residual);
        for (var i = 0; i < wide.Length; i++)
        {
            wideResidual[i] = (wide[i] - (amount * wideMean[i])) * (factor * wideInverse[i]);
        }

        for (var j = wide.Length * Vector<float>.Count; j < spectrum.Length; j++)
        {
            residual[j] = (spectrum[j] - (amount * mean[j])) * (factor * inverse[j]);
        }
    }

    /// <summary>t of one residual by <paramref name="vectors"/> [vector, channel]; gives back the sum of squares of the residual.</summary>
    /// <exception cref="ArgumentException">The lengths do not belong together.</exception>
    public static double Scores(ReadOnlySpan<float> residual, ReadOnlySpan<float> vectors, Span<float> scores)
    {
        Check(residual.Length * scores.Length, vectors.Length);
        for (var k = 0; k < scores.Length; k++)
        {
            scores[k] = Dot(residual, vectors.Slice(k * residual.Length, residual.Length));
        }

        return Dot(residual, residual);
    }

    /// <summary>The spectrum of some scores: d[j] = amount mean[j] + sqrt(amount) sum over k of t[k] shapes[k, j], shapes being v / inverse.</summary>
    /// <exception cref="ArgumentException">The lengths do not belong together.</exception>
    public static void Restore(ReadOnlySpan<float> scores, ReadOnlySpan<float> shapes, ReadOnlySpan<float> mean, float amount, Span<float> spectrum)
    {
        Check(spectrum.Length, mean.Length);
        Check(shapes.Length, scores.Length * spectrum.Length);
        spectrum.Clear();
        Add(spectrum, amount, mean);
        for (var k = 0; k < scores.Length; k++)
        {
            Add(spectrum, MathF.Sqrt(amount) * scores[k], shapes.Slice(k * spectrum.Length, spectrum.Length));
        }
    }

    private static float Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var wideA = MemoryMarshal.Cast<float, Vector<float>>(a);
        var wideB = MemoryMarshal.Cast<float, Vector<float>>(b);
        var (first, second, third, fourth) = (Vector<float>.Zero, Vector<float>.Zero, Vector<float>.Zero, Vector<float>.Zero);
        var i = 0;
        for (; i + 3 < wideA.Length; i += 4)
        {
            first += wideA[i] * wideB[i];
            second += wideA[i + 1] * wideB[i + 1];
            third += wideA[i + 2] * wideB[i + 2];
            fourth += wideA[i + 3] * wideB[i + 3];
        }

        double sum = Vector.Sum(first + second + (third + fourth));
        for (i *= Vector<float>.Count; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return (float)sum;
    }

    private static void Add(Span<float> sum, float factor, ReadOnlySpan<float> shape)
    {
        var wide = MemoryMarshal.Cast<float, Vector<float>>(sum);
        var wideShape = MemoryMarshal.Cast<float, Vector<float>>(shape);
        for (var i = 0; i < wide.Length; i++)
        {
            wide[i] += factor * wideShape[i];
        }

        for (var j = wide.Length * Vector<float>.Count; j < sum.Length; j++)
        {
            sum[j] += factor * shape[j];
        }
    }

    private static void Check(int expected, params ReadOnlySpan<int> found)
    {
        foreach (var length in found)
        {
            if (length != expected)
            {
                throw new ArgumentException($"Expected {expected} numbers, found {length}.", nameof(found));
            }
        }
    }
}
