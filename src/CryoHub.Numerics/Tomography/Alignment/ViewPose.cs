namespace CryoHub.Numerics.Tomography.Alignment;

/// <summary>
/// How a view shows the specimen: a point (X, Y, Z), Y along the tilt axis, appears at x = m (u cos r + v sin r) + sx, y = m (v cos r - u sin r) + sy from the image's
/// middle, with u = X cos t + Z sin t and v = Y.
/// </summary>
/// <param name="Tilt">t, degrees.</param>
/// <param name="Rotation">r, degrees: the tilt axis against the image's y axis, as <see cref="ProjectionGrid"/> counts it.</param>
/// <param name="Magnification">m.</param>
/// <param name="ShiftX">sx, pixels.</param>
/// <param name="ShiftY">sy, pixels.</param>
public readonly record struct ViewPose(double Tilt, double Rotation, double Magnification, double ShiftX, double ShiftY)
{
    /// <summary>Where a point appears, in pixels from the image's middle.</summary>
    public (double X, double Y) Project(double x, double y, double z)
    {
        var (sin, cos) = Math.SinCos(Tilt * Math.PI / 180);
        return Place((x * cos) + (z * sin), y);
    }

    /// <summary>Where the point (u, v) of the aligned view lies in the image.</summary>
    public (double X, double Y) Place(double u, double v)
    {
        var (sin, cos) = Math.SinCos(Rotation * Math.PI / 180);
        return ((Magnification * ((u * cos) + (v * sin))) + ShiftX, (Magnification * ((v * cos) - (u * sin))) + ShiftY);
    }

    /// <summary>The inverse of <see cref="Place"/>.</summary>
    public (double U, double V) Lift(double x, double y)
    {
        var (sin, cos) = Math.SinCos(Rotation * Math.PI / 180);
        var (dx, dy) = ((x - ShiftX) / Magnification, (y - ShiftY) / Magnification);
        return ((dx * cos) - (dy * sin), (dx * sin) + (dy * cos));
    }
}
