using System.Text.Json.Nodes;
using System.Xml.Linq;
using CryoHub.Imaging;

namespace CryoHub.Formats.Bruker;

/// <summary>The XML header of a BCF file: microscope, images, elements and the sum spectra of its hypermaps.</summary>
internal sealed class BcfHeader
{
    private readonly XElement root;
    private readonly XElement? microscope;

    public BcfHeader(XElement document)
    {
        root = document.Instance("TRTSpectrumDatabase") ?? throw ProblemException.Unreadable($"The header is {document.Name} and holds no TRTSpectrumDatabase.");
        microscope = root.Instance("TRTSEMData");
        MapImage = new EspritImage(root.Elements("ClassInstance").FirstOrDefault(child => (string?)child.Attribute("Type") == "TRTImageData" && child.Attribute("Name") is null)
            ?? throw ProblemException.Unreadable("The header holds no image of the mapped area."));
    }

    /// <summary>The images taken while mapping: their size is the size of the map.</summary>
    public EspritImage MapImage { get; }

    public IEnumerable<EspritImage> Overviews =>
        root.Elements("ClassInstance").Where(child => (string?)child.Attribute("Type") == "TRTContainerClass")
            .SelectMany(child => child.Elements("ChildClassInstances").Elements("ClassInstance")).Where(child => (string?)child.Attribute("Name") == "OverviewImages")
            .SelectMany(child => child.Elements("ChildClassInstances")).Select(child => child.Instance("TRTImageData")).OfType<XElement>().Take(1).Select(image => new EspritImage(image));

    public AcquisitionMetadata Metadata => new()
    {
        BeamEnergyKeV = microscope.Number("HV"),
        Magnification = microscope.Number("Mag"),
        AcquiredAt = root.Element("Header").Moment(),
        TiltDeg = root.Instance("TRTSEMStageData").Number("Tilt"),
        Elements = EspritSpectrum.Elements(Regions),
    };

    public JsonObject Original => new()
    {
        ["Microscope"] = EspritSpectrum.Group(microscope),
        ["Stage"] = EspritSpectrum.Group(root.Instance("TRTSEMStageData")),
        ["DSP Configuration"] = EspritSpectrum.Group(root.Instance("TRTDSPConfiguration")),
    };

    private XElement? Regions =>
        root.Elements("ClassInstance").Where(child => (string?)child.Attribute("Type") == "TRTContainerClass").SelectMany(child => child.Elements("ChildClassInstances"))
            .Select(child => child.Instance("TRTElementInformationList").Instance("TRTSpectrumRegionList")?.Element("ChildClassInstances")).FirstOrDefault(regions => regions is not null);

    public Axis X(long size) => Length("x", size, "DX");

    public Axis Y(long size) => Length("y", size, "DY");

    public EspritSpectrum SumSpectrum(int index) =>
        new(root.Element($"SpectrumData{index}")?.Element("ClassInstance") ?? throw ProblemException.Unreadable($"The header holds no sum spectrum of hypermap {index}."));

    // DX and DY are micrometres a pixel; without them the map is uncalibrated.
    private Axis Length(string name, long size, string step) =>
        new(name, size, microscope.Number(step) is null ? "" : "µm", AxisRole.Space, microscope.Number(step) ?? 1);
}
