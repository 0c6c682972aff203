using System.Text.RegularExpressions;
using CryoHub.Imaging.Shapes;

namespace CryoHub.Analyses.Annotated;

/// <summary>A straight line over fringes.</summary>
/// <param name="Class">Its class.</param>
/// <param name="Length">Its length, in the unit of the scale.</param>
/// <param name="LengthError">One standard deviation.</param>
/// <param name="Fringes">Spacings that it crosses.</param>
/// <param name="Direction">Counter-clockwise from the x axis as seen on screen, in degrees; -180 to 180, as arrows have a head.</param>
/// <param name="DirectionError">One standard deviation, in degrees.</param>
internal sealed partial record RulerLine(string Class, double Length, double LengthError, int Fringes, double Direction, double DirectionError)
{
    private const int MostFringes = 10_000;

    public double Spacing => Length / Fringes;

    public double SpacingError => LengthError / Fringes;

    public static RulerLine Of(ShapeFeature shape, PixelScale scale, LatticeRulerParameters parameters)
    {
        var ring = shape.Geometry.Rings[0];
        var (dx, dy) = ((ring[^2] - ring[0]) * scale.X, (ring[^1] - ring[1]) * scale.Y);
        var length = double.Hypot(dx, dy);
        var (ex, ey) = (Math.Sqrt(2) * parameters.Placing * scale.X, Math.Sqrt(2) * parameters.Placing * scale.Y); // of the difference of two ends
        var along = double.Hypot(dx * ex, dy * ey) / length;
        var across = double.Hypot(dy * ex, dx * ey) / (length * length);
        var fringes = Number().Match(shape.Label) is { Success: true } match && int.TryParse(match.Value, out var stated) && stated is >= 1 and <= MostFringes ? stated : parameters.Fringes;
        return new RulerLine(shape.Class, length, along, fringes, double.RadiansToDegrees(Math.Atan2(-dy, dx)), double.RadiansToDegrees(across));
    }

    [GeneratedRegex("[0-9]{1,6}")]
    private static partial Regex Number();
}
