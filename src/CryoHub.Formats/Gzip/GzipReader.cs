using System.IO.Compression;
using CryoHub.Formats.Bytes;
using CryoHub.Imaging;
using CryoHub.Imaging.Sources;

namespace CryoHub.Formats.Gzip;

/// <summary>A file packed with gzip is unpacked into memory and read as what it then is.</summary>
public sealed class GzipReader : IFormatReader
{
    public FormatInfo Format { get; } = new(
        "gzip",
        "gzip",
        [".gz"],
        "any other format, packed; up to 512 MiB, and 48 MiB plus 200 times its size, when unpacked",
        "gzip inside gzip",
        "https://www.rfc-editor.org/rfc/rfc1952");

    // 0: magic, 2: method 8 (deflate)
    public Match Recognise(ReadOnlySpan<byte> head, string fileName) => head.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B, 0x08]) ? Match.Certain : Match.No;

    public async Task<IReadOnlyList<ISignal>> OpenAsync(ISourceFile file, CancellationToken ct)
    {
        var name = file.Name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? file.Name[..^3] : file.Name;
        await using var unpacking = new GZipStream(new ByteSourceStream(file.Bytes), CompressionMode.Decompress);
        var inner = new UnpackedFile(name, await Unpacked.ReadAsync(unpacking, file.Bytes.Length, ct), file.Sibling);
        var reader = await FormatCatalog.DetectAsync(inner, ct);
        return reader is GzipReader
            ? throw ProblemException.Unreadable($"{file.Name} is packed twice.")
            : await reader.OpenAsync(inner, ct);
    }
}
