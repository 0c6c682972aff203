using System.Buffers.Binary;
using System.Text.Json.Nodes;
using CryoHub.Imaging;
using CryoHub.Imaging.Sources;

namespace CryoHub.Formats.Bmp;

/// <summary>Windows bitmaps without compression: grey ones as images, colours as photos.</summary>
public sealed class BmpReader : IFormatReader
{
    private const int LeastHeader = 54;
    private const long LargestFile = 1L << 30;

    public FormatInfo Format { get; } = new(
        "bmp",
        "Windows bitmap",
        [".bmp"],
        "1, 4, 8, 24 and 32 bits a pixel, with or without palette, rows from below or above",
        "run-length compression and 16 bits a pixel",
        "https://learn.microsoft.com/en-us/windows/win32/gdi/bitmap-storage");

    public Match Recognise(ReadOnlySpan<byte> head, string fileName) =>
        head.Length >= LeastHeader && head.StartsWith("BM"u8) && BinaryPrimitives.ReadUInt32LittleEndian(head[14..]) is 40 or 52 or 56 or 108 or 124 && head[26] == 1 ? Match.Certain : Match.No;

    public async Task<IReadOnlyList<ISignal>> OpenAsync(ISourceFile file, CancellationToken ct)
    {
        if (file.Bytes.Length is < LeastHeader or > LargestFile)
        {
            throw ProblemException.Unreadable($"A bitmap of {LeastHeader} to {LargestFile} bytes is read; the file holds {file.Bytes.Length}.");
        }

        var bytes = await file.Bytes.ReadBlockAsync(0, file.Bytes.Length, ct);
        var layout = BmpLayout.Read(bytes);
        var (pixel, pixels) = layout.Decode(bytes);
        var kind = pixel == PixelType.UInt8 ? SignalKind.Image : SignalKind.Photo;
        var header = new SignalHeader(Path.GetFileNameWithoutExtension(file.Name), kind, pixel,
            [new Axis("y", layout.Height, "", AxisRole.Space), new Axis("x", layout.Width, "", AxisRole.Space)], AcquisitionMetadata.None, new MetadataTree(layout.Tree));
        return [new ArraySignal(header, pixels)];
    }
}
