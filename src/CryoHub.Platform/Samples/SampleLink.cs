namespace CryoHub.Platform.Samples;

/// <summary>One step of the chain from the cell to what lay under the beam.</summary>
public sealed record SampleLink(Guid Id, SampleKind Kind, string Name);
