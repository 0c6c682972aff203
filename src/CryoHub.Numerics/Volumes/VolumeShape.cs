namespace CryoHub.Numerics.Volumes;

/// <summary>Sizes of a volume [z, y, x], x fastest; an image is a volume of depth 1.</summary>
public readonly record struct VolumeShape(int Depth, int Height, int Width)
{
    /// <summary>Voxels of one slice.</summary>
    public int Plane => Height * Width;

    /// <summary>Rows of voxels along x.</summary>
    public int Rows => Depth * Height;

    /// <summary>All voxels.</summary>
    public int Count => checked(Depth * Height * Width);

    /// <summary>Where voxel (z, y, x) lies.</summary>
    public int Index(int z, int y, int x) => (((z * Height) + y) * Width) + x;

    /// <summary>Axes longer than one voxel: 2 for an image.</summary>
    public int Dimensions => (Depth > 1 ? 1 : 0) + (Height > 1 ? 1 : 0) + (Width > 1 ? 1 : 0);

    /// <summary>True where a voxel lies on a face of the volume; axes of one voxel have no faces.</summary>
    public bool IsBorder(int z, int y, int x) =>
        (Depth > 1 && (z == 0 || z == Depth - 1)) || (Height > 1 && (y == 0 || y == Height - 1)) || (Width > 1 && (x == 0 || x == Width - 1));
}
