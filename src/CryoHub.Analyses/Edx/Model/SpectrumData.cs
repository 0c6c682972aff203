using CryoHub.Analyses.Spectra;
using CryoHub.Imaging;

namespace CryoHub.Analyses.Edx.Model;

/// <summary>The counts of one spectrum in the channels that are fitted.</summary>
internal sealed class SpectrumData
{
    private const double NoiseSearchFrom = 80, NoiseSearchTo = 250, LeastEv = 150;
    private const int FewestChannels = 64;

    private readonly EnergyScale scale;

    /// <param name="scale">Energies of all channels.</param>
    /// <param name="spectrum">Counts of all channels.</param>
    /// <param name="beamEv">Nothing is emitted above.</param>
    /// <param name="fromEv">Lowest energy; where absent above the detector's noise.</param>
    /// <param name="toEv">Highest energy; where absent that of the beam or the end of the spectrum.</param>
    /// <exception cref="ProblemException">The range is empty or counts are negative.</exception>
    public SpectrumData(EnergyScale scale, ReadOnlySpan<float> spectrum, double beamEv, double? fromEv, double? toEv)
    {
        this.scale = scale;
        var from = fromEv ?? AboveNoise(spectrum);
        var to = Math.Min(toEv ?? double.PositiveInfinity, Math.Min(beamEv, scale.Highest));
        if (!(to > from))
        {
            throw ProblemException.Invalid(FormattableString.Invariant($"There is nothing to fit from {from:0} to {to:0} eV; the spectrum covers {scale.Lowest:0} to {scale.Highest:0} eV, the beam has {beamEv:0} eV."));
        }

        var range = scale.Window(Math.Max(from, scale.Lowest), to);
        if (range.Count < FewestChannels)
        {
            throw ProblemException.Invalid(FormattableString.Invariant($"From {from:0} to {to:0} eV there are {range.Count} channels; at least {FewestChannels} are needed."));
        }

        (First, Count) = (range.First, range.Count);
        Counts = new double[Count];
        var (negative, lowest) = (0, 0f);
        for (var i = 0; i < Count; i++)
        {
            Counts[i] = spectrum[First + i];
            (negative, lowest) = spectrum[First + i] < 0 ? (negative + 1, Math.Min(lowest, spectrum[First + i])) : (negative, lowest);
            Total += Counts[i];
        }

        if (negative > 0)
        {
            throw ProblemException.Invalid(FormattableString.Invariant($"{negative} of {Count} channels hold negative counts, the lowest {lowest:0.###}: X-ray spectra are counts. Take the spectrum before its background was subtracted."));
        }
    }

    /// <summary>First channel of the fit in the spectrum.</summary>
    public int First { get; }

    public int Count { get; }

    public double[] Counts { get; }

    public double Total { get; }

    public double Step => scale.At(1) - scale.At(0);

    public double LowEv => scale.At(First);

    public double HighEv => scale.At(First + Count - 1);

    /// <summary>Energy in the middle of channel <paramref name="i"/> of the fit.</summary>
    public double At(double i) => scale.At(First + i);

    /// <summary>Channel of the fit at an energy of the file's scale.</summary>
    public double ChannelOf(double ev) => (ev - LowEv) / Step;

    /// <summary>The counts smoothed by a Gaussian of a third of a peak's width: an expectation to weigh by.</summary>
    public double[] Smoothed(PeakScale peaks)
    {
        var smooth = new double[Count];
        for (var i = 0; i < Count; i++)
        {
            var sigma = Math.Max(0.6, peaks.Sigma(At(i)) / Step / 1.5);
            var reach = (int)Math.Ceiling(3 * sigma);
            var (sum, weight) = (0.0, 0.0);
            for (var j = Math.Max(0, i - reach); j <= Math.Min(Count - 1, i + reach); j++)
            {
                var w = Math.Exp(-0.5 * (j - i) * (j - i) / (sigma * sigma));
                (sum, weight) = (sum + (w * Counts[j]), weight + w);
            }

            smooth[i] = sum / weight;
        }

        return smooth;
    }

    /// <summary>The valley between the noise peak at zero and the first line.</summary>
    private double AboveNoise(ReadOnlySpan<float> spectrum)
    {
        if (scale.Lowest > NoiseSearchFrom)
        {
            return scale.Lowest;
        }

        var range = scale.Window(NoiseSearchFrom, Math.Min(NoiseSearchTo, scale.Highest));
        var (best, least) = (LeastEv, double.PositiveInfinity);
        for (var i = range.First + 1; i < range.First + range.Count - 1; i++)
        {
            var sum = (double)spectrum[i - 1] + spectrum[i] + spectrum[i + 1];
            if (sum < least)
            {
                (best, least) = (scale.At(i), sum);
            }
        }

        return Math.Max(LeastEv, best);
    }
}
