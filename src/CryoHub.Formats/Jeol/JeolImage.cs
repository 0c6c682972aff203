using System.Text.Json.Nodes;
using CryoHub.Formats.Bytes;
using CryoHub.Imaging;

namespace CryoHub.Formats.Jeol;

/// <summary>Images (.img) and element maps (.map).</summary>
internal static class JeolImage
{
    public static async Task<ISignal> OpenAsync(IByteSource file, string name, CancellationToken ct)
    {
        var cursor = new ByteCursor(file, bigEndian: false);
        cursor.MoveTo(44);                                          // 44: where the tree is, after 12 empty bytes
        var tree = await JeolTree.ReadAsync(file, (uint)await cursor.Int32Async(ct) + 12L, ct);
        var bits = tree.Find("Image", "Bits") ?? throw ProblemException.Unreadable($"{name} holds no Image/Bits.");
        if (tree.Find("Image", "Size")?.Value is not JsonArray { Count: 2 } size || (double)size[0]! is < 1 or > 65536 || (double)size[1]! is < 1 or > 65536)
        {
            throw ProblemException.Unreadable($"{name} states no width and height in Image/Size.");
        }

        var (width, height) = ((long)(double)size[0]!, (long)(double)size[1]!);
        var pixel = Pixel(bits.Type);
        if (width * height * pixel.Bytes() > bits.Length)
        {
            throw ProblemException.Unreadable($"{name} promises {width} x {height} pixels, {width * height * pixel.Bytes()} bytes; Image/Bits holds {bits.Length}.");
        }

        // Both steps are the length of the scan on the screen (mm) over the magnification.
        var field = tree.Find("Instrument", "ScanSize")?.Number / tree.Find("Instrument", "Mag")?.Number * 1e3;
        var metadata = new AcquisitionMetadata
        {
            BeamEnergyKeV = tree.Find("Instrument", "AccV")?.Number,
            Magnification = tree.Find("Instrument", "Mag")?.Number,
            Instrument = tree.Find("Instrument", "Name")?.Text,
            AcquiredAt = JeolMoment.Iso(tree.Find("Image", "Created")?.Number),
        };
        var header = new SignalHeader(
            tree.Find("Image", "Title")?.Text ?? name, SignalKind.Image, pixel, [Axis("y", height, field), Axis("x", width, field)], metadata,
            new MetadataTree(tree.Original() as JsonObject ?? []));
        return RawSignal.Of(header, file, bits.Offset);
    }

    /// <param name="name">x or y.</param>
    /// <param name="size">Pixels.</param>
    /// <param name="field">Width of the scan in micrometres.</param>
    public static Axis Axis(string name, long size, double? field) => field is > 0 and < double.PositiveInfinity
        ? new Axis(name, size, "µm", AxisRole.Space, field.Value / size)
        : new Axis(name, size, "", AxisRole.Space);

    private static PixelType Pixel(int type) => type switch
    {
        1 or 6 => PixelType.UInt8,
        2 or 7 => PixelType.UInt16,
        3 or 8 => PixelType.Int32,
        4 or 9 => PixelType.Float32,
        5 or 10 => PixelType.Float64,
        _ => throw ProblemException.Unreadable($"Image/Bits is of type {type}; 1 to 10 are numbers."),
    };
}
