using CryoHub.Imaging.Shapes;

namespace CryoHub.Platform.Annotations.Imports;

/// <summary>How many shapes of a kind a file brings.</summary>
public sealed record ImportKind(ShapeKind Kind, int Count);
