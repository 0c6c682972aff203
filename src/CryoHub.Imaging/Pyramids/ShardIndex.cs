using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace CryoHub.Imaging.Pyramids;

/// <summary>The table at the end of a shard (zarr v3 sharding_indexed): offset and length of each chunk as little-endian 64-bit numbers, then their CRC-32C.</summary>
internal static class ShardIndex
{
    /// <summary>Offset and length of a chunk that is not stored: it lies beyond the array.</summary>
    public const ulong Absent = ulong.MaxValue;

    public static int Bytes(int chunks) => (16 * chunks) + 4;

    public static void Write(ReadOnlySpan<(ulong Offset, ulong Length)> entries, Span<byte> destination)
    {
        for (var i = 0; i < entries.Length; i++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(destination[(16 * i)..], entries[i].Offset);
            BinaryPrimitives.WriteUInt64LittleEndian(destination[((16 * i) + 8)..], entries[i].Length);
        }

        BinaryPrimitives.WriteUInt32LittleEndian(destination[(16 * entries.Length)..], Crc32C(destination[..(16 * entries.Length)]));
    }

    public static (ulong Offset, ulong Length)[] Read(ReadOnlySpan<byte> bytes)
    {
        if (BinaryPrimitives.ReadUInt32LittleEndian(bytes[^4..]) != Crc32C(bytes[..^4]))
        {
            throw ProblemException.Unreadable("A shard's index does not match its checksum: the stored pixels are damaged.");
        }

        var entries = new (ulong, ulong)[bytes.Length / 16];
        for (var i = 0; i < entries.Length; i++)
        {
            entries[i] = (BinaryPrimitives.ReadUInt64LittleEndian(bytes[(16 * i)..]), BinaryPrimitives.ReadUInt64LittleEndian(bytes[((16 * i) + 8)..]));
        }

        return entries;
    }

    /// <summary>Castagnoli's polynomial, by the processor's instruction where it has one; the length is a multiple of 8.</summary>
    private static uint Crc32C(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var word in MemoryMarshal.Cast<byte, ulong>(bytes))
        {
            crc = BitOperations.Crc32C(crc, word);
        }

        return ~crc;
    }
}
