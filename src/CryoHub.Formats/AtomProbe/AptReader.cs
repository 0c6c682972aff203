using System.Buffers.Binary;
using System.Text.Json.Nodes;
using CryoHub.Formats.Bytes;
using CryoHub.Imaging;
using CryoHub.Imaging.Tables;

namespace CryoHub.Formats.AtomProbe;

/// <summary>The exchange files of AP Suite 6: a header, then sections that name themselves.</summary>
public sealed class AptReader : IFormatReader
{
    private const int HeaderBytes = 540;
    private const int MostSections = 256;

    public FormatInfo Format { get; } = new(
        "atom-probe-apt",
        "AP Suite atom probe data",
        [".apt"],
        "Every section with one record an ion (position, mass, voltages, detector ...) as columns of one point cloud",
        "sections of variable records or of sparse ions (listed in the metadata)",
        "https://doi.org/10.1017/S1431927621013568");

    public Match Recognise(ReadOnlySpan<byte> head, string fileName) => head.StartsWith("APT\0"u8) ? Match.Certain : Match.No;

    public async Task<IReadOnlyList<ISignal>> OpenAsync(ISourceFile file, CancellationToken ct)
    {
        var cursor = new ByteCursor(file.Bytes, bigEndian: false);
        var head = (await cursor.TakeAsync(HeaderBytes, ct)).ToArray();

        // 0: "APT\0", 4: header's bytes, 8: its version, 12: file name (256 UTF-16), 524: time of creation, 532: ions.
        cursor.Skip(BinaryPrimitives.ReadInt32LittleEndian(head.AsSpan(4)) - HeaderBytes);
        var ions = BinaryPrimitives.ReadInt64LittleEndian(head.AsSpan(532));
        List<AptSection> sections = [];
        while (cursor.Position < cursor.Length && sections.Count < MostSections)
        {
            sections.Add(await AptSection.ReadAsync(cursor, ct));
        }

        var used = sections.Where(section => section.IsPerIon(ions)).ToList();
        var columns = used.SelectMany(Columns).ToList();
        if (ions <= 0 || columns.Count == 0 || ions > Array.MaxLength / (8L * columns.Count))
        {
            throw ProblemException.Unreadable($"The file promises {ions} ions; {used.Count} of its {sections.Count} sections hold a record for each.");
        }

        var original = new JsonObject
        {
            ["wcFilename"] = AptSection.Text(head.AsSpan(12, 512)),
            ["ftCreationTime"] = BinaryPrimitives.ReadInt64LittleEndian(head.AsSpan(524)),
            ["llIonCount"] = ions,
            ["sections"] = new JsonArray([.. sections.Select(section => section.Tree)]),
        };
        var header = new SignalHeader(Path.GetFileNameWithoutExtension(file.Name), SignalKind.PointCloud, PixelType.Float64,
            [new Axis("ion", ions, "", AxisRole.Index), new Axis("column", columns.Count, "", AxisRole.Index)], AcquisitionMetadata.None, new MetadataTree(original))
        {
            Columns = columns,
        };
        return [new AptSignal(file.Bytes, header, used)];
    }

    private static IEnumerable<SignalColumn> Columns(AptSection section) => section switch
    {
        { Type: "Position", Width: 3 } => [new("x", section.Unit), new("y", section.Unit), new("z", section.Unit)],
        { Width: 1 } => [new(section.Type, section.Unit)],
        _ => Enumerable.Range(0, section.Width).Select(i => new SignalColumn($"{section.Type} {i}", section.Unit)),
    };
}
