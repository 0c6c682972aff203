using CryoHub.Numerics.Registration;

namespace CryoHub.Analyses.Tomography.DualAxis;

/// <summary>
/// Where the second volume shows what the first shows: the voxel at (x, y, z) from the first volume's middle lies at (R (x, y) + (X, Y), z + Z) from the
/// second's, with R the rotation by <paramref name="Rotation"/> degrees, counter-clockwise on the screen (y down).
/// </summary>
internal readonly record struct VolumeTransform(double Rotation, double X, double Y, double Z)
{
    /// <summary>The part within a slice.</summary>
    public AffineSampling InPlane => Turn(Rotation) with { X = X, Y = Y };

    /// <summary>The rotation alone.</summary>
    public static AffineSampling Turn(double degrees)
    {
        var (sin, cos) = Math.SinCos(degrees * Math.PI / 180);
        return new AffineSampling(cos, sin, -sin, cos, 0, 0);
    }
}
