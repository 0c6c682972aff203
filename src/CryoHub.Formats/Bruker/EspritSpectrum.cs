using System.Globalization;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using CryoHub.Formats.Xml;
using CryoHub.Imaging;

namespace CryoHub.Formats.Bruker;

/// <summary>A TRTSpectrum: an SPX file, or the sum spectrum of a hypermap.</summary>
internal sealed class EspritSpectrum
{
    private readonly XElement spectrum;
    private readonly XElement? hardware;
    private readonly XElement? detector;
    private readonly XElement? analysis;
    private readonly XElement? header;

    public EspritSpectrum(XElement spectrum)
    {
        this.spectrum = spectrum;
        var headers = spectrum.Element("TRTHeaderedClass");
        hardware = headers.Instance("TRTSpectrumHardwareHeader");
        detector = headers.Instance("TRTDetectorHeader");
        analysis = headers.Instance("TRTESMAHeader") ?? headers.Instance("TRTXrfHeader");
        header = spectrum.Instance("TRTSpectrumHeader");
        Counts = Parse(spectrum.Text("Channels") ?? throw ProblemException.Unreadable("The spectrum has no channels."));
    }

    public ulong[] Counts { get; }

    public Axis Energy => new("energy", Counts.Length, header.Number("CalibLin") is null ? "" : "keV", AxisRole.Energy, header.Number("CalibLin") ?? 1, header.Number("CalibAbs") ?? 0);

    public AcquisitionMetadata Metadata => new()
    {
        BeamEnergyKeV = analysis.Number("PrimaryEnergy") ?? analysis.Number("Voltage"),
        AcquiredAt = header.Moment(),
        Detector = detector.Text("Type"),
        ExposureS = hardware.Number("RealTime") / 1000,
        Elements = Elements(spectrum.Instance("TRTPSEElementList")?.Element("ChildClassInstances")),
    };

    public JsonObject Original => new()
    {
        ["Hardware"] = Group(hardware),
        ["Detector"] = Group(detector),
        ["Analysis"] = Group(analysis),
        ["Spectrum"] = Group(header),
        ["Results"] = Group(spectrum.Instance("TRTResult")),
    };

    /// <summary>Chemical symbols, which Esprit keeps as names of class instances.</summary>
    public static IReadOnlyList<string>? Elements(XElement? list)
    {
        var symbols = list?.Elements("ClassInstance").Select(element => (string?)element.Attribute("Name")).OfType<string>().Distinct().Order(StringComparer.Ordinal).ToList();
        return symbols is { Count: > 0 } ? symbols : null;
    }

    public static JsonNode? Group(XElement? element) => element is null ? null : XmlJson.Convert(element);

    private static ulong[] Parse(string channels)
    {
        var counts = new List<ulong>(4096);
        foreach (var part in channels.AsSpan().Split(','))
        {
            var text = channels.AsSpan(part).Trim();
            counts.Add(ulong.TryParse(text, CultureInfo.InvariantCulture, out var count) ? count
                : throw ProblemException.Unreadable($"Channel {counts.Count} of the spectrum reads \"{text[..Math.Min(20, text.Length)]}\"; a count was expected."));
        }

        return [.. counts];
    }
}
