using System.Buffers.Binary;
using System.Text;
using System.Text.Json.Nodes;
using CryoHub.Formats.Bytes;
using CryoHub.Imaging;

namespace CryoHub.Formats.DigitalMicrograph;

/// <summary>Reads the data of one tag: a number, text, a structure, an array.</summary>
internal sealed class DmValueReader(ByteCursor cursor, bool littleEndian, Func<CancellationToken, ValueTask<long>> count)
{
    private const int LongestText = 64 << 10;
    private const int LongestList = 256;
    private const int MostFields = 256;

    /// <param name="isPixels">The pixels of an image are never read, however few.</param>
    public async Task<JsonNode?> ReadAsync(bool isPixels, CancellationToken ct)
    {
        if (!(await cursor.TakeAsync(4, ct)).Span.SequenceEqual("%%%%"u8))
        {
            throw ProblemException.Unreadable($"The mark %%%% was expected at byte {cursor.Position - 4}.");
        }

        await count(ct);   // length of the type's description, which describes itself
        var type = (DmTagType)await count(ct);
        switch (type)
        {
            case DmTagType.Struct:
                return await StructAsync(await FieldsAsync(ct), ct);
            case DmTagType.String:
                return await TextAsync(await count(ct), ct);
            case DmTagType.Array:
                return await ArrayAsync(isPixels, ct);
            default:
                return Number(type, (await cursor.TakeAsync(Size(type), ct)).Span);
        }
    }

    private async Task<DmTagType[]> FieldsAsync(CancellationToken ct)
    {
        await count(ct);   // length of the structure's name
        var fields = await count(ct);
        if (fields is < 0 or > MostFields)
        {
            throw ProblemException.Unreadable($"A structure of {fields} fields stands at byte {cursor.Position}; at most {MostFields} are expected.");
        }

        var types = new DmTagType[fields];
        for (var i = 0; i < types.Length; i++)
        {
            await count(ct);   // length of the field's name
            types[i] = (DmTagType)await count(ct);
        }

        return types;
    }

    private async Task<JsonNode> StructAsync(DmTagType[] fields, CancellationToken ct)
    {
        var list = new JsonArray();
        foreach (var field in fields)
        {
            list.Add(Number(field, (await cursor.TakeAsync(Size(field), ct)).Span));
        }

        return list;
    }

    private async Task<JsonNode?> ArrayAsync(bool isPixels, CancellationToken ct)
    {
        var element = (DmTagType)await count(ct);
        long size = 0;
        if (element == DmTagType.Struct)
        {
            size = (await FieldsAsync(ct)).Sum(Size);
        }
        else if (element == DmTagType.Array)
        {
            throw ProblemException.Unreadable($"An array of arrays stands at byte {cursor.Position}.");
        }
        else
        {
            size = Size(element);
        }

        var items = await count(ct);
        if (items < 0 || items > (cursor.Length - cursor.Position) / Math.Max(1, size))
        {
            throw ProblemException.Unreadable($"The array at byte {cursor.Position} promises {items} items of {size} bytes; the file holds {cursor.Length - cursor.Position} more bytes.");
        }

        if (!isPixels && element == DmTagType.UInt16 && items <= LongestText)
        {
            return await TextAsync(items * 2, ct);
        }

        if (!isPixels && element != DmTagType.Struct && items <= LongestList)
        {
            return await StructAsync([.. Enumerable.Repeat(element, (int)items)], ct);
        }

        var where = new JsonObject { ["type"] = element.ToString(), ["count"] = items, ["offset"] = cursor.Position, ["bytes"] = items * size };
        cursor.Skip(items * size);
        return where;
    }

    /// <summary>Two bytes a character, in the byte order of the values.</summary>
    private async Task<JsonNode> TextAsync(long bytes, CancellationToken ct)
    {
        if (bytes is < 0 or > 2 * LongestText)
        {
            throw ProblemException.Unreadable($"A text of {bytes} bytes stands at byte {cursor.Position}; at most {2 * LongestText} are expected.");
        }

        var text = (await cursor.TakeAsync((int)bytes, ct)).Span;
        return JsonValue.Create((littleEndian ? Encoding.Unicode : Encoding.BigEndianUnicode).GetString(text).TrimEnd('\0'));
    }

    private static int Size(DmTagType type) => type switch
    {
        DmTagType.Bool or DmTagType.Char or DmTagType.Octet => 1,
        DmTagType.Int16 or DmTagType.UInt16 => 2,
        DmTagType.Int32 or DmTagType.UInt32 or DmTagType.Float32 => 4,
        DmTagType.Int64 or DmTagType.UInt64 or DmTagType.Float64 => 8,
        _ => throw ProblemException.Unreadable($"A value of type {(int)type} is not known to DigitalMicrograph files."),
    };

    private JsonNode Number(DmTagType type, ReadOnlySpan<byte> bytes)
    {
        Span<byte> little = stackalloc byte[8];
        bytes.CopyTo(little);
        if (!littleEndian)
        {
            little[..bytes.Length].Reverse();
        }

        return type switch
        {
            DmTagType.Bool => JsonValue.Create(little[0] != 0),
            DmTagType.Char => JsonValue.Create((sbyte)little[0]),
            DmTagType.Octet => JsonValue.Create(little[0]),
            DmTagType.Int16 => JsonValue.Create(BinaryPrimitives.ReadInt16LittleEndian(little)),
            DmTagType.UInt16 => JsonValue.Create(BinaryPrimitives.ReadUInt16LittleEndian(little)),
            DmTagType.Int32 => JsonValue.Create(BinaryPrimitives.ReadInt32LittleEndian(little)),
            DmTagType.UInt32 => JsonValue.Create(BinaryPrimitives.ReadUInt32LittleEndian(little)),
            DmTagType.Int64 => JsonValue.Create(BinaryPrimitives.ReadInt64LittleEndian(little)),
            DmTagType.UInt64 => JsonValue.Create(BinaryPrimitives.ReadUInt64LittleEndian(little)),
            DmTagType.Float32 => MetadataTree.Leaf(BinaryPrimitives.ReadSingleLittleEndian(little)),
            _ => MetadataTree.Leaf(BinaryPrimitives.ReadDoubleLittleEndian(little)),
        };
    }
}
