using System.Text.Json.Nodes;
using System.Xml.Linq;
using CryoHub.Imaging;

namespace CryoHub.Formats.Tiff;

/// <summary>What a dialect says about the pages: their order, their calibration and the instrument.</summary>
internal sealed record TiffDescription(string Dialect)
{
    /// <summary>Axes over the pages, slowest first; empty where the dialect says nothing about their order.</summary>
    public IReadOnlyList<Axis> Leading { get; init; } = [];

    public TiffScale X { get; init; } = TiffScale.None;

    public TiffScale Y { get; init; } = TiffScale.None;

    public AxisRole Role { get; init; } = AxisRole.Space;

    public AcquisitionMetadata Metadata { get; init; } = AcquisitionMetadata.None;

    /// <summary>OME's description, which may spread the planes over several files.</summary>
    public XElement? Planes { get; init; }

    /// <summary>What pixel values stand for, where they are labels.</summary>
    public IReadOnlyList<LabelClass>? Labels { get; init; }

    /// <summary>Everything the dialect's tags say, under their own names.</summary>
    public JsonObject Original { get; init; } = [];
}
