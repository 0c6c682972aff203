using CryoHub.Analyses.Spectra;
using CryoHub.Imaging;
using CryoHub.Numerics.Spectra;

namespace CryoHub.Analyses.Eels.Align;

/// <summary>Position and width of the zero-loss peak of every pixel in eV; NaN where there is none.</summary>
internal sealed class ZeroLossMap
{
    private const double FarFromZero = 20; // eV: no spectrometer is off by more without anybody noticing

    private const double LeastHeight = 0.05;

    private readonly SpectrumCube cube;
    private readonly ZeroLossCentre centre;
    private readonly ChannelRange search;
    private readonly bool first;
    private int saturated;

    /// <exception cref="ProblemException">The energies hold no zero loss, or the search range is empty or outside.</exception>
    public ZeroLossMap(SpectrumCube cube, ZeroLossCentre centre, double? from, double? to)
    {
        (this.cube, this.centre) = (cube, centre);
        var scale = cube.Scale;
        if (from is null && to is null && (scale.Lowest > FarFromZero || scale.Highest < -FarFromZero))
        {
            throw ProblemException.Invalid(FormattableString.Invariant(
                $"The zero-loss peak lies outside \"{cube.Header.Name}\", which covers {scale.Lowest:0.###} to {scale.Highest:0.###} eV: a low-loss spectrum is needed, or a search range where the axis is far off."));
        }

        first = from is null && to is null;
        search = scale.Window(from ?? scale.Lowest, to ?? scale.At(scale.Channels));
        (Position, PositionError, Width, WidthError) = (New(), New(), New(), New());
        float[] New() => Enumerable.Repeat(float.NaN, cube.Pixels).ToArray();
    }

    public float[] Position { get; }

    public float[] PositionError { get; }

    public float[] Width { get; }

    public float[] WidthError { get; }

    /// <summary>Pixels whose peak has a flat top of three or more equal channels.</summary>
    public int Saturated => saturated;

    /// <summary>Fills the row's pixels.</summary>
    public void Row(int row, ReadOnlySpan<float> spectra)
    {
        for (var x = 0; x < cube.Columns; x++)
        {
            var spectrum = spectra.Slice((x * cube.Channels) + search.First, search.Count);
            var maximum = ZeroLoss.Maximum(spectrum);
            var peak = ZeroLoss.Fit(spectrum, maximum);
            if (first)
            {
                First(spectrum, ref maximum, ref peak);
            }

            var pixel = (row * cube.Columns) + x;
            if (double.IsFinite(peak.Centre))
            {
                var (position, error) = Centre(spectrum, maximum, peak);
                Position[pixel] = (float)cube.Scale.At(search.First + position);
                PositionError[pixel] = (float)(error * cube.Step);
                Width[pixel] = (float)(peak.Fwhm * cube.Step);
                WidthError[pixel] = (float)(peak.FwhmError * cube.Step);
            }

            if (maximum >= 0 && spectrum.Length > maximum + 2 && spectrum[maximum + 1] == spectrum[maximum] && spectrum[maximum + 2] == spectrum[maximum] && spectrum[maximum] > 100)
            {
                Interlocked.Increment(ref saturated);
            }
        }
    }

    /// <summary>The middle position.</summary>
    /// <exception cref="ProblemException">No pixel has a peak.</exception>
    public double Median()
    {
        float[] sorted = [.. Position.Where(float.IsFinite).Order()];
        return sorted.Length > 0
            ? (sorted[(sorted.Length - 1) / 2] + (double)sorted[sorted.Length / 2]) / 2
            : throw ProblemException.Invalid(FormattableString.Invariant(
                $"None of the {cube.Pixels} spectra of \"{cube.Header.Name}\" has a peak between {search.LowEdge:0.###} and {search.HighEdge:0.###} eV that falls to half its height on both sides: the zero loss is not there, or cut off."));
    }

    /// <summary>In a thick specimen a plasmon is higher than the zero loss: the first peak counts that reaches a twentieth of the highest.</summary>
    private static void First(ReadOnlySpan<float> spectrum, ref int maximum, ref PeakCentre peak)
    {
        while (double.IsFinite(peak.Centre))
        {
            var before = spectrum[..Math.Max(0, (int)(peak.Centre - (peak.Fwhm / 2)))];
            var other = ZeroLoss.Maximum(before);
            var earlier = other >= 0 && before[other] > LeastHeight * peak.Height ? ZeroLoss.Fit(before, other) : PeakCentre.None;
            if (!double.IsFinite(earlier.Centre))
            {
                return;
            }

            (maximum, peak) = (other, earlier);
        }
    }

    private (double Position, double Error) Centre(ReadOnlySpan<float> spectrum, int maximum, PeakCentre peak)
    {
        switch (centre)
        {
            case ZeroLossCentre.HighestChannel:
                return (maximum, 1 / Math.Sqrt(12));
            case ZeroLossCentre.CentreOfMass:
                var half = (int)Math.Ceiling(peak.Fwhm);
                var first = Math.Max(0, (int)Math.Round(peak.Centre) - half);
                return ZeroLoss.CentreOfMass(spectrum[first..Math.Min(spectrum.Length, first + (2 * half) + 1)], first);
            default:
                return (peak.Centre, peak.CentreError);
        }
    }
}
