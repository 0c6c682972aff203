using System.Globalization;
using System.Xml.Linq;
using CryoHub.Formats.Xml;
using CryoHub.Imaging;

namespace CryoHub.Formats.Tiff.Dialects;

/// <summary>JEOL SightX (TEM cameras): an XML report in the description; the resolution tags give the detector's pixel, magnification or camera length the specimen's.</summary>
internal sealed class JeolTemDialect : ITiffDialect
{
    // Planck's constant, electron mass, elementary charge, speed of light (CODATA 2018).
    private const double H = 6.62607015e-34;
    private const double M = 9.1093837015e-31;
    private const double E = 1.602176634e-19;
    private const double C = 299792458;

    public async Task<TiffDescription?> DescribeAsync(ISourceFile file, TiffTags tags, CancellationToken ct)
    {
        var text = await tags.TextAsync(270, ct);
        if (!(await tags.TextAsync(271, ct)).StartsWith("JEOL", StringComparison.Ordinal) || !text.Contains("<TemReporter", StringComparison.Ordinal))
        {
            return null;
        }

        var report = SafeXml.Parse(text.Trim('\u0001', '\0', ' ', '\r', '\n', '\t'), "JEOL's report");
        var imaging = report.Element("ImageFormingSystem");
        var volts = Number(report.Element("ElectronGun"), "AccelerationVoltage");
        var metres = await tags.LongAsync(296, 2, ct) == 2 ? 0.0254 : 0.01;
        var diffraction = (string?)imaging?.Element("ModeString") == "DIFF";
        var (factor, unit) = Factor(imaging, volts, diffraction);
        return new TiffDescription("JEOL")
        {
            X = TiffScale.Of(metres / await tags.NumberAsync(282, ct) * factor, unit),
            Y = TiffScale.Of(metres / await tags.NumberAsync(283, ct) * factor, unit),
            Role = diffraction ? AxisRole.Reciprocal : AxisRole.Space,
            Metadata = new()
            {
                BeamEnergyKeV = volts / 1000,
                Magnification = diffraction ? null : Number(imaging, "SelectorValue"),
                AcquiredAt = ((string?)report.Element("DateTime"))?[..Math.Min(19, ((string)report.Element("DateTime")!).Length)],
                Instrument = (string?)report.Element("Instruments"),
            },
            Original = XmlJson.Convert(report) as System.Text.Json.Nodes.JsonObject ?? [],
        };
    }

    // Nanometres at the specimen, or inverse nanometres, for one metre at the detector.
    private static (double? Factor, string Unit) Factor(XElement? imaging, double? volts, bool diffraction)
    {
        var selector = Number(imaging, "SelectorValue");
        if (!diffraction)
        {
            return ((string?)imaging?.Element("ModeString") == "MAG" ? 1e9 / selector : null, "nm");
        }

        var length = selector * (string?)imaging?.Element("SelectorUnitString") switch { "mm" => 1e-3, "cm" => 1e-2, _ => 1 };
        return (1 / (length * Wavelength(volts) * 1e9), "1/nm");
    }

    // Relativistic wavelength of the electron, in metres.
    private static double? Wavelength(double? volts) => volts is { } v ? H / Math.Sqrt(2 * M * E * v * (1 + (E * v / (2 * M * C * C)))) : null;

    private static double? Number(XElement? element, string name) =>
        double.TryParse((string?)element?.Element(name), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
}
