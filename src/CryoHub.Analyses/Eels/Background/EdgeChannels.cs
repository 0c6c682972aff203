using CryoHub.Analyses.Spectra;
using CryoHub.Imaging;

namespace CryoHub.Analyses.Eels.Background;

/// <summary>The channels of one edge and those its background is fitted in.</summary>
internal sealed record EdgeChannels(string Title, ChannelRange Signal, ChannelRange Before, ChannelRange? Second)
{
    /// <summary>How many channels are fitted.</summary>
    public int FitCount => Before.Count + (Second?.Count ?? 0);

    /// <summary>The fitted channels in order.</summary>
    public IEnumerable<int> FitChannels => Enumerable.Range(Before.First, Before.Count).Concat(Second is { } second ? Enumerable.Range(second.First, second.Count) : []);

    /// <summary>Without other windows 80 to 97 % of the edge's energy, as far as the spectrum goes.</summary>
    /// <exception cref="ProblemException">A window is empty, outside, overlaps the edge, or holds too few channels.</exception>
    public static EdgeChannels Of(EnergyWindow edge, EnergyScale scale, EelsBackgroundParameters parameters)
    {
        var signal = scale.Window(edge.From, edge.To);
        var (from, to) = (edge.BackgroundFrom ?? Math.Max(0.8 * edge.From, scale.Lowest), edge.BackgroundTo ?? (0.97 * edge.From));
        if (!(to > from))
        {
            throw ProblemException.Invalid(FormattableString.Invariant(
                $"There is no room for a background window before {edge.Title()}, which begins at {edge.From:0.###} eV; the spectrum covers {scale.Lowest:0.###} to {scale.Highest:0.###} eV."));
        }

        var before = scale.Window(from, to);
        var second = edge.AfterFrom is { } afterFrom && edge.AfterTo is { } afterTo ? scale.Window(afterFrom, afterTo) : (ChannelRange?)null;
        foreach (var window in new[] { before, second }.OfType<ChannelRange>())
        {
            if (window.First < signal.First + signal.Count && signal.First < window.First + window.Count)
            {
                throw ProblemException.Invalid(FormattableString.Invariant(
                    $"The background window {window.LowEdge:0.###} to {window.HighEdge:0.###} eV overlaps the edge {edge.Title()}, {signal.LowEdge:0.###} to {signal.HighEdge:0.###} eV."));
            }
        }

        if (second is { } other && other.First < before.First + before.Count)
        {
            throw ProblemException.Invalid(FormattableString.Invariant($"The second background window of {edge.Title()} begins at {other.LowEdge:0.###} eV; it must lie above the first, which ends at {before.HighEdge:0.###} eV."));
        }

        return Checked(new EdgeChannels(edge.Title(), signal, before, second), parameters);
    }

    /// <summary>Copies the fitted channels of a spectrum.</summary>
    public ReadOnlySpan<float> Gather(ReadOnlySpan<float> spectrum, Span<float> scratch)
    {
        if (Second is not { } second)
        {
            return spectrum.Slice(Before.First, Before.Count);
        }

        spectrum.Slice(Before.First, Before.Count).CopyTo(scratch);
        spectrum.Slice(second.First, second.Count).CopyTo(scratch[Before.Count..]);
        return scratch[..FitCount];
    }

    private static EdgeChannels Checked(EdgeChannels edge, EelsBackgroundParameters parameters)
    {
        var unknowns = parameters.Shape == BackgroundShape.Polynomial ? parameters.Order + 1 : 2;
        if (edge.FitCount <= unknowns)
        {
            throw ProblemException.Invalid($"The background of {edge.Title} has {unknowns} parameters; its windows hold {edge.FitCount} channels, at least {unknowns + 1} are needed.");
        }

        var power = parameters.Shape is BackgroundShape.PowerLaw or BackgroundShape.TwoPowerLaws;
        if (power && edge.Before.LowEdge <= 0)
        {
            throw ProblemException.Invalid(FormattableString.Invariant($"A power law needs energies above zero; the background window of {edge.Title} begins at {edge.Before.LowEdge:0.###} eV."));
        }

        var curved = parameters.Shape is BackgroundShape.PowerLaw or BackgroundShape.Exponential;
        return curved && parameters.Fit == BackgroundEstimator.TwoAreas && edge.Second is not null
            ? throw ProblemException.Invalid($"Two areas are the halves of one window; {edge.Title} has two windows: choose another fit.")
            : edge;
    }
}
