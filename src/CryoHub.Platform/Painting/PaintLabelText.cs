namespace CryoHub.Platform.Painting;

/// <summary>What a person says of a label.</summary>
public sealed record PaintLabelText(string? Name, string? ClassKey = null, string? Colour = null, bool IsLocked = false);
