using CryoHub.Analyses.Spectra;

namespace CryoHub.Analyses.Eels.FindEdges;

/// <summary>A spectrum with the noise that it shows, and means over windows of energy.</summary>
internal sealed class NoisySpectrum
{
    private const double ChiSquaredMedian = 0.4549;   // of one degree of freedom

    private readonly EnergyScale scale;
    private readonly double[] sums;                   // of the counts before each channel
    private readonly double gain;                     // variance over counts: 1 for counted electrons, the detector's counts an electron otherwise

    public NoisySpectrum(EnergyScale scale, float[] counts)
    {
        this.scale = scale;
        Step = scale.At(1) - scale.At(0);
        var floor = 1e-4 * counts.Max();
        Counts = [.. counts.Select(count => Math.Max(count, floor))];   // a background-subtracted spectrum dips below zero, where no logarithm is
        sums = new double[Counts.Length + 1];
        for (var i = 0; i < Counts.Length; i++)
        {
            sums[i + 1] = sums[i] + Counts[i];
        }

        gain = Math.Max(Gain(1), Gain(3));            // the detector's blur correlates neighbours
    }

    public double[] Counts { get; }

    /// <summary>eV from one channel to the next.</summary>
    public double Step { get; }

    public double Lowest => scale.At(-0.5);

    public double Highest => scale.At(Counts.Length - 0.5);

    public double At(double channel) => scale.At(channel);

    /// <summary>Channel whose middle is nearest to that energy, within the spectrum.</summary>
    public int Channel(double energy) => (int)Math.Clamp(Math.Round((energy - At(0)) / Step), 0, Counts.Length - 1);

    /// <summary>Mean counts between two energies (at least one channel) and its relative standard deviation.</summary>
    public (double Mean, double Relative) Mean(double from, double to)
    {
        var first = Channel(from + (Step / 2));
        var end = Math.Max(first + 1, Channel(to - (Step / 2)) + 1);
        var sum = sums[end] - sums[first];
        return (sum / (end - first), Math.Sqrt(gain / Math.Max(sum, double.Epsilon)));
    }

    /// <summary>One standard deviation of a channel that holds that many counts.</summary>
    public double Sigma(double counts) => Math.Sqrt(gain * Math.Max(counts, 0));

    /// <summary>From second differences over <paramref name="stride"/> channels, whose variance is six times a channel's; the median does not see edges.</summary>
    private double Gain(int stride)
    {
        var ratios = new List<double>();
        for (var i = stride; i < Counts.Length - stride; i++)
        {
            var second = Counts[i - stride] - (2 * Counts[i]) + Counts[i + stride];
            ratios.Add(second * second / (6 * Counts[i]));
        }

        ratios.Sort();
        return ratios.Count == 0 ? 1 : Math.Max(1e-12, ratios[ratios.Count / 2] / ChiSquaredMedian);
    }
}
