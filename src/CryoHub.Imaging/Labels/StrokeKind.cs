namespace CryoHub.Imaging.Labels;

/// <summary>How the points of a <see cref="Stroke"/> become voxels.</summary>
public enum StrokeKind
{
    /// <summary>A disc drawn along a path on one slice.</summary>
    Brush,

    /// <summary>A ball drawn along a path through the volume.</summary>
    Ball,

    /// <summary>The inside of an outline on one slice.</summary>
    Polygon,

    /// <summary>Voxels as runs: slice, row, first and last column of each, whole numbers. What was filled, grown or interpolated.</summary>
    Rows,
}
