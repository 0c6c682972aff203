using CryoHub.Imaging;

namespace CryoHub.Analyses.Eels.LowLoss;

/// <summary>The energies above the zero loss in which the plasmon is fitted, and where the fit begins.</summary>
internal sealed record PlasmonWindow(double From, double To, double Energy, double Width)
{
    private const int FewestChannels = 6;

    /// <param name="total">Summed spectrum; index i lies at (i - <paramref name="zero"/>) times <paramref name="step"/> eV.</param>
    /// <param name="zero">Index of 0 eV, with its fraction.</param>
    /// <param name="step">eV a channel.</param>
    /// <param name="threshold">Losses begin here.</param>
    /// <param name="parameters">Given ends.</param>
    /// <exception cref="ProblemException">There is no peak, or too few channels.</exception>
    public static PlasmonWindow Of(double[] total, double zero, double step, double threshold, EelsLowLossParameters parameters)
    {
        double At(int index) => (index - zero) * step;
        var first = Math.Clamp((int)Math.Ceiling(zero + (Math.Max(parameters.FitFrom ?? threshold, step) / step)), 0, total.Length - 1);
        var end = Math.Clamp(parameters.FitTo is { } to ? (int)Math.Floor(zero + (to / step)) + 1 : total.Length, 0, total.Length);
        if (end - first < FewestChannels)
        {
            throw ProblemException.Invalid(FormattableString.Invariant(
                $"The plasmon is fitted in at least {FewestChannels} channels; {Math.Max(0, end - first)} lie between {parameters.FitFrom ?? threshold:0.###} and {parameters.FitTo ?? At(total.Length - 1):0.###} eV above the zero loss."));
        }

        double Smooth(int index) => total[index] + (index > first ? total[index - 1] : total[index]) + (index + 1 < end ? total[index + 1] : total[index]);
        var top = Enumerable.Range(first, end - first).MaxBy(Smooth);
        var half = Smooth(top) / 2;
        if (!(half > 0))
        {
            throw ProblemException.Invalid(FormattableString.Invariant($"There are no counts between {At(first):0.###} and {At(end - 1):0.###} eV above the zero loss, where a plasmon was looked for."));
        }

        var (low, high) = (top, top);
        while (low > first && Smooth(low) > half)
        {
            low--;
        }

        while (high < end - 1 && Smooth(high) > half)
        {
            high++;
        }

        var width = Math.Max(At(high) - At(low), 2 * step);
        var room = Math.Max(0, (FewestChannels - (high - low + 1) + 1) / 2);
        var (from, until) = (parameters.FitFrom ?? At(Math.Max(first, low - room)), parameters.FitTo ?? At(Math.Min(end - 1, high + room)));
        return new PlasmonWindow(Math.Max(from, step / 2), until, At(top), width);
    }
}
