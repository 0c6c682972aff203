namespace CryoHub.Platform.Painting;

/// <summary>A layer as people see it.</summary>
/// <param name="Edge">Voxels along the edge of a block; a block is one slice deep.</param>
/// <param name="GroundSequence">Strokes up to this number can no longer be undone.</param>
public sealed record PaintLayerRow(
    Guid Id, string Name, int Width, int Height, int Depth, int Edge, long Sequence, long GroundSequence, string CreatedBy, DateTimeOffset CreatedAt, IReadOnlyList<PaintLabelRow> Labels);
