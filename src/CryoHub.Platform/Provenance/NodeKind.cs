namespace CryoHub.Platform.Provenance;

/// <summary>What stands in the graph from the cell to the figure.</summary>
public enum NodeKind { Sample, Step, Dataset, Result }
