namespace CryoHub.Numerics.Tomography;

/// <summary>One projection direction: a voxel at (x, z) from the tilt axis falls on detector position <c>x Cos + z Sin</c> from the axis, in pixels.</summary>
/// <param name="Cos">Cosine of the tilt angle.</param>
/// <param name="Sin">Sine of the tilt angle.</param>
public readonly record struct View(double Cos, double Sin)
{
    /// <summary>The view at <paramref name="degrees"/>.</summary>
    public static View At(double degrees) => new(Math.Cos(degrees * Math.PI / 180), Math.Sin(degrees * Math.PI / 180));
}
