using System.Xml.Linq;
using CryoHub.Imaging;

namespace CryoHub.Formats.Bruker;

/// <summary>A TRTImageData: planes of one size, one for each detector, in base64.</summary>
internal sealed class EspritImage(XElement node)
{
    public int Width { get; } = node.Size("Width");

    public int Height { get; } = node.Size("Height");

    public PixelType Pixel { get; } = node.Size("ItemSize") switch
    {
        1 => PixelType.UInt8,
        2 => PixelType.UInt16,
        4 => PixelType.UInt32,
        var size => throw ProblemException.Unreadable($"An image of the header has {size} bytes a pixel; 1, 2 or 4 were expected."),
    };

    /// <summary>Detector and pixels of each plane that holds an image; Esprit leaves the planes of unused detectors all zero.</summary>
    public IEnumerable<(string? Detector, byte[] Pixels)> Planes()
    {
        var need = (long)Width * Height * Pixel.Bytes();
        for (var plane = 0; node.Element($"Plane{plane}") is { } image; plane++)
        {
            var text = image.Text("Data") ?? "";
            var pixels = new byte[text.Length / 4 * 3];
            if (!Convert.TryFromBase64String(text, pixels, out var have) || have < need)
            {
                throw ProblemException.Unreadable($"Plane {plane} of an image promises {Width} x {Height} pixels, {need} bytes; its text holds {have}.");
            }

            if (pixels.AsSpan(0, (int)need).ContainsAnyExcept((byte)0))
            {
                yield return (image.Text("Description"), pixels[..(int)need]);
            }
        }
    }
}
