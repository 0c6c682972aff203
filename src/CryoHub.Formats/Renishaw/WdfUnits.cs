namespace CryoHub.Formats.Renishaw;

/// <summary>Units by their number in the file.</summary>
internal static class WdfUnits
{
    private static readonly string[] Names = ["", "1/cm", "1/cm", "nm", "eV", "µm", "counts", "electrons", "mm", "m", "K", "Pa", "s", "ms", "h", "d", "px"];

    public static string Of(uint number) => number < Names.Length ? Names[number] : "";
}
