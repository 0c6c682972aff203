using CryoHub.Analyses.Eels.Background;
using CryoHub.Analyses.Eels.CrossSections;
using CryoHub.Analyses.Eels.Edges;
using CryoHub.Analyses.Spectra;
using CryoHub.Imaging;

namespace CryoHub.Analyses.Eels.Quantify;

/// <summary>One edge ready to be counted: its windows, its background and how many atoms a count stands for.</summary>
internal sealed class EdgeYield
{
    private const double DefaultWidth = 50;       // eV
    private const double FineStructure = 25;      // eV after an onset in which no background is fitted
    private const double BarnInNm2 = 1e-10;

    private EdgeYield(EelsEdge edge, EdgeBackground background, double atoms, bool isStandard, double width) =>
        (Edge, Background, Atoms, IsStandard, Width) = (edge, background, atoms, isStandard, width);

    public EelsEdge Edge { get; }

    public EdgeBackground Background { get; }

    /// <summary>1 / sigma in nm^-2, to be divided by the low-loss counts; or the standard's atoms a count.</summary>
    public double Atoms { get; }

    public bool IsStandard { get; }

    /// <summary>eV from the onset to the end of the signal window.</summary>
    public double Width { get; }

    /// <summary>Barn within the signal window; NaN with a standard.</summary>
    public double Barn => IsStandard ? double.NaN : 1 / (Atoms * BarnInNm2);

    /// <summary>The edges in order of energy.</summary>
    /// <exception cref="ProblemException">A name, a window or the beam cannot be used.</exception>
    public static EdgeYield[] Of(EelsQuantifyParameters parameters, EnergyScale scale, AcquisitionMetadata metadata)
    {
        (QuantifiedEdge Wish, EelsEdge Edge, double Onset)[] wishes =
            [.. parameters.Edges.Select(wish => (wish, EdgeTable.Named(wish.Edge, scale.Lowest))).Select(pair => (pair.wish, pair.Item2, pair.Item2.OnsetEv + pair.wish.Shift)).OrderBy(pair => pair.Item3)];
        var standards = wishes.Count(pair => pair.Wish.Factor is not null);
        if (standards > 0 && standards < wishes.Length)
        {
            throw ProblemException.Invalid($"Standard factors are given for {standards} of {wishes.Length} edges; atoms counted by standards and by cross sections cannot be compared: give all or none.");
        }

        if (wishes.GroupBy(pair => pair.Edge.Element).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw ProblemException.Invalid($"{twice.Key} is asked for by {twice.Count()} edges ({string.Join(", ", twice.Select(pair => pair.Edge.Name))}); an element is counted by one.");
        }

        var beam = standards > 0 ? null : Beam.Of(parameters.BeamEnergy, parameters.Convergence, parameters.Collection, metadata);
        return [.. wishes.Select((pair, i) => Of(pair.Wish, pair.Edge, pair.Onset, i > 0 ? wishes[i - 1].Onset : null, i + 1 < wishes.Length ? wishes[i + 1].Onset : null, scale, beam))];
    }

    private static EdgeYield Of(QuantifiedEdge wish, EelsEdge edge, double onset, double? before, double? after, EnergyScale scale, Beam? beam)
    {
        if (onset < scale.Lowest || onset > scale.Highest)
        {
            throw ProblemException.Invalid(FormattableString.Invariant($"{edge.Name} begins at {onset:0.#} eV; the spectrum covers {scale.Lowest:0.#} to {scale.Highest:0.#} eV."));
        }

        var width = wish.Width ?? Math.Min(Math.Min(DefaultWidth, scale.Highest - onset), (after ?? double.PositiveInfinity) - onset);
        var end = wish.BackgroundTo ?? (onset - Math.Max(3, 0.015 * onset));
        var start = wish.BackgroundFrom ?? Math.Max(Math.Max(0.8 * onset, scale.Lowest), Math.Min((before ?? 0) + FineStructure, end - 12));
        var window = new EnergyWindow { From = onset, To = onset + width, Name = edge.Name, BackgroundFrom = start, BackgroundTo = end };
        var channels = EdgeChannels.Of(window, scale, new EelsBackgroundParameters());
        var background = new ExponentialBackground(channels, scale, BackgroundShape.PowerLaw, BackgroundEstimator.MaximumLikelihood);
        return wish.Factor is { } factor
            ? new EdgeYield(edge, background, factor, true, width)
            : new EdgeYield(edge, background, 1 / (BarnInNm2 * BarnOf(edge, channels.Signal, beam!, wish.Shift)), false, width);
    }

    private static double BarnOf(EelsEdge edge, ChannelRange signal, Beam beam, double shift) => IonisationCrossSection.Covers(edge)
        ? new IonisationCrossSection(edge, beam).Channels(signal.LowEdge, (signal.HighEdge - signal.LowEdge) / signal.Count, signal.Count, shift).Sum()
        : throw ProblemException.Invalid($"The hydrogenic model covers K edges from lithium on and L edges from sodium on; {edge.Name} needs a standard factor k.");
}
