using System.Buffers.Binary;
using System.Text;
using System.Text.Json.Nodes;
using CryoHub.Formats.Bytes;
using CryoHub.Imaging;

namespace CryoHub.Formats.AtomProbe;

/// <summary>One section of an .apt file: records of one type, one for each ion where the relation says so.</summary>
internal sealed record AptSection(string Type, string Unit, uint Relationship, uint RecordType, uint DataType, int DataBits, int RecordBytes, long Records, long Bytes, long At)
{
    private const int HeaderBytes = 148;

    public int Width => DataBits > 0 ? RecordBytes * 8 / DataBits : 0;

    /// <summary>A record of fixed size for each ion: relation 1 is one to one, record type 1 fixed; data types 1, 2, 3 are signed, unsigned, floating.</summary>
    public bool IsPerIon(long ions) =>
        Relationship == 1 && Records == ions && DataType is 1 or 2 or 3 && DataBits is 8 or 16 or 32 or 64 && !(DataType == 3 && DataBits < 32)
        && Width is >= 1 and <= 16 && Width * DataBits == 8 * RecordBytes && Bytes / RecordBytes == ions;

    public JsonObject Tree => new()
    {
        ["wcSectionType"] = Type,
        ["wcDataUnit"] = Unit,
        ["eRelationshipType"] = Relationship,
        ["eRecordType"] = RecordType,
        ["eRecordDataType"] = DataType,
        ["iDataTypeSize"] = DataBits,
        ["iRecordSize"] = RecordBytes,
        ["llRecordCount"] = Records,
        ["llByteCount"] = Bytes,
    };

    public static async Task<AptSection> ReadAsync(ByteCursor cursor, CancellationToken ct)
    {
        // 0: "SEC\0", 4: header's bytes, 8: its version, 12: type (32 UTF-16), 76: section's version, 80: relation, 84: record type, 88: data type, 92: bits,
        // 96: record's bytes, 100: unit (16 UTF-16), 132: records, 140: bytes; what follows in the header depends on the section.
        var start = cursor.Position;
        var head = (await cursor.TakeAsync(HeaderBytes, ct)).ToArray();
        if (!head.AsSpan().StartsWith("SEC\0"u8))
        {
            throw ProblemException.Unreadable($"A section was expected at byte {start}; the bytes there are {Convert.ToHexString(head.AsSpan(0, 4))}.");
        }

        var headerBytes = BinaryPrimitives.ReadInt32LittleEndian(head.AsSpan(4));
        cursor.Skip(headerBytes - HeaderBytes);
        var at = cursor.Position;
        var bytes = BinaryPrimitives.ReadInt64LittleEndian(head.AsSpan(140));
        cursor.Skip(bytes);
        return new AptSection(Text(head.AsSpan(12, 64)), Text(head.AsSpan(100, 32)), Unsigned(80), Unsigned(84), Unsigned(88),
            (int)Unsigned(92), (int)Unsigned(96), BinaryPrimitives.ReadInt64LittleEndian(head.AsSpan(132)), bytes, at);

        uint Unsigned(int offset) => BinaryPrimitives.ReadUInt32LittleEndian(head.AsSpan(offset));
    }

    public static string Text(ReadOnlySpan<byte> utf16)
    {
        var text = Encoding.Unicode.GetString(utf16);
        var end = text.IndexOf('\0', StringComparison.Ordinal);
        return end < 0 ? text : text[..end];
    }
}
