namespace CryoHub.Platform.Painting;

/// <summary>What is new in a layer.</summary>
/// <param name="Sequence">Ask from here next time.</param>
/// <param name="Blocks">Blocks that may have changed.</param>
public sealed record PaintChanges(long Sequence, IReadOnlyList<PaintBlockRow> Blocks);
