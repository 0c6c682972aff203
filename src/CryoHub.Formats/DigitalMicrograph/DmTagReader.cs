using System.Text.Json.Nodes;
using CryoHub.Formats.Bytes;
using CryoHub.Imaging;

namespace CryoHub.Formats.DigitalMicrograph;

/// <summary>
/// Reads the tag tree of a DM3 or DM4 file. Large arrays are not read: a leaf <c>{ "offset", "bytes", "count", "type" }</c> says where they are. Tags without a
/// name are called <c>TagGroup0</c>, <c>Data0</c> and so on.
/// </summary>
internal sealed class DmTagReader
{
    private const int DeepestNesting = 64;
    private const int MostTags = 250_000;   // of real files the largest holds some 20,000; a tree of this many takes about 60 MB

    private readonly ByteCursor cursor;
    private readonly bool wide;
    private readonly DmValueReader values;
    private int tags;

    private DmTagReader(ByteCursor cursor, bool wide, bool littleEndian)
    {
        this.cursor = cursor;
        this.wide = wide;
        values = new DmValueReader(cursor, littleEndian, CountAsync);
        LittleEndian = littleEndian;
    }

    public bool LittleEndian { get; }

    /// <summary>The header: version 3 or 4, length, byte order of the values (the structure itself is big endian).</summary>
    public static async Task<DmTagReader> OpenAsync(IByteSource source, CancellationToken ct)
    {
        var cursor = new ByteCursor(source, bigEndian: true);
        var version = await cursor.Int32Async(ct);
        if (version is not (3 or 4))
        {
            throw ProblemException.Unreadable($"The file states DigitalMicrograph version {version}; 3 and 4 are known.");
        }

        cursor.Skip(version == 4 ? 8 : 4);   // length of the root group
        var littleEndian = await cursor.Int32Async(ct) == 1;
        return new DmTagReader(cursor, version == 4, littleEndian);
    }

    public Task<JsonObject> ReadRootAsync(CancellationToken ct) => ReadGroupAsync("", 0, ct);

    private async Task<JsonObject> ReadGroupAsync(string name, int depth, CancellationToken ct)
    {
        if (depth > DeepestNesting)
        {
            throw ProblemException.Unreadable($"Tag groups are nested deeper than {DeepestNesting} at byte {cursor.Position}.");
        }

        cursor.Skip(2);   // sorted, open
        var count = await CountAsync(ct);
        var group = new JsonObject();
        for (var i = 0L; i < count; i++)
        {
            ct.ThrowIfCancellationRequested();
            var kind = await cursor.ByteAsync(ct);
            if (kind == 0)
            {
                break;   // end of file marker
            }

            await ReadTagAsync(group, kind, name, i, depth, ct);
        }

        return group;
    }

    private async Task ReadTagAsync(JsonObject group, byte kind, string parent, long index, int depth, CancellationToken ct)
    {
        if (++tags > MostTags)
        {
            throw ProblemException.Unreadable($"The file holds more than {MostTags} tags.");
        }

        var length = await cursor.Int16Async(ct);
        var name = length > 0 ? System.Text.Encoding.Latin1.GetString((await cursor.TakeAsync(length, ct)).Span) : $"{(kind == 20 ? "TagGroup" : "Data")}{index}";
        if (wide)
        {
            cursor.Skip(8);   // bytes of the tag
        }

        JsonNode? value = kind switch
        {
            20 => await ReadGroupAsync(name, depth + 1, ct),
            21 => await values.ReadAsync(isPixels: parent == "ImageData" && name == "Data", ct),
            _ => throw ProblemException.Unreadable($"A tag of kind {kind} stands at byte {cursor.Position}; 20 (group) and 21 (data) are known."),
        };
        group[Unused(group, name)] = value;
    }

    private static string Unused(JsonObject group, string name)
    {
        if (!group.ContainsKey(name))
        {
            return name;
        }

        var number = 2;
        while (group.ContainsKey($"{name} #{number}"))
        {
            number++;
        }

        return $"{name} #{number}";
    }

    private async ValueTask<long> CountAsync(CancellationToken ct) => wide ? await cursor.Int64Async(ct) : await cursor.Int32Async(ct);
}
