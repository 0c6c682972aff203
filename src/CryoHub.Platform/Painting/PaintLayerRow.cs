using CryoHub.Platform.Datasets;

namespace CryoHub.Platform.Painting;

/// <summary>A layer as people see it.</summary>
/// <param name="Edge">Voxels along the edge of a block; a block is one slice deep.</param>
/// <param name="GroundSequence">Strokes up to this number can no longer be undone.</param>
/// <param name="Truth">Who marked it as ground truth; <c>null</c> where nobody has.</param>
/// <param name="CanJudge">The person asking may mark it, or take the mark away.</param>
public sealed record PaintLayerRow(
    Guid Id, Guid DatasetId, int SignalIndex, string Name, int Width, int Height, int Depth, int Edge, long Sequence, long GroundSequence, string CreatedBy, DateTimeOffset CreatedAt, IReadOnlyList<PaintLabelRow> Labels,
    TruthMark? Truth, bool CanJudge);
