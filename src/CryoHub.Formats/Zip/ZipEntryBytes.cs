using System.Buffers.Binary;

namespace CryoHub.Formats.Zip;

/// <summary>
/// The records of a zip archive of stored members, with 64-bit fields where a number needs them. No times: equal names and contents give equal bytes.
/// </summary>
internal static class ZipEntryBytes
{
    private const ushort Utf8Name = 1 << 11;
    private const ushort FirstDay = (1 << 5) | 1;   // 1 January 1980, the earliest date there is

    /// <summary>Length of <see cref="Local"/>.</summary>
    public static int LocalLength(int nameBytes, long size) => 30 + nameBytes + (size >= uint.MaxValue ? 20 : 0);

    public static byte[] Local(ReadOnlySpan<byte> name, uint crc, long size)
    {
        // 0: PK34; 4: version; 6: flags; 12: date; 14: CRC; 18, 22: sizes; 26: name; 28: extra field
        var bytes = new byte[LocalLength(name.Length, size)];
        "PK\u0003\u0004"u8.CopyTo(bytes);
        Shared(bytes.AsSpan(4), name, crc, size, bytes.Length - 30 - name.Length);
        name.CopyTo(bytes.AsSpan(30));
        Wide(bytes.AsSpan(30 + name.Length), size >= uint.MaxValue ? [size, size] : []);
        return bytes;
    }

    public static byte[] Central(ReadOnlySpan<byte> name, uint crc, long size, long offset)
    {
        // 0: PK12; 4: made by; 6: as in the local header, from its byte 4 on; 42: where that header stands
        long[] wide = [.. size >= uint.MaxValue ? (long[])[size, size] : [], .. offset >= uint.MaxValue ? (long[])[offset] : []];
        var bytes = new byte[46 + name.Length + (wide.Length > 0 ? 4 + (8 * wide.Length) : 0)];
        "PK\u0001\u0002"u8.CopyTo(bytes);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(4), 45);
        Shared(bytes.AsSpan(6), name, crc, size, bytes.Length - 46 - name.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(42), Narrow(offset));
        name.CopyTo(bytes.AsSpan(46));
        Wide(bytes.AsSpan(46 + name.Length), wide);
        return bytes;
    }

    /// <summary>What follows the directory: where it stands and how many members it has.</summary>
    public static byte[] End(long count, long start, long length)
    {
        var isWide = count >= ushort.MaxValue || start >= uint.MaxValue || length >= uint.MaxValue;
        var bytes = new byte[isWide ? 98 : 22];
        if (isWide)
        {
            // 0: PK66, size of the rest, versions; 24, 32: members; 40: length; 48: start; 56: PK67; 64: where PK66 stands; 72: one disk
            "PK\u0006\u0006"u8.CopyTo(bytes);
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(4), 44);
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(12), 45);
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(14), 45);
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(24), count);
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(32), count);
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(40), length);
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(48), start);
            "PK\u0006\u0007"u8.CopyTo(bytes.AsSpan(56));
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(64), start + length);
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(72), 1);
        }

        // 0: PK56; 8, 10: members; 12: length; 16: start
        var end = bytes.AsSpan(bytes.Length - 22);
        "PK\u0005\u0006"u8.CopyTo(end);
        var few = (ushort)Math.Min(count, ushort.MaxValue);
        BinaryPrimitives.WriteUInt16LittleEndian(end[8..], few);
        BinaryPrimitives.WriteUInt16LittleEndian(end[10..], few);
        BinaryPrimitives.WriteUInt32LittleEndian(end[12..], Narrow(length));
        BinaryPrimitives.WriteUInt32LittleEndian(end[16..], Narrow(start));
        return bytes;
    }

    private static void Shared(Span<byte> bytes, ReadOnlySpan<byte> name, uint crc, long size, int extra)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, 45);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[2..], Utf8Name);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[8..], FirstDay);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[10..], crc);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[14..], Narrow(size));
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[18..], Narrow(size));
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[22..], checked((ushort)name.Length));
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[24..], (ushort)extra);
    }

    private static void Wide(Span<byte> extra, ReadOnlySpan<long> values)
    {
        if (values.Length == 0)
        {
            return;
        }

        BinaryPrimitives.WriteUInt16LittleEndian(extra, 1);
        BinaryPrimitives.WriteUInt16LittleEndian(extra[2..], (ushort)(8 * values.Length));
        for (var i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(extra[(4 + (8 * i))..], values[i]);
        }
    }

    private static uint Narrow(long value) => (uint)Math.Min(value, uint.MaxValue);
}
