using CryoHub.Numerics.Volumes;

namespace CryoHub.Analyses.PixelClassifier;

/// <summary>A part of a volume: slices Z0 to before Z1 and so on.</summary>
internal readonly record struct Block(int Z0, int Z1, int Y0, int Y1, int X0, int X1)
{
    public VolumeShape Shape => new(Z1 - Z0, Y1 - Y0, X1 - X0);

    public bool Contains(int z, int y, int x) => z >= Z0 && z < Z1 && y >= Y0 && y < Y1 && x >= X0 && x < X1;

    /// <summary>This part and what lies that near, inside the volume.</summary>
    public Block Grown(VolumeShape whole, int slices, int pixels) => new(
        Math.Max(0, Z0 - slices), Math.Min(whole.Depth, Z1 + slices), Math.Max(0, Y0 - pixels), Math.Min(whole.Height, Y1 + pixels), Math.Max(0, X0 - pixels), Math.Min(whole.Width, X1 + pixels));
}
