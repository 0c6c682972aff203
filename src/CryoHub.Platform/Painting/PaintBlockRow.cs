namespace CryoHub.Platform.Painting;

/// <summary>A block by its place in the grid, and the last act that may have changed it.</summary>
public sealed record PaintBlockRow(int Z, int Y, int X, long Sequence);
