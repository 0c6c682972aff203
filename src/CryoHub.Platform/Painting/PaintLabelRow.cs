namespace CryoHub.Platform.Painting;

/// <summary>What a number stands for.</summary>
public sealed record PaintLabelRow(long Value, string Name, string ClassKey, string Colour, bool IsLocked);
