namespace CryoHub.Platform.Painting;

/// <summary>What somebody does to a layer.</summary>
public enum PaintAct
{
    Paint,

    /// <summary>Voxels whose last writer the stroke is show what was there before.</summary>
    Undo,

    Redo,
}
