using CryoHub.Analyses.Spectra;
using CryoHub.Numerics.Spectra;

namespace CryoHub.Analyses.Eels.Deconvolve;

/// <summary>Spectra sharpened with their zero loss as the shape of a line; counts below zero are taken as none.</summary>
internal sealed class RichardsonLucyRows(SpectrumCube cube, ZeroLossSource zeroLoss, CompanionSpectra? companions, int iterations)
{
    private const float Negligible = 1e-4f;

    public void Row(int row, Span<float> spectra, ReadOnlySpan<float> companion, Span<float> result)
    {
        var (zero, counts, scratch) = (new float[cube.Channels], new float[cube.Channels], new float[3 * cube.Channels]);
        for (var x = 0; x < cube.Columns; x++)
        {
            var pixel = (row * cube.Columns) + x;
            var target = result.Slice(x * cube.Channels, cube.Channels);
            var spectrum = spectra.Slice(x * cube.Channels, cube.Channels);
            target.Fill(float.NaN);
            var (first, end) = SpectrumEnds.Valid(spectrum);
            if (first >= end || !(zeroLoss.Fill(pixel, spectrum, companions is null ? [] : companions.Of(companion, x), zero) > 0))
            {
                continue;
            }

            var centre = Math.Clamp((int)Math.Round(zeroLoss.Channel(pixel)), 0, cube.Channels - 1);
            var (from, to) = Kernel(zero, centre);
            for (var c = first; c < end; c++)
            {
                counts[c] = Math.Max(0, spectrum[c]);
            }

            var part = counts.AsSpan(first, end - first);
            var estimate = target[first..end];
            part.CopyTo(estimate);
            RichardsonLucy.Run(part, zero.AsSpan(from, to - from), centre - from, iterations, estimate, scratch.AsSpan(0, 3 * part.Length));
        }
    }

    /// <summary>The channels of the peak that hold more than a ten-thousandth of its height; what is below zero counts as nothing.</summary>
    private static (int From, int To) Kernel(float[] zero, int centre)
    {
        var least = Negligible * zero.Max();
        var (from, to) = (centre, centre + 1);
        while (from > 0 && zero[from - 1] > least)
        {
            from--;
        }

        while (to < zero.Length && zero[to] > least)
        {
            to++;
        }

        for (var c = from; c < to; c++)
        {
            zero[c] = Math.Max(0, zero[c]);
        }

        return (from, to);
    }
}
