using System.Text.Json.Nodes;
using CryoHub.Formats.Bytes;
using CryoHub.Formats.Jpeg;
using CryoHub.Imaging;

namespace CryoHub.Formats.Renishaw;

/// <summary>The photo of the sample that the microscope takes in white light: a JPEG whose Exif says where on the stage it lies.</summary>
internal static class WhiteLight
{
    // 65184: left and top edge in micrometres (Renishaw's own); 41486 and 41487 hold the width and the height there, not a resolution
    private const string Position = "65184";
    private const string Width = "41486";
    private const string Height = "41487";

    /// <summary><c>null</c> where the photo is damaged: the spectra do not need it.</summary>
    public static async Task<ISignal?> OpenAsync(IByteSource jpeg, string name, CancellationToken ct)
    {
        try
        {
            var photo = (await new JpegReader().OpenAsync(new UnpackedFile($"{name}, white light.jpg", jpeg, _ => null), ct))[0];
            return Placed(photo.Header) is { } header ? new PlacedPhoto(photo, header) : photo;
        }
        catch (ProblemException)
        {
            return null;
        }
    }

    private static SignalHeader? Placed(SignalHeader header)
    {
        if (header.Original.Root["Exif"] is not JsonObject exif || exif["Exif"] is not JsonObject lengths || exif[Position] is not JsonArray { Count: 2 } position
            || Number(position[0]) is not { } left || Number(position[1]) is not { } top || Number(lengths[Width]) is not (> 0 and var width) || Number(lengths[Height]) is not (> 0 and var height))
        {
            return null;
        }

        return header with
        {
            Axes =
            [
                header.Axes[0] with { Unit = "µm", Step = height / header.Axes[0].Size, Origin = top },
                header.Axes[1] with { Unit = "µm", Step = width / header.Axes[1].Size, Origin = left },
            ],
        };
    }

    private static double? Number(JsonNode? leaf) => leaf is JsonValue value && value.TryGetValue(out double number) && double.IsFinite(number) ? number : null;

    private sealed class PlacedPhoto(ISignal photo, SignalHeader header) : ISignal
    {
        public SignalHeader Header => header;

        public ValueTask ReadFrameAsync(long frame, Memory<byte> destination, CancellationToken ct) => photo.ReadFrameAsync(frame, destination, ct);
    }
}
