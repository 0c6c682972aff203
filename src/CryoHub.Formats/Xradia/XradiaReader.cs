using System.Globalization;
using CryoHub.Formats.Ole;
using CryoHub.Imaging;

namespace CryoHub.Formats.Xradia;

/// <summary>X-ray microscopes of Zeiss Xradia: images (.xrm), tilt series (.txrm) and volumes (.txm).</summary>
public sealed class XradiaReader : IFormatReader
{
    private const int MostImages = 100_000;
    private const int ImagesOfAFolder = 100;

    public FormatInfo Format { get; } = new(
        "xradia", "Zeiss Xradia", [".txrm", ".xrm", ".txm"],
        "images, tilt series with their angles, reconstructed volumes, the reference image; 8 and 16 bit integers, floats", "corrections are not applied: pixels are handed out as stored",
        "https://dxchange.readthedocs.io/en/latest/source/api/dxchange.reader.html");

    public Match Recognise(ReadOnlySpan<byte> head, string fileName) =>
        !head.StartsWith(OleHeader.Signature) ? Match.No : Format.Extensions.Contains(Path.GetExtension(fileName).ToLowerInvariant()) ? Match.Certain : Match.Maybe;

    public async Task<IReadOnlyList<ISignal>> OpenAsync(ISourceFile file, CancellationToken ct)
    {
        var ole = await OleFile.OpenAsync(file.Bytes, ct);
        var info = new XradiaInfo(ole);
        var (width, height) = (await info.IntegerAsync("ImageWidth", ct), await info.IntegerAsync("ImageHeight", ct));
        var images = await info.IntegerAsync("NoOfImages", ct) ?? await info.IntegerAsync("ImagesTaken", ct) ?? 1;
        if (width is not (> 0 and <= 1 << 20) || height is not (> 0 and <= 1 << 20) || images is < 1 or > MostImages)
        {
            throw ProblemException.Unreadable($"{file.Name} is a compound file and states {images} images of {width} x {height} pixels; it is none of an X-ray microscope, or damaged.");
        }

        // A series that was stopped holds fewer images than planned.
        var stored = Enumerable.Range(1, images).TakeWhile(image => ole.LengthOf(PathOf(image)) >= 0).Count();
        if (stored == 0)
        {
            throw ProblemException.Unreadable($"{file.Name} promises {images} images and holds no {PathOf(1)}.");
        }

        var pixel = await PixelAsync(info, "DataType", ole.LengthOf(PathOf(1)), (long)width.Value * height.Value, ct);
        var axes = await AxesAsync(info, Path.GetExtension(file.Name), stored, height.Value, width.Value, ct);
        var kind = axes is [var first, _, _] ? first.Role == AxisRole.Tilt ? SignalKind.TiltSeries : first.Name == "z" ? SignalKind.Volume : SignalKind.ImageStack : SignalKind.Image;
        var metadata = new AcquisitionMetadata
        {
            ExposureS = (await info.FloatsAsync("ExpTimes", ct)).FirstOrDefault() is > 0 and var seconds ? seconds : null,
            Magnification = (await info.FloatsAsync("XrayMagnification", ct)).FirstOrDefault() is > 0 and var magnification ? magnification : null,
            AcquiredAt = Moment((await info.TextsAsync("Date", ct)).FirstOrDefault()),
        };
        var original = new MetadataTree(await info.OriginalAsync(ct));
        var name = Path.GetFileNameWithoutExtension(file.Name);
        List<ISignal> signals = [new XradiaSignal(new SignalHeader(name, kind, pixel, axes, metadata, original), [.. Enumerable.Range(1, stored).Select(PathOf)], ole)];
        if (ole.LengthOf("ReferenceData/Image") is var bytes && bytes == (long)width * height * 4)
        {
            var header = new SignalHeader($"{name} reference", SignalKind.Image, PixelType.Float32, [.. axes.TakeLast(2)], AcquisitionMetadata.None, original);
            signals.Add(new XradiaSignal(header, ["ReferenceData/Image"], ole));
        }

        return signals;
    }

    private static string PathOf(int image) => $"ImageData{((image - 1) / ImagesOfAFolder) + 1}/Image{image}";

    private static async Task<PixelType> PixelAsync(XradiaInfo info, string name, long bytes, long pixels, CancellationToken ct)
    {
        var type = await info.IntegerAsync(name, ct);
        var pixel = type switch { 3 => PixelType.UInt8, 5 => PixelType.UInt16, 10 => PixelType.Float32, _ => (PixelType?)null };
        return pixel is { } known && bytes >= pixels * known.Bytes() ? known
            : throw ProblemException.Unreadable($"Data of type {type} with {bytes} bytes for {pixels} pixels were found; 3 (1 byte), 5 (2 bytes) and 10 (4 bytes) are known.");
    }

    private static async Task<IReadOnlyList<Axis>> AxesAsync(XradiaInfo info, string extension, int images, long height, long width, CancellationToken ct)
    {
        var step = (await info.FloatsAsync("PixelSize", ct)).FirstOrDefault();
        Axis Length(string name, long size) => step > 0 ? new Axis(name, size, "µm", AxisRole.Space, step) : new Axis(name, size, "", AxisRole.Space);
        Axis[] image = [Length("y", height), Length("x", width)];
        if (images == 1)
        {
            return image;
        }

        if (extension.Equals(".txm", StringComparison.OrdinalIgnoreCase))
        {
            return [Length("z", images), .. image];
        }

        var angles = await info.FloatsAsync("Angles", ct);
        return angles.Count >= images
            ? [new Axis("tilt", images, "deg", AxisRole.Tilt, Values: [.. angles.Take(images).Select(angle => (double)angle)]), .. image]
            : [new Axis("frame", images, "", AxisRole.Frame), .. image];
    }

    /// <summary>Written as 02/21/2013 15:05:33.483.</summary>
    private static string? Moment(string? text) =>
        DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment) ? moment.ToString("s", CultureInfo.InvariantCulture) : null;

    private sealed class XradiaSignal(SignalHeader header, string[] paths, OleFile ole) : ISignal
    {
        public SignalHeader Header { get; } = header;

        public async ValueTask ReadFrameAsync(long frame, Memory<byte> destination, CancellationToken ct)
        {
            var stream = ole.Stream(paths[frame])!;
            await stream.ReadAsync(0, destination[..(int)Header.FrameBytes], ct);
        }
    }
}
