namespace CryoHub.Platform.Provenance;

/// <summary>Everything one item came from and everything that came of it.</summary>
/// <param name="Origin">The item that was asked for.</param>
/// <param name="Nodes">Causes before effects.</param>
/// <param name="Edges">Between nodes of the list.</param>
/// <param name="IsWhole">False where the graph is larger than what is shown: what lies nearest to the origin is there.</param>
public sealed record ProvenanceGraph(Guid Origin, IReadOnlyList<ProvenanceNode> Nodes, IReadOnlyList<ProvenanceEdge> Edges, bool IsWhole);
