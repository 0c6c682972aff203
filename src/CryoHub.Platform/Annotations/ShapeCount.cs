namespace CryoHub.Platform.Annotations;

/// <summary>How many shapes a view has.</summary>
/// <param name="Shapes">At most as many as are drawn one by one.</param>
/// <param name="IsMore">True where there are more.</param>
public sealed record ShapeCount(int Shapes, bool IsMore);
