using System.Globalization;
using System.Xml.Linq;
using CryoHub.Imaging;

namespace CryoHub.Formats.Tiff.Ome;

/// <summary>In which file, and on which page of it, each plane of one image is; <c>null</c> as file name means the file that holds the description.</summary>
internal sealed class OmePlanes
{
    private const long MostPlanes = 1_000_000;

    private OmePlanes(XElement pixels, (string? File, int Page)?[] places) => (Pixels, Places) = (pixels, places);

    public XElement Pixels { get; }

    /// <summary>In the order of the image's axes, slowest first.</summary>
    public IReadOnlyList<(string? File, int Page)?> Places { get; }

    /// <summary>All images of a description that state where their planes are.</summary>
    public static List<OmePlanes> Of(XElement root) =>
        [.. root.Descendants().Where(element => element.Name.LocalName == "Pixels"
            && element.Elements().Any(child => child.Name.LocalName == "TiffData")).Select(Read)];

    private static OmePlanes Read(XElement pixels)
    {
        // Samples of a pixel (colours) are channels of the description, but not planes.
        var samples = Math.Max(1, pixels.Elements().Where(child => child.Name.LocalName == "Channel").Select(channel => Whole(channel, "SamplesPerPixel", 1)).FirstOrDefault(1));
        var order = (string?)pixels.Attribute("DimensionOrder") is { Length: 5 } stated ? stated[2..] : "ZCT";
        var sizes = order.Select(letter => letter == 'C'
            ? Math.Max(1, Whole(pixels, "SizeC", 1) / samples) : Math.Max(1, Whole(pixels, $"Size{letter}", 1))).ToArray();
        if (sizes.Aggregate(1m, (product, size) => product * size) > MostPlanes)
        {
            throw ProblemException.Unreadable($"The OME description promises {string.Join(" x ", sizes)} planes; at most {MostPlanes} are read.");
        }

        // Fastest first, so that the index of a plane counts as the description does, and as our axes do.
        var places = new (string?, int)?[sizes[0] * sizes[1] * sizes[2]];
        foreach (var data in pixels.Elements().Where(child => child.Name.LocalName == "TiffData"))
        {
            var first = 0L;
            for (var i = 2; i >= 0; i--)
            {
                first = (first * sizes[i]) + Math.Min(sizes[i] - 1, Whole(data, $"First{order[i]}", 0));
            }

            var page = Whole(data, "IFD", 0);
            var count = data.Attribute("PlaneCount") is not null ? Whole(data, "PlaneCount", 1) : data.Attribute("IFD") is not null ? 1 : places.Length;
            var file = (string?)data.Elements().FirstOrDefault(child => child.Name.LocalName == "UUID")?.Attribute("FileName");
            for (var i = 0; i < count && first + i < places.Length; i++)
            {
                places[first + i] = (file, (int)Math.Min(int.MaxValue, page + i));
            }
        }

        return new OmePlanes(pixels, places);
    }

    private static long Whole(XElement element, string name, long otherwise) =>
        long.TryParse((string?)element.Attribute(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < 1 << 30
            ? number : otherwise;
}
