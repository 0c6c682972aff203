namespace CryoHub.Imaging.Labels;

/// <summary>One act of painting. Coordinates are voxels; the centre of voxel (i, j, k) lies at (i + 0.5, j + 0.5, k + 0.5).</summary>
/// <param name="Label">What is written; 0 erases.</param>
/// <param name="Points">x, y, x, y … on <paramref name="Slice"/>; of a ball x, y, z, x, y, z …; of rows z, y, first x, last x, z ….</param>
/// <param name="Slice">Of a brush or polygon; balls and rows have their own z.</param>
/// <param name="Radius">Of a brush or ball, in voxels along a row.</param>
/// <param name="SliceStep">Distance of two slices in units of a voxel along a row: a ball stays a ball where slices lie further apart.</param>
/// <param name="Grey">Only voxels of the picture with these grey values.</param>
/// <param name="Only">Only voxels which have this label when the stroke takes its place in the order.</param>
/// <param name="Locked">Labels that are not painted over.</param>
public sealed record Stroke(
    StrokeKind Kind, ulong Label, IReadOnlyList<double> Points, int Slice = 0, double Radius = 0, double SliceStep = 1,
    GreyRange? Grey = null, ulong? Only = null, IReadOnlyList<ulong>? Locked = null)
{
    /// <summary>Numbers of one point.</summary>
    public int Dimensions => Kind switch
    {
        StrokeKind.Ball => 3,
        StrokeKind.Rows => 4,
        _ => 2,
    };
}
