using CryoHub.Formats.Bytes;
using CryoHub.Imaging;
using CryoHub.Imaging.Sources;

namespace CryoHub.Formats.Bzip2;

/// <summary>A file packed with bzip2 is unpacked into memory and read as what it then is.</summary>
public sealed class Bzip2Reader : IFormatReader
{
    public FormatInfo Format { get; } = new(
        "bzip2",
        "bzip2",
        [".bz2"],
        "any other format, packed; up to 512 MiB, and 48 MiB plus 200 times its size, when unpacked",
        "bzip2 inside bzip2",
        "https://sourceware.org/bzip2/manual/manual.html");

    // 0: "BZh", 3: block size 1 to 9, 4: mark of a block, or of the end where there is none
    public Match Recognise(ReadOnlySpan<byte> head, string fileName) =>
        head is [(byte)'B', (byte)'Z', (byte)'h', >= (byte)'1' and <= (byte)'9', 0x31, 0x41, 0x59, 0x26, 0x53, 0x59, ..] ? Match.Certain : Match.No;

    public async Task<IReadOnlyList<ISignal>> OpenAsync(ISourceFile file, CancellationToken ct)
    {
        var name = file.Name.EndsWith(".bz2", StringComparison.OrdinalIgnoreCase) ? file.Name[..^4] : file.Name;
        await using var unpacking = new Bzip2Stream(new ByteSourceStream(file.Bytes));
        var inner = new UnpackedFile(name, await Unpacked.ReadAsync(unpacking, file.Bytes.Length, ct), file.Sibling);
        var reader = await FormatCatalog.DetectAsync(inner, ct);
        return reader is Bzip2Reader
            ? throw ProblemException.Unreadable($"{file.Name} is packed twice.")
            : await reader.OpenAsync(inner, ct);
    }
}
