namespace CryoHub.Analyses.Phantoms;

/// <summary>A body of even scattering power, added to what is there; its projections are known in closed form. Lengths in nm from the tilt axis' middle.</summary>
/// <param name="X">Centre across the tilt axis.</param>
/// <param name="Y">Centre along the tilt axis, down the image.</param>
/// <param name="Z">Centre along the beam.</param>
/// <param name="A">Semi-axis along x.</param>
/// <param name="B">Semi-axis along y.</param>
/// <param name="C">Semi-axis along z.</param>
/// <param name="Density">Scattering power against lithium metal, negative for what is cut out.</param>
public sealed record Ellipsoid(double X, double Y, double Z, double A, double B, double C, double Density)
{
    /// <summary>True inside.</summary>
    public bool Contains(double x, double y, double z) => Square((x - X) / A) + Square((y - Y) / B) + Square((z - Z) / C) <= 1;

    /// <summary>
    /// Density times path length at detector position (<paramref name="u"/>, <paramref name="y"/>) of a view: along x the shadow's half width is
    /// sqrt(a^2 cos^2 + c^2 sin^2), and its area stays pi a c.
    /// </summary>
    public double Projection(double u, double y, double cos, double sin)
    {
        var halfWidth = double.Hypot(A * cos, C * sin);
        var rest = 1 - Square((u - (X * cos) - (Z * sin)) / halfWidth) - Square((y - Y) / B);
        return rest > 0 ? Density * 2 * A * C / halfWidth * Math.Sqrt(rest) : 0;
    }

    private static double Square(double value) => value * value;
}
