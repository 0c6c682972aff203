using CryoHub.Formats.Bytes;
using CryoHub.Imaging;

namespace CryoHub.Formats.Tiff;

/// <summary>Plain, uncompressed TIFF, one page a frame, BigTIFF above 4 GiB; calibration as ImageJ writes it.</summary>
public sealed class TiffWriter : IFormatWriter
{
    public string Extension => ".tif";

    public string Writes => "images, stacks and volumes in any number type, with ImageJ's calibration";

    public string? Refusal(SignalHeader header) => header.Axes.Count is < 2 or > 3
        ? $"A TIFF file holds two or three axes; {header.Name} has {header.Axes.Count} ({string.Join(" x ", header.Shape)})."
        : null;

    public async Task<string?> WriteAsync(ISignal signal, Stream output, CancellationToken ct)
    {
        var header = signal.Header;
        if (Refusal(header) is { } refusal)
        {
            throw ProblemException.Invalid(refusal);
        }

        var directory = new TiffDirectory(header);
        await output.WriteAsync(directory.Head, ct);
        await Frames.ForEachAsync(signal, frame => output.WriteAsync(frame, ct), ct);
        for (var page = 0L; page < header.FrameCount; page++)
        {
            await output.WriteAsync(directory.Page(page), ct);
        }

        return null;
    }
}
