namespace CryoHub.Imaging.Labels;

/// <summary>A block of voxels of a layer: its first corner and its sizes.</summary>
public readonly record struct LabelBox(int X, int Y, int Z, int Width, int Height, int Depth)
{
    public int Voxels => checked(Width * Height * Depth);

    /// <summary>Place of a voxel of the layer within this block: slices, rows, columns, the last running fastest.</summary>
    public int IndexOf(int x, int y, int z) => ((((z - Z) * Height) + (y - Y)) * Width) + (x - X);
}
