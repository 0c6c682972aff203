using System.Text.Json.Nodes;
using CryoHub.Formats.Star;
using CryoHub.Formats.Text;
using CryoHub.Imaging;
using CryoHub.Imaging.Crystals;
using CryoHub.Imaging.Tables;

namespace CryoHub.Formats.Cif;

/// <summary>Crystallographic Information Files, 1.1 and 2.0: structures, long tables, and every tag.</summary>
public sealed class CifReader : IFormatReader
{
    // A longer loop is data (reflections, a powder profile): a table of its own rather than metadata.
    private const int LongestListInTree = 500;

    public FormatInfo Format { get; } = new(
        "cif",
        "Crystallographic Information File",
        [".cif", ".mcif"],
        "CIF 1.1 and 2.0: every structure with cell, space group, operations and sites; long loops as tables; every tag",
        "sites that have only Cartesian coordinates (mmCIF)",
        "https://www.iucr.org/resources/cif/spec/version1.1");

    public Match Recognise(ReadOnlySpan<byte> head, string fileName)
    {
        var text = TextBytes.Head(head);
        if (!TextBytes.LooksLikeText(text))
        {
            return Match.No;
        }

        var isNamed = fileName.EndsWith(".cif", StringComparison.OrdinalIgnoreCase) || fileName.EndsWith(".mcif", StringComparison.OrdinalIgnoreCase);
        return text.StartsWith("#\\#CIF_", StringComparison.Ordinal) ? Match.Certain
            : isNamed && (StarReader.BeginsWithData(text) || text.TrimStart().StartsWith('#')) ? Match.Certain
            : StarReader.BeginsWithData(text) && text.Contains("_cell_length_a", StringComparison.OrdinalIgnoreCase) ? Match.Maybe : Match.No;
    }

    public async Task<IReadOnlyList<ISignal>> OpenAsync(ISourceFile file, CancellationToken ct)
    {
        var text = await TextBytes.ReadAsync(file.Name, file.Bytes, ct);
        var document = StarDocument.Parse(text);
        List<ISignal> structures = [];
        List<ISignal> tables = [];
        var all = new JsonObject();
        foreach (var block in document.Blocks)
        {
            ct.ThrowIfCancellationRequested();
            var original = Original(document, block);
            all[all.ContainsKey(block.Name) ? $"{block.Name} ({all.Count})" : block.Name] = original.DeepClone();
            if (CifCrystal.Of(new CifTags(document, block)) is { } crystal)
            {
                structures.Add(StructureSignal.Of(block.Name.Length > 0 ? block.Name : file.Name, crystal, new MetadataTree(original)));
            }

            tables.AddRange(block.Loops.Where(loop => loop.Rows > LongestListInTree).Select(loop => Table(document, block, loop)));
        }

        return structures.Count + tables.Count > 0 ? [.. structures, .. tables] : [DocumentSignal.Of(file.Name, text.Utf8, AcquisitionMetadata.None, new MetadataTree(all))];
    }

    private static TableSignal Table(StarDocument document, StarBlock block, StarLoop loop)
    {
        var category = loop.Names[0].TrimStart('_').Split('.')[0];
        return TableSignal.Of($"{block.Name} {category}", SignalKind.Table, StarTable.Columns(document, loop, name => name), AcquisitionMetadata.None, new MetadataTree(new JsonObject { ["data_"] = block.Name }));
    }

    /// <summary>Every tag under its own name; a loop's columns are lists, save frames are groups.</summary>
    private static JsonObject Original(StarDocument document, StarBlock block)
    {
        var tree = new JsonObject { ["data_"] = block.Name };
        foreach (var (name, cell) in block.Items)
        {
            tree[name] = JsonValue.Create(document.Text(cell));
        }

        foreach (var loop in block.Loops.Where(loop => loop.Rows <= LongestListInTree))
        {
            for (var column = 0; column < loop.Names.Count; column++)
            {
                tree[loop.Names[column]] = new JsonArray([.. Enumerable.Range(0, loop.Rows).Select(row => (JsonNode)JsonValue.Create(document.Text(loop.At(row, column))))]);
            }
        }

        foreach (var frame in block.Frames)
        {
            tree[$"save_{frame.Name}"] = Original(document, frame);
        }

        return tree;
    }
}
