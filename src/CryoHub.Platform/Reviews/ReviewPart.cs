namespace CryoHub.Platform.Reviews;

/// <summary>A part of a picture or stack, in pixels and slices from 0.</summary>
public sealed record ReviewPart(int X, int Y, int Z, int Width, int Height, int Depth);
