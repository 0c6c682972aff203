using System.Buffers.Binary;

namespace CryoHub.Formats.Jet;

/// <summary>Long text: 12 bytes in the row say how long it is and where it goes on.</summary>
internal static class JetMemo
{
    private const uint Inline = 0x8000_0000;
    private const uint OnePage = 0x4000_0000;
    private const int Longest = 64 << 10;

    public static async Task<string> TextAsync(JetDatabase database, ReadOnlyMemory<byte> field, CancellationToken ct)
    {
        if (field.Length < 12)
        {
            return "";
        }

        var length = BinaryPrimitives.ReadUInt32LittleEndian(field.Span);
        if ((length & Inline) != 0)
        {
            return JetRow.Decode(field.Span[12..]);
        }

        var pointer = BinaryPrimitives.ReadUInt32LittleEndian(field.Span[4..]);
        if ((length & OnePage) != 0)
        {
            return JetRow.Decode(JetTable.Slice(await database.PageAsync(pointer >> 8, ct), (int)(pointer & 0xFF)).Span);
        }

        using var text = new MemoryStream();
        for (var seen = new HashSet<uint>(); pointer != 0 && text.Length < Longest && seen.Add(pointer);)
        {
            var part = JetTable.Slice(await database.PageAsync(pointer >> 8, ct), (int)(pointer & 0xFF));
            if (part.Length < 4)
            {
                break;
            }

            text.Write(part.Span[4..]);
            pointer = BinaryPrimitives.ReadUInt32LittleEndian(part.Span);
        }

        return JetRow.Decode(text.ToArray());
    }
}
