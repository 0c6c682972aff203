using System.Globalization;
using System.Xml.Linq;
using CryoHub.Imaging;

namespace CryoHub.Formats.Tiff.Ome;

/// <summary>The OME description of a signal whose frames are the pages of one file.</summary>
internal static class OmeText
{
    private static readonly XNamespace Ome = "http://www.openmicroscopy.org/Schemas/OME/2016-06";

    // Lengths that the schema knows; reciprocal ones it does not.
    private static readonly string[] Lengths = ["m", "cm", "mm", "\u00B5m", "nm", "pm", "\u00C5"];

    /// <param name="header">Of the pixels as they are written.</param>
    /// <param name="file">The axes that are not the image's own, slowest first: at most three, each of another kind.</param>
    public static string Of(SignalHeader header, IReadOnlyList<(char Letter, Axis Axis)> file)
    {
        var samples = header.Pixel switch { PixelType.Rgb8 => 3, PixelType.Rgba8 or PixelType.Rgba16 => 4, _ => 1 };
        var order = string.Concat(file.Select(axis => axis.Letter).Reverse());
        order = "XY" + order + string.Concat("ZCT".Where(letter => !order.Contains(letter)));
        var pixels = new XElement(
            Ome + "Pixels", new XAttribute("ID", "Pixels:0"), new XAttribute("DimensionOrder", order), new XAttribute("Type", Type(header.Pixel)), new XAttribute("BigEndian", "false"),
            new XAttribute("SizeX", header.Shape[^1]), new XAttribute("SizeY", header.Shape[^2]), new XAttribute("SizeZ", Size('Z')), new XAttribute("SizeC", Size('C') * samples), new XAttribute("SizeT", Size('T')));
        Scale("X", header.Axes[^1]);
        Scale("Y", header.Axes[^2]);
        foreach (var (letter, axis) in file)
        {
            if (letter == 'Z')
            {
                Scale("Z", axis);
            }
            else if (letter == 'T' && axis.Unit is "s" or "ms")
            {
                pixels.Add(new XAttribute("TimeIncrement", Number(axis.Step)), new XAttribute("TimeIncrementUnit", axis.Unit));
            }
        }

        for (var channel = 0L; channel < Size('C'); channel++)
        {
            pixels.Add(new XElement(Ome + "Channel", new XAttribute("ID", $"Channel:0:{channel}"), new XAttribute("SamplesPerPixel", samples)));
        }

        pixels.Add(new XElement(Ome + "TiffData", new XAttribute("IFD", 0), new XAttribute("PlaneCount", header.FrameCount)));
        var image = new XElement(Ome + "Image", new XAttribute("ID", "Image:0"), new XAttribute("Name", Clean(header.Name)));
        if (DateTime.TryParse(header.Metadata.AcquiredAt, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out _))
        {
            image.Add(new XElement(Ome + "AcquisitionDate", header.Metadata.AcquiredAt));
        }

        image.Add(pixels);
        var ome = new XElement(Ome + "OME", image);
        OmeLabels.Add(ome, image, header.Labels);
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>" + ome.ToString(SaveOptions.DisableFormatting);

        long Size(char letter) => file.FirstOrDefault(axis => axis.Letter == letter).Axis?.Size ?? 1;

        void Scale(string name, Axis axis)
        {
            if (Unit(axis.Unit) is { } unit && axis.Step > 0)
            {
                pixels.Add(new XAttribute($"PhysicalSize{name}", Number(axis.Step)), new XAttribute($"PhysicalSize{name}Unit", unit));
            }
        }
    }

    /// <summary>The schema's symbol of a length; <c>null</c> for what is none.</summary>
    public static string? Unit(string unit)
    {
        var symbol = unit switch { "um" or "\u03BCm" => "\u00B5m", "A" or "\u212B" => "\u00C5", _ => unit };
        return Lengths.Contains(symbol) ? symbol : null;
    }

    /// <summary>A number type that the schema has, to hold <paramref name="pixel"/>.</summary>
    public static PixelType Stored(PixelType pixel) => pixel switch
    {
        PixelType.Float16 => PixelType.Float32,
        PixelType.Int64 or PixelType.UInt64 => PixelType.Float64,
        _ => pixel,
    };

    private static string Type(PixelType pixel) => pixel switch
    {
        PixelType.Int8 => "int8",
        PixelType.Int16 => "int16",
        PixelType.Int32 => "int32",
        PixelType.UInt16 or PixelType.Rgba16 => "uint16",
        PixelType.UInt32 => "uint32",
        PixelType.Float32 => "float",
        PixelType.Float64 => "double",
        PixelType.Complex64 => "complex",
        PixelType.Complex128 => "double-complex",
        _ => "uint8",
    };

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    // XML has no place for control characters.
    internal static string Clean(string name) => string.Concat(name.Where(character => !char.IsControl(character) && !char.IsSurrogate(character)));
}
