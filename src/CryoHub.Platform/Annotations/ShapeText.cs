using CryoHub.Imaging.Shapes;

namespace CryoHub.Platform.Annotations;

/// <summary>What a person draws.</summary>
/// <param name="Rings">See <see cref="ShapeGeometry"/>.</param>
/// <param name="Id">Given by the drawing side, so that the same shape sent twice is there once; empty for a new one.</param>
public sealed record ShapeText(
    ShapeKind Kind, IReadOnlyList<double[]>? Rings, string? ClassKey = null, string? Label = null, int? FirstFrame = null, int? LastFrame = null, double? Confidence = null, Guid? Id = null);
