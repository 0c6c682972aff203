using System.IO.Compression;
using CryoHub.Imaging;
using CryoHub.Imaging.Sources;

namespace CryoHub.Formats.Gzip;

/// <summary>A file packed with gzip is unpacked into memory and read as what it then is.</summary>
public sealed class GzipReader : IFormatReader
{
    private const long LargestContent = 512L << 20;

    public FormatInfo Format { get; } = new(
        "gzip",
        "gzip",
        [".gz"],
        "any other format, packed; up to 512 MiB when unpacked",
        "gzip inside gzip",
        "https://www.rfc-editor.org/rfc/rfc1952");

    // 0: magic, 2: method 8 (deflate)
    public Match Recognise(ReadOnlySpan<byte> head, string fileName) => head.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B, 0x08]) ? Match.Certain : Match.No;

    public async Task<IReadOnlyList<ISignal>> OpenAsync(ISourceFile file, CancellationToken ct)
    {
        var name = file.Name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? file.Name[..^3] : file.Name;
        var inner = new UnpackedFile(name, new MemoryByteSource(await UnpackAsync(file.Bytes, ct)), file);
        var reader = await FormatCatalog.DetectAsync(inner, ct);
        return reader is GzipReader
            ? throw ProblemException.Unreadable($"{file.Name} is packed twice.")
            : await reader.OpenAsync(inner, ct);
    }

    private static async Task<ReadOnlyMemory<byte>> UnpackAsync(IByteSource packed, CancellationToken ct)
    {
        try
        {
            await using var unpacking = new GZipStream(new ByteSourceStream(packed), CompressionMode.Decompress);
            using var content = new MemoryStream();
            var block = new byte[64 << 10];
            int got;
            while ((got = await unpacking.ReadAsync(block, ct)) > 0)
            {
                content.Write(block, 0, got);
                if (content.Length > LargestContent)
                {
                    throw ProblemException.Unreadable($"The file unpacks to more than {LargestContent} bytes.");
                }
            }

            return content.GetBuffer().AsMemory(0, (int)content.Length);
        }
        catch (InvalidDataException broken)
        {
            throw ProblemException.Unreadable($"The gzip data is damaged: {broken.Message}", broken);
        }
    }

    private sealed record UnpackedFile(string Name, IByteSource Bytes, ISourceFile Packed) : ISourceFile
    {
        public IByteSource? Sibling(string name) => Packed.Sibling(name);
    }
}
