namespace CryoHub.Numerics.Volumes;

/// <summary>Edge lengths of a voxel, in any one unit.</summary>
public readonly record struct VoxelSize(double Z, double Y, double X)
{
    /// <summary>A cube of edge 1.</summary>
    public static VoxelSize One => new(1, 1, 1);

    /// <summary>Volume of a voxel.</summary>
    public double Volume => Z * Y * X;

    /// <summary>Shortest edge.</summary>
    public double Least => Math.Min(Z, Math.Min(Y, X));

    /// <summary>Edge of the cube of the same volume.</summary>
    public double Mean => Math.Cbrt(Volume);
}
