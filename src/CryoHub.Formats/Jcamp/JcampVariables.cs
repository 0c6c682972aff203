using CryoHub.Imaging;

namespace CryoHub.Formats.Jcamp;

/// <summary>Factors, limits and units of the abscissa and the ordinate of one table: of the block, or of the columns of its NTUPLES.</summary>
internal sealed record JcampVariables(double XFactor, double YFactor, double? First, double? Last, double? Step, long? Count, string XName, string XUnit, string YUnit)
{
    public static JcampVariables Of(JcampBlock block, JcampTable table)
    {
        if (block.List("SYMBOL") is not { Length: > 0 } symbols)
        {
            return new(
                block.Number("XFACTOR") ?? 1, block.Number("YFACTOR") ?? 1, block.Number("FIRSTX"), block.Number("LASTX"), block.Number("DELTAX"),
                (long?)block.Number("NPOINTS"), "x", Unit(block["XUNITS"]), Unit(block["YUNITS"]));
        }

        var ordinate = Index(symbols, table.IsSeries ? table.Ordinate : table.Point.Length > 1 ? table.Point[1].ToString() : "Y");
        var abscissa = Index(symbols, table.Form.TrimStart('(')[..1]);
        return new(
            Number("FACTOR", abscissa) ?? 1, Number("FACTOR", ordinate) ?? 1, Number("FIRST", abscissa), Number("LAST", abscissa), null,
            (long?)(Number("VARDIM", ordinate) ?? Number("VARDIM", abscissa)), Text("VARNAME", abscissa) is { Length: > 0 } name ? name : "x", Unit(Text("UNITS", abscissa)), Unit(Text("UNITS", ordinate)));

        double? Number(string label, int index) => JcampBlock.Parse(block.List(label).ElementAtOrDefault(index));

        string? Text(string label, int index) => block.List(label).ElementAtOrDefault(index);
    }

    public static AxisRole Role(string unit) => unit switch
    {
        "s" or "ms" or "min" => AxisRole.Time,
        "eV" or "keV" => AxisRole.Energy,
        _ => AxisRole.Channel,
    };

    private static int Index(string[] symbols, string symbol) => Math.Max(0, Array.FindIndex(symbols, candidate => string.Equals(candidate, symbol, StringComparison.OrdinalIgnoreCase)));

    /// <summary>The standard's words for units as symbols; "arbitrary units" are none.</summary>
    private static string Unit(string? stated) => stated?.Split('\n')[0].Trim() is not { } text ? "" : text.ToUpperInvariant() switch
    {
        "ARBITRARY UNITS" => "",
        "SECONDS" or "SECOND" => "s",
        "MILLISECONDS" => "ms",
        "MINUTES" => "min",
        "NANOMETERS" => "nm",
        "MICROMETERS" => "µm",
        "HZ" => "Hz",
        "PPM" => "ppm",
        "M/Z" => "m/z",
        _ => text,
    };
}
