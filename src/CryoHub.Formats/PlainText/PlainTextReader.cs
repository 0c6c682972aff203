using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using CryoHub.Formats.Text;
using CryoHub.Formats.Xml;
using CryoHub.Imaging;
using CryoHub.Imaging.Tables;

namespace CryoHub.Formats.PlainText;

/// <summary>The last reader: text that no other one knows, as a table where it is one, otherwise as a document with its keys and values.</summary>
public sealed class PlainTextReader : IFormatReader
{
    private const int ShortestFile = 4;
    private const int LargestTree = 4 << 20;    // what is longer is shown as text only

    public FormatInfo Format { get; } = new(
        "text",
        "Plain text",
        [
            ".txt", ".log", ".dat", ".xml", ".json", ".geojson", ".ini", ".hdr", ".cfg", ".com", ".edf", ".cpr", ".analysis", ".emxml", ".md", ".yaml", ".yml",
            ".xy", ".xye", ".defocus", ".resid", ".xyz", ".asc", ".prj", ".par", ".settings", ".readme",
        ],
        "Tables of numbers with or without a line of names, also with remarks between them; anything else as text with its keys and values; XML and JSON as a tree",
        "files above 256 MiB",
        "https://www.rfc-editor.org/rfc/rfc4180");

    /// <summary>By ending and by bytes: valid UTF-8, or at least nine of ten characters in ASCII, and no control characters.</summary>
    public Match Recognise(ReadOnlySpan<byte> head, string fileName) =>
        head.Length >= ShortestFile && Format.Extensions.Contains(Path.GetExtension(fileName).ToLowerInvariant()) && IsText(head) ? Match.Maybe : Match.No;

    public async Task<IReadOnlyList<ISignal>> OpenAsync(ISourceFile file, CancellationToken ct)
    {
        var text = await TextBytes.ReadAsync(file.Name, file.Bytes, ct);
        if (text.Span.IndexOf((byte)0) is >= 0 and var zero)
        {
            throw ProblemException.Unreadable($"{file.Name} holds a zero byte at {zero}: it is no text.");
        }

        var name = Path.GetFileNameWithoutExtension(file.Name);
        var isMarkup = text.Span.TrimStart(" \t\r\n"u8) is [(byte)'<' or (byte)'{' or (byte)'[', ..] && !IsSection(text);
        if (!isMarkup && PlainTable.Read(name, text) is { } table)
        {
            return [table];
        }

        return (isMarkup ? null : NumberRuns.Find(text)?.Signals(name)) ?? [DocumentSignal.Of(file.Name, text.Utf8, AcquisitionMetadata.None, new MetadataTree(Tree(text, file.Name)))];
    }

    private static JsonObject Tree(TextBytes text, string name) => text.Length > LargestTree ? [] : text.Span.TrimStart(" \t\r\n"u8) switch
    {
        [(byte)'<', ..] => Xml(text, name),
        [(byte)'{' or (byte)'[', ..] when Json(text.Utf8.Span) is { } json => json,
        _ => PlainKeys.Parse(text.Lines()),
    };

    private static bool IsText(ReadOnlySpan<byte> head)
    {
        var text = TextBytes.Head(head);
        if (!TextBytes.LooksLikeText(text))
        {
            return false;
        }

        if (head[0] is 0xFF or 0xFE || head.IndexOf((byte)0) >= 0)
        {
            return text.Length >= 2 && text.Count(char.IsAscii) >= 0.9 * text.Length;   // UTF-16
        }

        var ascii = 0;
        foreach (var b in head)
        {
            ascii += b is >= 0x20 and < 0x7F or (byte)'\t' or (byte)'\n' or (byte)'\r' or (byte)'\f' ? 1 : 0;
        }

        // A head may end within a character: up to three bytes of it do not count against UTF-8.
        var isUtf8 = head.Length > 8 && (Utf8.IsValid(head) || Utf8.IsValid(head[..^1]) || Utf8.IsValid(head[..^2]) || Utf8.IsValid(head[..^3]));
        return ascii >= (isUtf8 ? 0.3 : 0.9) * head.Length;
    }

    /// <summary>A line like <c>[Info]</c> opens a section of keys, not a list.</summary>
    private static bool IsSection(TextBytes text)
    {
        var at = 0;
        return text.NextLine(ref at, out var line) && line.TrimEnd(" \t"u8) is [(byte)'[', (>= (byte)'A' and <= (byte)'Z') or (>= (byte)'a' and <= (byte)'z'), .., (byte)']'] && line.IndexOfAny(",\"{"u8) < 0;
    }

    private static JsonObject Xml(TextBytes text, string name)
    {
        var root = SafeXml.Parse(text.Span, name);
        return new JsonObject { [root.Name.LocalName] = XmlJson.Convert(root) };
    }

    private static JsonObject? Json(ReadOnlySpan<byte> content)
    {
        try
        {
            return JsonNode.Parse(content, documentOptions: new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip }) switch
            {
                JsonObject group => Unique(group),
                { } other => new JsonObject { ["items"] = other },
                null => null,
            };
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            return null;   // text that only begins like JSON, or names one key twice
        }
    }

    /// <summary>Visits every node, as a group that names a key twice shows only then that it does.</summary>
    private static JsonObject Unique(JsonObject group) => JsonNode.Parse(group.ToJsonString())!.AsObject();
}
