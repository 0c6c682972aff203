namespace CryoHub.Platform.Painting;

/// <summary>The place an act has in the order of its layer.</summary>
public sealed record PaintDone(long Sequence);
