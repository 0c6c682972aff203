using CryoHub.Imaging;

namespace CryoHub.Formats.Hdf5;

/// <summary>What an axis steps through, by its unit and, where that says nothing, its name.</summary>
internal static class AxisRoles
{
    public static AxisRole Of(string name, string unit) => unit switch
    {
        "eV" or "keV" => AxisRole.Energy,
        "mrad" or "rad" => AxisRole.Reciprocal,
        "s" or "ms" or "us" or "µs" or "min" or "h" => AxisRole.Time,
        "deg" or "°" or "degree" or "degrees" => AxisRole.Tilt,
        _ when unit.EndsWith("^-1", StringComparison.Ordinal) || unit.StartsWith("1/", StringComparison.Ordinal) || unit.StartsWith("1 /", StringComparison.Ordinal) => AxisRole.Reciprocal,
        _ => name.ToUpperInvariant() switch
        {
            var upper when upper.Contains("ENERGY", StringComparison.Ordinal) || upper is "WAVELENGTH" => AxisRole.Energy,
            "KX" or "KY" or "QX" or "QY" => AxisRole.Reciprocal,
            "TIME" or "T" => AxisRole.Time,
            "FRAME" or "IMAGE" or "STACK_ELEMENT" => AxisRole.Frame,
            _ => AxisRole.Space,
        },
    };
}
