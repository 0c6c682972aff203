using System.Text;

namespace CryoHub.Formats.Tests.Parquet;

/// <summary>Writes unpacked Parquet files in Thrift's compact protocol, each field with its number's distance in the high half of its first byte.</summary>
internal static class ParquetBytes
{
    /// <summary>A data page of version 1: kind 0, sizes, then values and encoding.</summary>
    public static byte[] Page(int values, int encoding, byte[] content) => Page(values, encoding, content.Length, content);

    /// <summary>The same, packed.</summary>
    public static byte[] Page(int values, int encoding, int plain, byte[] content) =>
        [0x15, 0, 0x15, .. VarInt(2L * plain), 0x15, .. VarInt(2L * content.Length), 0x2C, 0x15, .. VarInt(2L * values), 0x15, .. VarInt(2L * encoding), 0x15, 6, 0x15, 6, 0, 0, .. content];

    /// <summary>A dictionary page: kind 2; its head is field 7.</summary>
    public static byte[] Dictionary(int values, byte[] content) =>
        [0x15, 4, 0x15, .. VarInt(2L * content.Length), 0x15, .. VarInt(2L * content.Length), 0x4C, 0x15, .. VarInt(2L * values), 0x15, 0, 0, 0, .. content];

    public static byte[] File(long rows, params (string Name, int Type, bool IsOptional, byte[] Pages)[] columns) => File(rows, 0, columns);

    public static byte[] File(long rows, int codec, params (string Name, int Type, bool IsOptional, byte[] Pages)[] columns)
    {
        List<byte> file = [.. "PAR1"u8];
        List<byte> chunks = [];
        List<byte> schema = [0x48, 4, .. "root"u8, 0x15, .. VarInt(2L * columns.Length), 0];                       // 4: name, 5: children
        foreach (var (name, type, isOptional, pages) in columns)
        {
            schema.AddRange([0x15, .. VarInt(2L * type), 0x25, (byte)(isOptional ? 2 : 0), 0x18, (byte)name.Length, .. Encoding.UTF8.GetBytes(name), 0]);    // 1: type, 3: repetition, 4: name
            chunks.AddRange(
            [
                0x3C, 0x15, .. VarInt(2L * type), 0x19, 0x15, 0, 0x19, 0x18, (byte)name.Length, .. Encoding.UTF8.GetBytes(name), 0x15, .. VarInt(2L * codec), 0x16, .. VarInt(2 * rows),
                0x16, .. VarInt(2L * pages.Length), 0x16, .. VarInt(2L * pages.Length), 0x26, .. VarInt(2L * file.Count), 0, 0,
            ]);
            file.AddRange(pages);
        }

        byte[] footer =
        [
            0x15, 2, 0x19, (byte)(((columns.Length + 1) << 4) | 12), .. schema, 0x16, .. VarInt(2 * rows), 0x19, 0x1C, 0x19, (byte)((columns.Length << 4) | 12), .. chunks, 0x16, 0, 0x16, .. VarInt(2 * rows), 0, 0,
        ];
        return [.. file, .. footer, .. BitConverter.GetBytes(footer.Length), .. "PAR1"u8];
    }

    private static byte[] VarInt(long value)
    {
        List<byte> bytes = [];
        for (; value > 0x7F; value >>= 7)
        {
            bytes.Add((byte)(value | 0x80));
        }

        return [.. bytes, (byte)value];
    }
}
