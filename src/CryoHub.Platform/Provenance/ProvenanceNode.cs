namespace CryoHub.Platform.Provenance;

/// <summary>
/// One thing of the graph. What lies in a project that its reader does not see stands there without name or address: the line stays whole, and nothing is told.
/// </summary>
/// <param name="Kind">What it is.</param>
/// <param name="Id">Its id; of what is hidden, one that means nothing outside this answer.</param>
/// <param name="Name">What people call it; empty where it is hidden.</param>
/// <param name="Detail">Kind of sample, step, signal or analysis.</param>
/// <param name="At">When it happened or came to be.</param>
/// <param name="IsHidden">Whether it lies in a project its reader does not see.</param>
public sealed record ProvenanceNode(NodeKind Kind, Guid Id, string Name, string Detail, DateTimeOffset? At, bool IsHidden);
