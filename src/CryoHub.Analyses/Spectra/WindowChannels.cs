using CryoHub.Imaging;

namespace CryoHub.Analyses.Spectra;

/// <summary>One energy window with its background windows, in channels.</summary>
internal sealed record WindowChannels(string Title, ChannelRange Gross, ChannelRange? Before, ChannelRange? After)
{
    private const int FewestFitChannels = 4;

    /// <exception cref="ProblemException">A window is empty, outside the spectrum or unfit for the background.</exception>
    public static WindowChannels Of(EnergyWindow window, EnergyScale scale, BackgroundModel model)
    {
        var gross = scale.Window(window.From, window.To);
        var before = model == BackgroundModel.None ? (ChannelRange?)null : WindowBefore(window, scale, model);
        if (model == BackgroundModel.PowerLaw && before is { } fit && (fit.Count < FewestFitChannels || fit.LowEdge <= 0))
        {
            throw ProblemException.Invalid(FormattableString.Invariant($"A power law needs at least {FewestFitChannels} channels at positive energies before the edge of {window.Title()}; the window {fit.LowEdge:0.###} to {fit.HighEdge:0.###} {scale.Unit} holds {fit.Count}."));
        }

        return new WindowChannels(window.Title(), gross, before, model == BackgroundModel.Linear ? WindowAfter(window, scale) : null);
    }

    /// <summary>Half the window's width at its side for a line; 80 to 97 % of the edge's energy for a power law, as far as the spectrum goes.</summary>
    private static ChannelRange WindowBefore(EnergyWindow window, EnergyScale scale, BackgroundModel model)
    {
        var (from, to) = model == BackgroundModel.Linear
            ? (window.From - ((window.To - window.From) / 2), window.From)
            : (Math.Max(0.8 * window.From, scale.Lowest), 0.97 * window.From);
        (from, to) = (window.BackgroundFrom ?? from, window.BackgroundTo ?? to);
        if (!(to > from))
        {
            throw ProblemException.Invalid(FormattableString.Invariant($"There is no room for a background window before {window.From:0.###} {scale.Unit}; the spectrum covers {scale.Lowest:0.###} to {scale.Highest:0.###} {scale.Unit}."));
        }

        var range = scale.Window(from, to);
        return model == BackgroundModel.PowerLaw && range.Count % 2 == 1 // two halves must be equally wide
            ? range with { Count = range.Count - 1, HighEdge = range.HighEdge - ((range.HighEdge - range.LowEdge) / range.Count) }
            : range;
    }

    private static ChannelRange WindowAfter(EnergyWindow window, EnergyScale scale) =>
        scale.Window(window.AfterFrom ?? window.To, window.AfterTo ?? (window.To + ((window.To - window.From) / 2)));
}
