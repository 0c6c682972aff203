namespace CryoHub.Imaging.Colour;

/// <summary>256 colours from low to high.</summary>
public sealed class ColourMap
{
    private readonly byte[] colours;

    private ColourMap(string name, byte[] colours) => (Name, this.colours) = (name, colours);

    public static ColourMap Grey { get; } = new("grey", [.. Enumerable.Range(0, 256).SelectMany(level => Enumerable.Repeat((byte)level, 3))]);

    public static ColourMap Viridis { get; } = new("viridis", Convert.FromBase64String(ColourTables.Viridis));

    public static ColourMap Inferno { get; } = new("inferno", Convert.FromBase64String(ColourTables.Inferno));

    public static ColourMap Magma { get; } = new("magma", Convert.FromBase64String(ColourTables.Magma));

    public static ColourMap Cividis { get; } = new("cividis", Convert.FromBase64String(ColourTables.Cividis));

    /// <summary>In the order in which they are offered.</summary>
    public static IReadOnlyList<ColourMap> All { get; } = [Grey, Viridis, Inferno, Magma, Cividis];

    /// <summary>The key used in addresses and settings.</summary>
    public string Name { get; }

    /// <summary>256 times red, green, blue.</summary>
    public ReadOnlySpan<byte> Rgb => colours;

    /// <summary>The colour at <paramref name="fraction"/> between 0 (low) and 1 (high), clamped.</summary>
    public (byte Red, byte Green, byte Blue) At(double fraction)
    {
        var i = 3 * (int)Math.Round(255 * Math.Clamp(double.IsNaN(fraction) ? 0 : fraction, 0, 1));
        return (colours[i], colours[i + 1], colours[i + 2]);
    }
}
