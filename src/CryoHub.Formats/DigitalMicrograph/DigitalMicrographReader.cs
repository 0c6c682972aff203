using System.Buffers.Binary;
using System.Text.Json.Nodes;
using CryoHub.Imaging;

namespace CryoHub.Formats.DigitalMicrograph;

/// <summary>Gatan's DM3 and DM4: every image of the file but its thumbnails.</summary>
public sealed class DigitalMicrographReader : IFormatReader
{
    public FormatInfo Format { get; } = new(
        "digital-micrograph",
        "DigitalMicrograph 3 and 4",
        [".dm3", ".dm4"],
        "images, stacks, tilt series, spectra, spectrum lines and images, 4D data, colour, complex numbers and half-plane Fourier transforms",
        "the packed Fourier transforms of DigitalMicrograph 2 (data type 5)",
        "https://personal.ntu.edu.sg/cbb/info/dmformat/index.html");

    public Match Recognise(ReadOnlySpan<byte> head, string fileName)
    {
        if (head.Length < 16)
        {
            return !head.IsEmpty && Format.Extensions.Contains(Path.GetExtension(fileName).ToLowerInvariant()) ? Match.Maybe : Match.No;
        }

        // 0: version, 4: length (8 bytes in version 4), then byte order 0 or 1 and the root group's two flags
        var version = BinaryPrimitives.ReadInt32BigEndian(head);
        var at = version == 4 ? 12 : 8;
        return version is 3 or 4 && head[at] == 0 && head[at + 1] == 0 && head[at + 2] == 0 && head[at + 3] <= 1 ? Match.Certain : Match.No;
    }

    public async Task<IReadOnlyList<ISignal>> OpenAsync(ISourceFile file, CancellationToken ct)
    {
        var reader = await DmTagReader.OpenAsync(file.Bytes, ct);
        var root = await reader.ReadRootAsync(ct);
        var tree = new MetadataTree(root);
        var thumbnails = (root["Thumbnails"] as JsonObject ?? []).Select(entry => DmImage.Real((entry.Value as JsonObject)?["ImageIndex"])).ToHashSet();
        var images = (root["ImageList"] as JsonObject ?? []).Select(entry => entry.Value).Where((_, index) => !thumbnails.Contains(index)).OfType<JsonObject>();
        List<ISignal> signals = [.. images.Select(image => DmSignals.Open(new DmImage(image), tree, file, reader.LittleEndian))];
        return signals.Count > 0 ? signals : throw ProblemException.Unreadable("The file's tags hold no image.");
    }
}
