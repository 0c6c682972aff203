using System.Buffers.Binary;
using System.Text.Json.Nodes;
using CryoHub.Imaging;
using CryoHub.Imaging.Sources;
using CryoHub.Imaging.Tables;

namespace CryoHub.Formats.Ebsd;

/// <summary>EDAX/TSL binary maps: a mark, the two steps, then rows of float32 as in an .ang file.</summary>
public sealed class OscReader : IFormatReader
{
    private const int LargestHeader = 1 << 20;
    private const int FewestColumns = 5;
    private const int MostColumns = 30;

    private static readonly byte[] Mark = [0xB9, 0x0B, 0xEF, 0xFF];
    private static readonly byte[] MapMark = [.. Mark, 2, 0, 0, 0];
    private static readonly string[] Names = ["phi1", "PHI", "phi2", "x", "y", "image quality", "confidence index", "phase", "SEM signal", "fit"];
    private static readonly string[] Units = ["rad", "rad", "rad", "µm", "µm", "", "", "", "", "deg"];

    public FormatInfo Format { get; } = new(
        "ebsd-osc",
        "EBSD map, binary (EDAX .osc)",
        [".osc"],
        "Orientations and quality of every point",
        "phases and Hough peaks",
        "https://doi.org/10.1111/j.1365-2818.2011.03535.x");

    public Match Recognise(ReadOnlySpan<byte> head, string fileName) =>
        head.StartsWith(Mark) || (head.IndexOf(Mark) >= 0 && fileName.EndsWith(".osc", StringComparison.OrdinalIgnoreCase)) ? Match.Certain : Match.No;

    public async Task<IReadOnlyList<ISignal>> OpenAsync(ISourceFile file, CancellationToken ct)
    {
        var head = await file.Bytes.ReadBlockAsync(0, Math.Min(LargestHeader, file.Bytes.Length), ct);
        var points = head.Length >= 32 ? BinaryPrimitives.ReadUInt32LittleEndian(head.AsSpan(24)) : 0;   // 16: columns, 20: rows, 24: points
        var at = head.AsSpan().IndexOf(MapMark) + MapMark.Length;
        if (at < 8 || points == 0 || points * (4L * FewestColumns) > file.Bytes.Length - at || head.Length < at + 16)
        {
            throw ProblemException.Unreadable($"The header promises {points} points; {Math.Max(0, file.Bytes.Length - at)} bytes follow it, and {4 * FewestColumns} a point are the least.");
        }

        // Newer versions put the count of bytes before the steps; some leave a zero before them.
        var counted = BinaryPrimitives.ReadUInt32LittleEndian(head.AsSpan(at));
        at += Math.Round(((counted / 4.0) - 2) / 10 / points) == 1 ? 4 : 0;
        at += Single(head, at) == 0 ? 4 : 0;
        var (stepX, stepY) = (Single(head, at), Single(head, at + 4));
        at += 8;
        var width = await WidthAsync(file.Bytes, at, points, stepX, ct);
        if (points * width * 8L > Array.MaxLength)
        {
            throw ProblemException.Unreadable($"The map has {points} points of {width} numbers; {Array.MaxLength / 8} numbers is the limit.");
        }

        var original = new JsonObject { ["points"] = points, ["step x"] = MetadataTree.Leaf(stepX), ["step y"] = MetadataTree.Leaf(stepY) };
        var header = new SignalHeader(Path.GetFileNameWithoutExtension(file.Name), SignalKind.EbsdMap, PixelType.Float32,
            [new Axis("row", points, "", AxisRole.Index), new Axis("column", width, "", AxisRole.Index)], AcquisitionMetadata.None, new MetadataTree(original))
        {
            Columns = [.. Enumerable.Range(0, width).Select(i => i < Names.Length ? new SignalColumn(Names[i], Units[i]) : new SignalColumn($"column {i + 1}", ""))],
        };
        return [new OscSignal(file.Bytes, at, header)];
    }

    /// <summary>Nothing states how many numbers a point has: it is the number that puts the second point one step to the right of the first.</summary>
    private static async Task<int> WidthAsync(IByteSource source, long at, long points, float stepX, CancellationToken ct)
    {
        var start = await source.ReadBlockAsync(at, Math.Min(4 * 2 * MostColumns, source.Length - at), ct);
        for (var width = FewestColumns; width <= MostColumns; width++)
        {
            if (4 * (width + 5) <= start.Length && points * width * 4 <= source.Length - at
                && MathF.Abs(Single(start, 4 * (width + 3)) - stepX) < 1e-4f && MathF.Abs(Single(start, 4 * (width + 4))) < 1e-4f)
            {
                return width;
            }
        }

        throw ProblemException.Unreadable($"No row of {FewestColumns} to {MostColumns} numbers puts the second point at x = {stepX}, y = 0.");
    }

    private static float Single(byte[] bytes, int at) => BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(at));

    private sealed class OscSignal(IByteSource source, long at, SignalHeader header) : ISignal
    {
        public SignalHeader Header { get; } = header;

        public ValueTask ReadFrameAsync(long frame, Memory<byte> destination, CancellationToken ct)
        {
            ArgumentOutOfRangeException.ThrowIfNotEqual(frame, 0);
            return source.ReadAsync(at, destination[..(int)Header.FrameBytes], ct);
        }
    }
}
