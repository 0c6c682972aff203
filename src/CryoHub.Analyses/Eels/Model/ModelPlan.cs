using CryoHub.Analyses.Eels.CrossSections;
using CryoHub.Analyses.Eels.Edges;
using CryoHub.Analyses.Spectra;
using CryoHub.Imaging;

namespace CryoHub.Analyses.Eels.Model;

/// <summary>Which channels are fitted, by which edges.</summary>
internal sealed class ModelPlan
{
    private const double RangeBelow = 0.7;       // of the first onset
    private const int FewestBeforeFirst = 8;     // channels that decide the background

    private ModelPlan(EnergyScale scale, ModelledEdge[] edges, int[] channels) => (Scale, Edges, Channels) = (scale, edges, channels);

    public EnergyScale Scale { get; }

    public ModelledEdge[] Edges { get; }

    /// <summary>The fitted channels, rising.</summary>
    public int[] Channels { get; }

    /// <exception cref="ProblemException">An edge, the range or the beam cannot be used.</exception>
    public static ModelPlan Of(EelsModelParameters parameters, EnergyScale scale, AcquisitionMetadata metadata)
    {
        var beam = Beam.Of(parameters.BeamEnergy, parameters.Convergence, parameters.Collection, metadata);
        ModelledEdge[] edges = [.. parameters.Edges.Select(wish => Edge(wish, scale, beam)).OrderBy(edge => edge.OnsetEv)];
        if (edges.GroupBy(edge => edge.Edge.Element).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw ProblemException.Invalid($"{twice.Key} is asked for by {twice.Count()} edges ({string.Join(", ", twice.Select(edge => edge.Edge.Name))}); an element is modelled by one.");
        }

        var from = parameters.From ?? Math.Max(RangeBelow * edges[0].OnsetEv, Math.Max(scale.Lowest, 1));
        var range = scale.Window(from, parameters.To ?? scale.Highest);
        if (range.LowEdge <= 0)
        {
            throw ProblemException.Invalid(FormattableString.Invariant($"A power law needs energies above zero; the fitted range begins at {range.LowEdge:0.###} eV."));
        }

        int[] channels = [.. Enumerable.Range(range.First, range.Count).Where(channel => !edges.Any(edge => edge.Frees(scale.At(channel))))];
        return new ModelPlan(scale, edges, Checked(channels, range, scale, edges));
    }

    private static ModelledEdge Edge(ModelEdge wish, EnergyScale scale, Beam beam)
    {
        var edge = EdgeTable.Named(wish.Edge, scale.Lowest);
        if (!IonisationCrossSection.Covers(edge))
        {
            throw ProblemException.Invalid($"The hydrogenic model covers K edges from lithium on and L edges from sodium on; {edge.Name} cannot be modelled.");
        }

        var onset = edge.OnsetEv + wish.Shift;
        return onset > scale.Lowest && onset < scale.Highest
            ? new ModelledEdge(edge, onset, wish.FineStructure, new IonisationCrossSection(edge, beam))
            : throw ProblemException.Invalid(FormattableString.Invariant($"{edge.Name} begins at {onset:0.#} eV; the spectrum covers {scale.Lowest:0.#} to {scale.Highest:0.#} eV."));
    }

    private static int[] Checked(int[] channels, ChannelRange range, EnergyScale scale, ModelledEdge[] edges)
    {
        var unknowns = edges.Length + 2;
        if (channels.Length <= 2 * unknowns)
        {
            throw ProblemException.Invalid(FormattableString.Invariant(
                $"The model has {unknowns} unknowns; between {range.LowEdge:0.#} and {range.HighEdge:0.#} eV, outside fine structures, {channels.Length} channels are left, at least {(2 * unknowns) + 1} are needed."));
        }

        var before = channels.Count(channel => scale.At(channel) < edges[0].OnsetEv);
        if (before < FewestBeforeFirst)
        {
            throw ProblemException.Invalid(FormattableString.Invariant(
                $"Only {before} fitted channels lie before {edges[0].Edge.Name} at {edges[0].OnsetEv:0.#} eV; the background needs at least {FewestBeforeFirst}."));
        }

        for (var e = 0; e < edges.Length; e++)
        {
            var end = e + 1 < edges.Length ? edges[e + 1].OnsetEv : double.PositiveInfinity;
            if (!channels.Any(channel => scale.At(channel) > edges[e].OnsetEv && scale.At(channel) < end))
            {
                throw ProblemException.Invalid(FormattableString.Invariant(
                    $"No fitted channel is left between {edges[e].Edge.Name} at {edges[e].OnsetEv:0.#} eV and the next edge or the end: its fine structure of {edges[e].FineStructureEv:0.#} eV is too wide."));
            }
        }

        return channels;
    }
}
