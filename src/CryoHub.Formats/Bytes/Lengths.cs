using CryoHub.Imaging;

namespace CryoHub.Formats.Bytes;

/// <summary>Lengths in one unit, for formats that know only one.</summary>
public static class Lengths
{
    /// <summary>Nanometres of one step of <paramref name="axis"/>; <c>null</c> where the axis is not one of lengths.</summary>
    public static double? StepInNanometres(this Axis axis) => axis.Step * axis.Unit switch
    {
        "m" => 1e9,
        "mm" => 1e6,
        "µm" or "μm" or "um" => 1e3,
        "nm" => 1,
        "Å" or "A" => 0.1,
        "pm" => 1e-3,
        _ => (double?)null,
    };
}
