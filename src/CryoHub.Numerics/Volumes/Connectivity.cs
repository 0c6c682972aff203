namespace CryoHub.Numerics.Volumes;

/// <summary>Which voxels are neighbours: those sharing a face, also an edge, also a corner.</summary>
public enum Connectivity
{
    /// <summary>6 neighbours (4 in an image).</summary>
    Faces,

    /// <summary>18 neighbours (8 in an image).</summary>
    Edges,

    /// <summary>26 neighbours (8 in an image).</summary>
    Corners,
}
