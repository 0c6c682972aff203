using CryoHub.Analyses.Spectra;
using CryoHub.Numerics;
using CryoHub.Numerics.Fourier;
using CryoHub.Numerics.Spectra;

namespace CryoHub.Analyses.Eels.Deconvolve;

/// <summary>
/// Edges without plural scattering: I0 g k / l, l the low loss of the pixel, I0 its zero-loss counts and g a Gaussian of area 1 at the place of its zero loss (Egerton 2011, eq. 4.38).
/// </summary>
internal sealed class FourierRatioRows(SpectrumCube cube, CompanionSpectra lowLoss, ZeroLossSource zeroLoss, double width)
{
    private readonly int length = RealFourier.FastLength(Math.Max(cube.Channels, lowLoss.Cube.Channels) + Math.Max(64, lowLoss.Cube.Channels / 2));

    public void Row(int row, Span<float> spectra, ReadOnlySpan<float> companion, Span<float> result)
    {
        var half = RealFourier.HalfLength(length);
        using var scratch = new AlignedFloats(3 * length);
        using var transforms = new AlignedFloats(3 * half);
        var zero = new float[lowLoss.Cube.Channels];
        for (var x = 0; x < cube.Columns; x++)
        {
            var target = result.Slice(x * cube.Channels, cube.Channels);
            var edge = spectra.Slice(x * cube.Channels, cube.Channels);
            var low = lowLoss.Of(companion, x);
            var pixel = lowLoss.IsSingle ? 0 : (row * cube.Columns) + x;
            target.Fill(float.NaN);
            var (first, end) = SpectrumEnds.Valid(edge);
            var (lowFirst, lowEnd) = SpectrumEnds.Valid(low);
            var counts = zeroLoss.Fill(pixel, low, [], zero);
            if (first >= end || lowFirst >= lowEnd || !(counts > 0))
            {
                continue;
            }

            SpectrumEnds.Pad(edge, first, end, scratch.Span[..length]);
            SpectrumEnds.Pad(low, lowFirst, lowEnd, scratch.Span.Slice(length, length));
            Peak(zeroLoss.Channel(pixel), counts, scratch.Span[(2 * length)..]);
            RealFourier.ForwardRows(scratch.Span, 3, length, transforms.Span);
            SpectrumQuotient.Ratio(transforms.Span[..half], transforms.Span.Slice(half, half), transforms.Span[(2 * half)..], transforms.Span[..half]);
            RealFourier.InverseRows(transforms.Span[..half], 1, length, scratch.Span[..length]);
            for (var c = first; c < end; c++)
            {
                target[c] = scratch.Span[c] / length;
            }
        }
    }

    private void Peak(double centre, double area, Span<float> peak)
    {
        var sigma = width / lowLoss.Cube.Step / (2 * Math.Sqrt(2 * Math.Log(2)));
        var height = area / (sigma * Math.Sqrt(2 * Math.PI));
        for (var i = 0; i < peak.Length; i++)
        {
            var away = (i - centre) / sigma;
            peak[i] = (float)(height * Math.Exp(-away * away / 2));
        }
    }
}
