using System.Buffers;
using System.Text;
using System.Text.Json.Nodes;
using CryoHub.Formats.Text;
using CryoHub.Imaging;
using CryoHub.Imaging.Tables;

namespace CryoHub.Formats.Star;

/// <summary>STAR files of RELION, Warp, cisTEM and others: each loop is a table, each block of single items a document.</summary>
public sealed class StarReader : IFormatReader
{
    public FormatInfo Format { get; } = new(
        "star",
        "STAR table (RELION and others)",
        [".star"],
        "Every block: loops as tables, single items as key and value",
        "nested loops and global_ blocks",
        "https://relion.readthedocs.io/en/release-5.0/Reference/Conventions.html");

    public Match Recognise(ReadOnlySpan<byte> head, string fileName)
    {
        var text = TextBytes.Head(head);
        return fileName.EndsWith(".star", StringComparison.OrdinalIgnoreCase) && TextBytes.LooksLikeText(text) && BeginsWithData(text) ? Match.Certain : Match.No;
    }

    public async Task<IReadOnlyList<ISignal>> OpenAsync(ISourceFile file, CancellationToken ct)
    {
        var text = await TextBytes.ReadAsync(file.Name, file.Bytes, ct);
        var document = StarDocument.Parse(text);
        List<ISignal> signals = [];
        foreach (var block in document.Blocks)
        {
            var name = block.Name.Length > 0 ? block.Name : Path.GetFileNameWithoutExtension(file.Name);
            var items = Items(document, block);
            if (items.Count > 0)
            {
                signals.Add(DocumentSignal.Of(name, Lines(document, block), AcquisitionMetadata.None, new MetadataTree(items)));
            }

            foreach (var loop in block.Loops.Where(loop => loop.Rows > 0))
            {
                signals.Add(TableSignal.Of(name, SignalKind.Table, StarTable.Columns(document, loop, Plain), AcquisitionMetadata.None, new MetadataTree(new JsonObject { ["data_"] = block.Name })));
            }
        }

        return signals.Count > 0 ? signals : [Empty(file.Name, document, text)];
    }

    /// <summary>Comments and blank lines may stand before the first heading, nothing else.</summary>
    internal static bool BeginsWithData(string text) =>
        text.Split('\n').Select(line => line.Trim()).FirstOrDefault(line => line.Length > 0 && line[0] != '#') is { } first && first.StartsWith("data_", StringComparison.OrdinalIgnoreCase);

    /// <summary>A file of headings without a single row: its columns are all it says.</summary>
    private static ISignal Empty(string name, StarDocument document, TextBytes text)
    {
        var columns = document.Blocks.SelectMany(block => block.Loops).SelectMany(loop => loop.Names).Select(column => (JsonNode)JsonValue.Create(Plain(column)));
        return DocumentSignal.Of(name, text.Utf8, AcquisitionMetadata.None, new MetadataTree(new JsonObject { ["columns"] = new JsonArray([.. columns]) }));
    }

    private static JsonObject Items(StarDocument document, StarBlock block)
    {
        var items = new JsonObject();
        foreach (var (name, cell) in block.Items)
        {
            items[Plain(name)] = StarTable.Leaf(document, cell);
        }

        return items;
    }

    private static ReadOnlyMemory<byte> Lines(StarDocument document, StarBlock block)
    {
        var lines = new ArrayBufferWriter<byte>(block.Items.Sum(item => item.Name.Length + item.Cell.Length + 2));
        foreach (var (name, cell) in block.Items)
        {
            Encoding.UTF8.GetBytes($"{name} ", lines);
            document.WriteUtf8(cell, lines);
            lines.Write("\n"u8);
        }

        return lines.WrittenMemory;
    }

    private static string Plain(string name) => name.TrimStart('_');
}
