namespace CryoHub.Analyses;

/// <summary>Lengths as instruments write them.</summary>
internal static class LengthUnits
{
    /// <summary>Nanometres in one <paramref name="unit"/>; <c>null</c> where it is no length.</summary>
    public static double? Nanometres(string unit) => unit.Trim() switch
    {
        "pm" => 1e-3,
        "Å" or "Å" or "A" or "Angstrom" or "angstrom" => 0.1, // letter A with ring and the sign Angstrom
        "nm" => 1,
        "µm" or "μm" or "um" or "micron" => 1e3, // micro sign, Greek mu
        "mm" => 1e6,
        "m" => 1e9,
        _ => null,
    };
}
