using System.Buffers.Binary;
using System.Text.Json.Nodes;
using CryoHub.Formats.Bytes;
using CryoHub.Imaging;
using CryoHub.Imaging.Sources;

namespace CryoHub.Formats.Edax;

/// <summary>EBSD patterns of EDAX TSL OIM: .up1 holds bytes, .up2 words.</summary>
public sealed class UpReader : IFormatReader
{
    private const int HeadBytes = 16;
    private const int MapBytes = 42;

    public FormatInfo Format { get; } = new(
        "edax-up", "EDAX EBSD patterns", [".up1", ".up2"], "pattern scans of versions 1 and 3 and later; rows and columns of a square grid where the file states them",
        "version 2", "https://github.com/USNavalResearchLaboratory/PyEBSDIndex");

    public Match Recognise(ReadOnlySpan<byte> head, string fileName)
    {
        if (head.Length < HeadBytes || Pixel(fileName) is null)
        {
            return Match.No;
        }

        // 0: version, 4: columns, 8: rows, 12: where the first pattern begins
        var (version, width, height, offset) = (Word(head, 0), Word(head, 4), Word(head, 8), Word(head, 12));
        return version is 1 or (>= 3 and <= 9) && width is > 0 and <= 8192 && height is > 0 and <= 8192 && offset >= (version == 1 ? HeadBytes : MapBytes) && offset <= 4096
            ? Match.Certain
            : Match.No;
    }

    public async Task<IReadOnlyList<ISignal>> OpenAsync(ISourceFile file, CancellationToken ct)
    {
        var pixel = Pixel(file.Name) ?? throw ProblemException.Unreadable($"{file.Name} ends neither in .up1 (bytes) nor in .up2 (words).");
        var reader = new BlockReader(await file.Bytes.ReadBlockAsync(0, Math.Min(MapBytes, file.Bytes.Length), ct));
        var fields = reader.Fields("version u4, width u4, height u4, pattern_offset u4");
        var (width, height, offset) = (fields.Integer("width"), fields.Integer("height"), fields.Integer("pattern_offset"));
        if (width < 1 || height < 1 || width > int.MaxValue / height || offset > file.Bytes.Length || fields.Integer("version") == 2)
        {
            throw ProblemException.Unreadable(
                $"The head states version {fields.Integer("version")} and patterns of {width} x {height} pixels from byte {offset} of {file.Bytes.Length}; versions 1, 3 and later are known.");
        }

        List<Axis> axes = [];
        var patterns = (file.Bytes.Length - offset) / (width * height * pixel.Bytes());
        if (fields.Integer("version") >= 3)
        {
            foreach (var (name, value) in reader.Fields("map u1, columns u4, rows u4, hexagonal u1, step_x f8, step_y f8").ToArray())
            {
                fields[name] = value?.DeepClone();
            }

            var (columns, rows) = (fields.Integer("columns"), fields.Integer("rows"));
            if (columns > 0 && rows > 0 && fields.Integer("hexagonal") == 0 && patterns / columns == rows && patterns % columns == 0)
            {
                axes = [Step("y", rows, fields.Positive("step_y")), Step("x", columns, fields.Positive("step_x"))];
            }
        }

        if (axes.Count == 0)
        {
            axes.Add(new Axis("pattern", patterns, "", AxisRole.Frame));    // rows of a hexagonal grid differ in length
        }

        axes.AddRange([new Axis("dy", height, "", AxisRole.Reciprocal), new Axis("dx", width, "", AxisRole.Reciprocal)]);
        var header = new SignalHeader(Path.GetFileNameWithoutExtension(file.Name), SignalKind.DiffractionScan, pixel, axes, AcquisitionMetadata.None, new MetadataTree(fields));
        return [RawSignal.Of(header, file.Bytes, offset)];
    }

    /// <summary>OIM counts in micrometres.</summary>
    private static Axis Step(string name, long size, double? step) => new(name, size, step is null ? "" : "µm", AxisRole.Space, step ?? 1);

    private static uint Word(ReadOnlySpan<byte> head, int at) => BinaryPrimitives.ReadUInt32LittleEndian(head[at..]);

    private static PixelType? Pixel(string name) => Path.GetExtension(name).ToLowerInvariant() switch
    {
        ".up1" => PixelType.UInt8,
        ".up2" => PixelType.UInt16,
        _ => null,
    };
}
