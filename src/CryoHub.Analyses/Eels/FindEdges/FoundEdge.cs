using CryoHub.Analyses.Eels.Edges;

namespace CryoHub.Analyses.Eels.FindEdges;

/// <summary>An edge of the table at a rise of the spectrum.</summary>
/// <param name="Edge">The table's edge; of a pair the lower one.</param>
/// <param name="RiseEv">Where the spectrum rises most steeply.</param>
/// <param name="Jump">Counts after the rise over the continued background, less one.</param>
/// <param name="Significance">The jump in standard deviations, noise and misfit of the background together.</param>
/// <param name="Score">0 to 1: significance, position, partner, shape and how usual the element is.</param>
/// <param name="Background">The background before it.</param>
internal sealed record FoundEdge(EelsEdge Edge, double RiseEv, double Jump, double Significance, double Score, PreEdge Background)
{
    /// <summary>Other edges that would explain the rise nearly as well.</summary>
    public IReadOnlyList<string> Alternatives { get; init; } = [];
}
