namespace CryoHub.Imaging.Crystals;

/// <summary>A unit cell: edges in angstrom, angles in degrees.</summary>
public sealed record UnitCell(double A, double B, double C, double Alpha, double Beta, double Gamma)
{
    /// <summary>Volume in cubic angstrom: abc (1 - cos² α - cos² β - cos² γ + 2 cos α cos β cos γ)^½ (International Tables for Crystallography, vol. C, 1.1).</summary>
    public double Volume => A * B * C * Math.Sqrt(1 - Square(Cos(Alpha)) - Square(Cos(Beta)) - Square(Cos(Gamma)) + (2 * Cos(Alpha) * Cos(Beta) * Cos(Gamma)));

    /// <summary>Distance between lattice planes (hkl) in angstrom, by the reciprocal metric tensor (International Tables for Crystallography, vol. C, 1.1.2).</summary>
    public double Spacing(int h, int k, int l)
    {
        var (ca, cb, cg) = (Cos(Alpha), Cos(Beta), Cos(Gamma));
        var (sa, sb, sg) = (Sin(Alpha), Sin(Beta), Sin(Gamma));
        var (a, b, c) = (h / A, k / B, l / C);
        var sum = Square(a * sa) + Square(b * sb) + Square(c * sg)
            + (2 * a * b * ((ca * cb) - cg)) + (2 * b * c * ((cb * cg) - ca)) + (2 * a * c * ((cg * ca) - cb));
        return Math.Sqrt((1 - (ca * ca) - (cb * cb) - (cg * cg) + (2 * ca * cb * cg)) / sum);
    }

    /// <summary>Length in angstrom of a vector given in fractions of the edges (International Tables for Crystallography, vol. C, 1.1).</summary>
    public double Distance(double x, double y, double z)
    {
        var (a, b, c) = (x * A, y * B, z * C);
        return Math.Sqrt(Square(a) + Square(b) + Square(c) + (2 * a * b * Cos(Gamma)) + (2 * b * c * Cos(Alpha)) + (2 * a * c * Cos(Beta)));
    }

    private static double Cos(double degrees) => Math.Cos(degrees * Math.PI / 180);

    private static double Sin(double degrees) => Math.Sin(degrees * Math.PI / 180);

    private static double Square(double x) => x * x;
}
