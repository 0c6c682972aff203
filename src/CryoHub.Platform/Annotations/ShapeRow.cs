using CryoHub.Imaging.Shapes;

namespace CryoHub.Platform.Annotations;

/// <summary>A shape with its sizes.</summary>
/// <param name="ClassKey">After merges.</param>
/// <param name="Rings">See <see cref="ShapeGeometry"/>.</param>
/// <param name="Revision">What an edit gives as its version.</param>
/// <param name="Sequence">Number of its last change in the layer.</param>
/// <param name="ChangedBy">Name of who changed it last.</param>
/// <param name="Intensity">Pixel values under it, where they were asked for.</param>
public sealed record ShapeRow(
    Guid Id, int Revision, long Sequence, ShapeKind Kind, string ClassKey, string Label, IReadOnlyList<double[]> Rings, int? FirstFrame, int? LastFrame, double? Confidence,
    ShapeMeasures Measures, Guid ChangedById, string ChangedBy, DateTimeOffset ChangedAt, bool IsDeleted, ShapeIntensity? Intensity = null);
