using System.Globalization;
using System.Xml.Linq;
using CryoHub.Imaging;

namespace CryoHub.Formats.Topspin;

/// <summary>Offset and scale of X and Y: metres for a position, radians for an angle.</summary>
internal static class TopspinCalibration
{
    /// <param name="element">Element with a Calibration; <c>null</c> gives axes without one.</param>
    /// <param name="shape">Rows and columns.</param>
    /// <param name="y">Name of the rows' axis.</param>
    /// <param name="x">Name of the columns' axis.</param>
    public static IReadOnlyList<Axis> Axes(XElement? element, IReadOnlyList<long> shape, string y, string x) =>
        [Axis(element?.Element("Calibration")?.Element("Y"), shape[0], y), Axis(element?.Element("Calibration")?.Element("X"), shape[1], x)];

    public static double? Real(string? text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    private static Axis Axis(XElement? calibration, long size, string name)
    {
        var (scale, offset) = (Real(calibration?.Element("Scale")?.Value), Real(calibration?.Element("Offset")?.Value));
        return (calibration?.Element("Type")?.Element("Text")?.Value, scale) switch
        {
            ("Position", { } step and not 0) => new Axis(name, size, "nm", AxisRole.Space, step * 1e9, (offset ?? 0) * 1e9),
            ("Angle", { } step and not 0) => new Axis(name, size, "rad", AxisRole.Reciprocal, step, offset ?? 0),
            _ => new Axis(name, size, "", name.StartsWith('k') ? AxisRole.Reciprocal : AxisRole.Space),
        };
    }
}
