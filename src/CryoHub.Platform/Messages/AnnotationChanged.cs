namespace CryoHub.Platform.Messages;

/// <summary>A layer has changed up to <paramref name="Sequence"/>; whoever shows it asks for what is newer than what they have.</summary>
public sealed record AnnotationChanged(Guid LayerId, long Sequence);
