using System.Text.Json.Nodes;
using CryoHub.Imaging;

namespace CryoHub.Formats.Jpeg;

/// <summary>JPEG photos: of samples, cells, set-ups.</summary>
public sealed class JpegReader : IFormatReader
{
    public FormatInfo Format { get; } = new(
        "jpeg", "JPEG photo", [".jpg", ".jpeg", ".jpe"], "grey, colour and print colours (as colour), baseline and progressive; the camera's Exif",
        "lossless and arithmetic packing, 12 bits; photos are not turned by their orientation", "https://www.w3.org/Graphics/JPEG/itu-t81.pdf");

    public Match Recognise(ReadOnlySpan<byte> head, string fileName) => head is [0xFF, 0xD8, 0xFF, >= 0xC0, ..] ? Match.Certain : Match.No;

    public async Task<IReadOnlyList<ISignal>> OpenAsync(ISourceFile file, CancellationToken ct)
    {
        var jpeg = await JpegHeader.ReadAsync(file.Bytes, ct);
        var original = new JsonObject { ["JPEG"] = jpeg.Original, ["Exif"] = jpeg.Exif?.Original };
        Axis[] axes = [new("y", jpeg.Height, "", AxisRole.Space), new("x", jpeg.Width, "", AxisRole.Space)];
        var header = new SignalHeader(
            Path.GetFileNameWithoutExtension(file.Name), SignalKind.Photo, jpeg.Components == 1 ? PixelType.UInt8 : PixelType.Rgb8, axes, jpeg.Exif?.Metadata ?? AcquisitionMetadata.None,
            new MetadataTree(original));
        return [new JpegSignal(header, file.Bytes, jpeg.Components)];
    }
}
