using CryoHub.Analyses.Spectra;
using CryoHub.Numerics;
using CryoHub.Numerics.Fourier;
using CryoHub.Numerics.Spectra;

namespace CryoHub.Analyses.Eels.Deconvolve;

/// <summary>Single scattering z ln(j / z) of row after row, some spectra at a time so that they stay in the cache.</summary>
internal sealed class FourierLogRows(SpectrumCube cube, ZeroLossSource zeroLoss, CompanionSpectra? companions, bool relative)
{
    private const int Batch = 8;

    private readonly int length = RealFourier.FastLength(cube.Channels + Math.Max(64, cube.Channels / 2));

    /// <summary>Area of the single scattering over the zero loss: t / lambda.</summary>
    public float[] Areas { get; } = [.. Enumerable.Repeat(float.NaN, cube.Pixels)];

    public void Row(int row, Span<float> spectra, ReadOnlySpan<float> companion, Span<float> result)
    {
        using var scratch = new AlignedFloats(2 * Batch * length);
        using var transforms = new AlignedFloats(2 * Batch * Aligned(RealFourier.HalfLength(length)));
        for (var first = 0; first < cube.Columns; first += Batch)
        {
            Do(row, first, Math.Min(Batch, cube.Columns - first), spectra, companion, result, scratch.Span, transforms.Span);
        }
    }

    private static int Aligned(int floats) => (floats + 15) / 16 * 16;

    private void Do(int row, int first, int count, ReadOnlySpan<float> spectra, ReadOnlySpan<float> companion, Span<float> result, Span<float> scratch, Span<float> transforms)
    {
        Span<double> counts = stackalloc double[Batch];
        Span<int> starts = stackalloc int[Batch];
        Span<int> ends = stackalloc int[Batch];
        for (var i = 0; i < count; i++)
        {
            var spectrum = spectra.Slice((first + i) * cube.Channels, cube.Channels);
            var (all, zero) = (2 * i * length, ((2 * i) + 1) * length);
            (starts[i], ends[i]) = SpectrumEnds.Valid(spectrum);
            scratch.Slice(all, 2 * length).Clear();
            counts[i] = starts[i] >= ends[i] ? double.NaN
                : zeroLoss.Fill((row * cube.Columns) + first + i, spectrum, companions is null ? [] : companions.Of(companion, first + i), scratch.Slice(zero, cube.Channels));
            if (counts[i] > 0)
            {
                SpectrumEnds.Pad(spectrum, starts[i], ends[i], scratch.Slice(all, length));
            }
        }

        var half = RealFourier.HalfLength(length);
        RealFourier.ForwardRows(scratch[..(2 * count * length)], 2 * count, length, transforms[..(2 * count * half)]);
        for (var i = 0; i < count; i++)
        {
            SpectrumQuotient.Logarithm(transforms.Slice(2 * i * half, half), transforms.Slice(((2 * i) + 1) * half, half), transforms.Slice(i * half, half));
        }

        RealFourier.InverseRows(transforms[..(count * half)], count, length, scratch[..(count * length)]);
        for (var i = 0; i < count; i++)
        {
            var target = result.Slice((first + i) * cube.Channels, cube.Channels);
            target.Fill(float.NaN);
            if (counts[i] > 0)
            {
                var single = scratch.Slice((i * length) + starts[i], ends[i] - starts[i]);
                Areas[(row * cube.Columns) + first + i] = (float)(WindowSums.Of(single) / length / counts[i]);
                var scale = (float)(1.0 / length / (relative ? counts[i] * cube.Step : 1));
                for (var c = 0; c < single.Length; c++)
                {
                    target[starts[i] + c] = single[c] * scale;
                }
            }
        }
    }
}
