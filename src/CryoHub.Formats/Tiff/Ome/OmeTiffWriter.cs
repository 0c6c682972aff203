using CryoHub.Formats.Bytes;
using CryoHub.Imaging;

namespace CryoHub.Formats.Tiff.Ome;

/// <summary>OME-TIFF, uncompressed, one page a frame, BigTIFF above 4 GiB.</summary>
public sealed class OmeTiffWriter : IFormatWriter
{
    public string Extension => ".ome.tif";

    public string Writes => "images, stacks, volumes and up to three axes over them, with physical sizes";

    public string? Refusal(SignalHeader header) => header.Axes.Count is < 2 or > 5
        ? $"An OME-TIFF holds two to five axes; {header.Name} has {header.Axes.Count} ({string.Join(" x ", header.Shape)})."
        : null;

    public async Task<string?> WriteAsync(ISignal signal, Stream output, CancellationToken ct)
    {
        var header = signal.Header;
        if (Refusal(header) is { } refusal)
        {
            throw ProblemException.Invalid(refusal);
        }

        var leading = Letters(header);
        var stored = OmeText.Stored(header.Pixel);
        var written = header with { Pixel = stored };
        var directory = new TiffDirectory(written, OmeText.Of(written, leading), onFirstPageOnly: true);
        await output.WriteAsync(directory.Head, ct);
        await Frames.ForEachAsync(signal, frame => output.WriteAsync(PixelStore.As(header.Pixel, stored, frame), ct), ct);
        for (var page = 0L; page < header.FrameCount; page++)
        {
            await output.WriteAsync(directory.Page(page), ct);
        }

        return Loss(header, leading, stored);
    }

    /// <summary>OME knows sections (Z), channels (C) and times (T), each once.</summary>
    private static List<(char Letter, Axis Axis)> Letters(SignalHeader header)
    {
        List<Axis> leading = [.. header.Axes.Take(header.Axes.Count - 2)];
        List<char> free = ['T', 'Z', 'C'];
        var letters = leading.Select(axis => Take(Natural(axis))).ToArray();
        for (var i = 0; i < letters.Length; i++)
        {
            letters[i] ??= Take(free[0]);       // a second axis of one kind takes what is left
        }

        return [.. letters.Zip(leading, (letter, axis) => (letter!.Value, axis))];

        char? Take(char? letter) => letter is { } wanted && free.Remove(wanted) ? wanted : null;

        static char? Natural(Axis axis) => axis.Role switch
        {
            AxisRole.Space or AxisRole.Reciprocal => 'Z',
            AxisRole.Channel => 'C',
            AxisRole.Time or AxisRole.Frame or AxisRole.Tilt => 'T',
            _ => null,
        };
    }

    private static string? Loss(SignalHeader header, List<(char Letter, Axis Axis)> leading, PixelType stored)
    {
        List<string> lost = [];
        if (stored != header.Pixel)
        {
            lost.Add($"OME-TIFF has no {header.Pixel.Name()}: the values are written as {stored.Name()}.");
        }

        List<Axis> shown = [.. header.Axes.TakeLast(2), .. leading.Where(axis => axis.Letter == 'Z').Select(axis => axis.Axis)];
        if (shown.Find(axis => axis.IsCalibrated && OmeText.Unit(axis.Unit) is null) is { } odd)
        {
            lost.Add($"OME-TIFF knows lengths only: the {odd.Unit} of axis {odd.Name} is not kept.");
        }

        return lost.Count > 0 ? string.Join(' ', lost) : null;
    }
}
