namespace CryoHub.Analyses.Tomography.Alignment;

/// <summary>The linear part that takes a flat specimen's picture at one tilt to that at another: across the axis by the ratio of the cosines.</summary>
internal readonly record struct Stretch(double Xx, double Xy, double Yy)
{
    /// <summary>From the picture at <paramref name="fromDegrees"/> to that at <paramref name="toDegrees"/>; ratios are held within 1/4 and 4, as at 90 degrees nothing is left.</summary>
    public static Stretch Between(double fromDegrees, double toDegrees, double axisDegrees)
    {
        var ratio = Math.Clamp(Math.Abs(Math.Cos(toDegrees * Math.PI / 180)) / Math.Max(1e-6, Math.Abs(Math.Cos(fromDegrees * Math.PI / 180))), 0.25, 4);
        var (sin, cos) = Math.SinCos(axisDegrees * Math.PI / 180);
        return new((ratio * cos * cos) + (sin * sin), (1 - ratio) * sin * cos, (ratio * sin * sin) + (cos * cos));
    }

    public (double X, double Y) Apply(double x, double y) => ((Xx * x) + (Xy * y), (Xy * x) + (Yy * y));
}
