namespace CryoHub.Platform.Messages;

/// <summary>A painted layer has changed up to <paramref name="Sequence"/>; whoever shows it asks for the blocks that did.</summary>
/// <param name="LayerId">The signal's layer of shapes, by which people watch.</param>
public sealed record PaintChanged(Guid LayerId, Guid PaintId, long Sequence);
