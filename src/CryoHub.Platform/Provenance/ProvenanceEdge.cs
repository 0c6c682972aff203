namespace CryoHub.Platform.Provenance;

/// <summary>From a cause to what came of it.</summary>
public sealed record ProvenanceEdge(Guid From, Guid To);
