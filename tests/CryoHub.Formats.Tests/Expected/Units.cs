namespace CryoHub.Formats.Tests.Expected;

/// <summary>Unit symbols as people and programs spell them, with the factor to one base unit, so that 1000 pm agrees with 1 nm.</summary>
public static class Units
{
    public static (string Base, double Factor) Normalise(string? unit) => unit?.Trim() switch
    {
        null or "" or "<undefined>" or "px" or "pix" or "pixel" or "pixels" or "[]" => ("", 1),
        "m" => ("m", 1),
        "cm" => ("m", 1e-2),
        "mm" => ("m", 1e-3),
        "µm" or "μm" or "um" or "micron" or "Micron" => ("m", 1e-6),
        "nm" => ("m", 1e-9),
        "Å" or "Å" or "A" or "angstrom" or "Angstrom" => ("m", 1e-10),
        "pm" => ("m", 1e-12),
        "1/nm" or "1 / nm" or "nm^-1" => ("1/m", 1e9),
        "1/m" or "1 / m" => ("1/m", 1),
        "1/µm" or "1 / µm" => ("1/m", 1e6),
        "1/Å" or "1/A" or "1 / Å" => ("1/m", 1e10),
        "eV" or "EV" or "ev" => ("eV", 1),
        "keV" or "kev" => ("eV", 1e3),
        "rad" => ("rad", 1),
        "mrad" => ("rad", 1e-3),
        "deg" or "°" or "degrees" => ("deg", 1),
        "s" or "sec" or "Seconds" => ("s", 1),
        "ms" => ("s", 1e-3),
        var other when other.EndsWith(')') && other.LastIndexOf('(') is >= 0 and var open => Normalise(other[(open + 1)..^1]),   // "Energy Loss (eV)"
        var other => (other, 1),
    };
}
