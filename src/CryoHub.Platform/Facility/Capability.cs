namespace CryoHub.Platform.Facility;

/// <summary>One thing an instrument can do.</summary>
/// <param name="Key">Kebab-case, stored, never changed.</param>
/// <param name="Words">As people read it.</param>
public sealed record Capability(string Key, string Words)
{
    public static IReadOnlyList<Capability> All { get; } =
    [
        new("hrtem", "HRTEM"), new("saed", "SAED"), new("stem", "STEM"), new("stem-4d", "4D-STEM"), new("edx", "EDX"), new("eels", "EELS"), new("eftem", "EFTEM"), new("tilt-series", "Tilt series"),
        new("cryo-transfer", "Cryo transfer"), new("vacuum-transfer", "Vacuum or inert gas transfer"), new("cryo-fib", "Cryo-FIB"), new("fib-sem", "FIB-SEM tomography"), new("sem", "SEM"),
        new("ebsd", "EBSD"), new("plunge-freezing", "Plunge freezing"), new("glovebox", "Glovebox"), new("light-microscopy", "Light microscopy"),
    ];

    public static Capability? Find(string key) => All.FirstOrDefault(capability => capability.Key == key);
}
