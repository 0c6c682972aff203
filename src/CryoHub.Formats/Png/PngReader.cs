using System.Text.Json.Nodes;
using CryoHub.Imaging;

namespace CryoHub.Formats.Png;

/// <summary>PNG pictures: photos, screenshots, exported figures.</summary>
public sealed class PngReader : IFormatReader
{
    public FormatInfo Format { get; } = new(
        "png", "PNG picture", [".png"], "all colour types, 1 to 16 bits, palettes with transparency, interlaced; texts and Exif", "colour profiles are not applied; of an animation the first picture",
        "https://www.w3.org/TR/png-3/");

    public Match Recognise(ReadOnlySpan<byte> head, string fileName) => head.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) ? Match.Certain : Match.No;

    public async Task<IReadOnlyList<ISignal>> OpenAsync(ISourceFile file, CancellationToken ct)
    {
        var png = await PngHeader.ReadAsync(file.Bytes, ct);
        var original = new JsonObject
        {
            ["PNG"] = new JsonObject { ["ColourType"] = png.Colour, ["BitDepth"] = png.Bits, ["Interlaced"] = png.Interlaced },
            ["Text"] = png.Texts,
            ["Exif"] = png.Exif?.Original,
        };
        Axis[] axes = [new("y", png.Height, "", AxisRole.Space), new("x", png.Width, "", AxisRole.Space)];
        var header = new SignalHeader(
            Path.GetFileNameWithoutExtension(file.Name), SignalKind.Photo, png.Pixel, axes, png.Exif?.Metadata ?? AcquisitionMetadata.None, new MetadataTree(original));
        return [new PngSignal(header, png)];
    }
}
