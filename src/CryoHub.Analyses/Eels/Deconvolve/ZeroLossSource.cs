using CryoHub.Analyses.Eels.Align;
using CryoHub.Analyses.Spectra;
using CryoHub.Imaging;
using CryoHub.Numerics.Spectra;

namespace CryoHub.Analyses.Eels.Deconvolve;

/// <summary>The zero loss of every pixel on the channels of its spectrum: cut out of the spectrum itself, or measured apart.</summary>
internal sealed class ZeroLossSource
{
    private readonly SpectrumCube cube;
    private readonly ZeroLossMap map;
    private readonly double threshold;
    private readonly CompanionSpectra? measured;
    private readonly int offset;

    /// <param name="cube">The spectra.</param>
    /// <param name="map">Where their peaks lie.</param>
    /// <param name="threshold">How far above its peak the zero loss reaches, in eV.</param>
    /// <param name="measured">Zero losses measured apart; <c>null</c> to cut them out.</param>
    /// <exception cref="ProblemException">The other spectra have channels of another width.</exception>
    public ZeroLossSource(SpectrumCube cube, ZeroLossMap map, double threshold, CompanionSpectra? measured)
    {
        (this.cube, this.map, this.threshold, this.measured) = (cube, map, threshold, measured);
        if (measured is not null)
        {
            RequireEqualSteps(measured.Cube, cube);
            offset = (int)Math.Round((measured.Cube.Scale.Lowest - cube.Scale.Lowest) / cube.Step);
        }
    }

    /// <exception cref="ProblemException">The channels differ by more than a part in a thousand.</exception>
    public static void RequireEqualSteps(SpectrumCube first, SpectrumCube second)
    {
        if (Math.Abs(first.Step - second.Step) > 1e-3 * second.Step)
        {
            throw ProblemException.Invalid(FormattableString.Invariant($"Both inputs need channels of one width; \"{first.Header.Name}\" has {first.Step:g5} eV, \"{second.Header.Name}\" {second.Step:g5} eV."));
        }
    }

    /// <summary>Channel of the pixel's peak, with its fraction; NaN where it has none.</summary>
    public double Channel(int pixel) => (map.Position[pixel] - cube.Scale.Lowest) / cube.Step;

    /// <summary>Fills <paramref name="zero"/>, as long as the spectrum, and gives back its counts I0; NaN where there is no peak.</summary>
    public double Fill(int pixel, ReadOnlySpan<float> spectrum, ReadOnlySpan<float> companion, Span<float> zero)
    {
        if (float.IsNaN(map.Position[pixel]))
        {
            return double.NaN;
        }

        zero.Clear();
        var end = Math.Clamp((int)Math.Ceiling(Channel(pixel) + (threshold / cube.Step)), 1, spectrum.Length);
        if (measured is null)
        {
            Cut(spectrum, end, zero);
            return WindowSums.Of(zero);
        }

        for (var i = Math.Max(0, offset); i < Math.Min(zero.Length, companion.Length + offset); i++)
        {
            zero[i] = float.IsFinite(companion[i - offset]) ? companion[i - offset] : 0;
        }

        if (measured.IsSingle && cube.Pixels > 1)   // one peak for all: as many counts as the pixel's own
        {
            var scale = (float)(Counts(spectrum[..end]) / Counts(zero[..end]));
            for (var i = 0; i < zero.Length; i++)
            {
                zero[i] *= scale;
            }
        }

        return WindowSums.Of(zero);
    }

    private void Cut(ReadOnlySpan<float> spectrum, int end, Span<float> zero)
    {
        for (var i = 0; i < end; i++)
        {
            zero[i] = float.IsFinite(spectrum[i]) ? spectrum[i] : 0;
        }

        var fall = Math.Max(1, (int)Math.Round(threshold / cube.Step / 4));
        for (var i = end; i < Math.Min(zero.Length, end + fall); i++)
        {
            zero[i] = zero[end - 1] * 0.5f * (1 + MathF.Cos(MathF.PI * (i - end + 1) / (fall + 1)));
        }
    }

    private static double Counts(ReadOnlySpan<float> counts)
    {
        var sum = 0.0;
        foreach (var count in counts)
        {
            sum += float.IsFinite(count) ? count : 0;
        }

        return sum;
    }
}
