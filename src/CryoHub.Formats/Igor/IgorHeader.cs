using System.Text.Json.Nodes;
using CryoHub.Formats.Bytes;
using CryoHub.Imaging;
using CryoHub.Imaging.Sources;

namespace CryoHub.Formats.Igor;

/// <summary>The heads of an Igor binary wave (WaveMetrics technical note 3), versions 1, 2, 3 and 5 of either byte order.</summary>
/// <param name="Fields">All fields of the wave's head.</param>
/// <param name="Sizes">Fields of the file's head: sizes of what follows the points.</param>
/// <param name="Dimensions">Points along each dimension.</param>
/// <param name="DataOffset">First byte of the points, from the beginning of the wave.</param>
/// <param name="BigEndian">Order of bytes.</param>
internal sealed record IgorHeader(JsonObject Fields, JsonObject Sizes, IReadOnlyList<long> Dimensions, long DataOffset, bool BigEndian)
{
    private const int HeadBytes = 384;

    private const string Old =
        "type i2, x4, bname s20, x8, dataUnits s4, xUnits s4, npnts i4, aModified i2, hsA f8, hsB f8, wModified i2, swModified i2, fsValid i2, topFullScale f8, botFullScale f8, "
        + "useBits u1, kindBits u1, x4, depID i4, creationDate u4, x2, modDate u4, x4";

    private const string New =
        "x4, creationDate u4, modDate u4, npnts i4, type i2, dLock i2, x6, whVersion i2, bname s32, x8, nDim i4*4, sfA f8*4, sfB f8*4, dataUnits s4, dimUnits s4*4, fsValid i2, x2, "
        + "topFullScale f8, botFullScale f8";

    public int Version => (int)Sizes.Integer("version");

    public int Type => (int)Fields.Integer("type");

    /// <summary>Bytes of the points.</summary>
    public long DataBytes => Sizes.Integer("wfmSize") - (Version == 5 ? 320 : 110);

    public static bool IsOne(ReadOnlySpan<byte> head) => head.Length >= 126 && Order(head) is not null;

    public static async Task<IgorHeader> ReadAsync(IByteSource file, CancellationToken ct)
    {
        var head = await file.ReadBlockAsync(0, Math.Min(HeadBytes, file.Length), ct);
        var bigEndian = head.Length >= 2 ? Order(head) : null;
        if (bigEndian is null)
        {
            throw ProblemException.Unreadable($"An Igor wave begins with its version, 1, 2, 3 or 5; found {Convert.ToHexString(head, 0, Math.Min(2, head.Length))}.");
        }

        var reader = new BlockReader(head, bigEndian.Value);
        var version = reader.Int16();
        var sizes = reader.Fields(version switch
        {
            1 => "wfmSize i4, checksum i2",
            2 => "wfmSize i4, noteSize i4, pictSize i4, checksum i2",
            3 => "wfmSize i4, noteSize i4, formulaSize i4, pictSize i4, checksum i2",
            _ => "checksum i2, wfmSize i4, formulaSize i4, noteSize i4, dataEUnitsSize i4, dimEUnitsSize i4*4, dimLabelsSize i4*4, sIndicesSize i4, optionsSize1 i4, optionsSize2 i4",
        });
        sizes["version"] = version;
        var start = reader.Position;
        var fields = reader.Fields(version == 5 ? New : Old);
        if (!fields.ContainsKey("botFullScale"))
        {
            throw ProblemException.Unreadable($"The heads of a wave of version {version} take {start + (version == 5 ? 320 : 110)} bytes; the file holds {file.Length}.");
        }

        IReadOnlyList<long> dimensions = version == 5
            ? [.. fields["nDim"]!.AsArray().Select(size => (long)(int)size!).TakeWhile(size => size != 0)]
            : [fields.Integer("npnts")];
        return new IgorHeader(fields, sizes, dimensions.Count > 0 ? dimensions : [fields.Integer("npnts")], start + (version == 5 ? 320 : 110), bigEndian.Value);
    }

    /// <summary>Step, origin and unit of a dimension.</summary>
    public (double Step, double Origin, string Unit) Scale(int dimension) => Version == 5
        ? (Element("sfA", dimension), Element("sfB", dimension), Fields["dimUnits"]![dimension]!.ToString())
        : (Fields.Number("hsA") ?? 1, Fields.Number("hsB") ?? 0, Fields.Text("xUnits") ?? "");

    private static bool? Order(ReadOnlySpan<byte> head) => head[0] is 1 or 2 or 3 or 5 && head[1] == 0 ? false : head[1] is 1 or 2 or 3 or 5 && head[0] == 0 ? true : null;

    private double Element(string name, int index) => double.TryParse(Fields[name]![index]!.ToString(), System.Globalization.CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : 0;
}
