using System.Buffers.Binary;

namespace CryoHub.Formats.Compression;

/// <summary>A chunk of HDF5's filter 32004: total size and block size, both big endian, then blocks that are LZ4 or, where that did not help, plain.</summary>
internal static class Lz4Chunk
{
    /// <summary><c>null</c> where the chunk is damaged.</summary>
    public static byte[]? Unpack(ReadOnlySpan<byte> packed)
    {
        if (packed.Length < 12)
        {
            return null;
        }

        var total = BinaryPrimitives.ReadInt64BigEndian(packed);        // 0: size when unpacked
        var block = BinaryPrimitives.ReadInt32BigEndian(packed[8..]);   // 8: size of a block when unpacked
        if (!Plausible.Is(packed.Length, total) || block <= 0)
        {
            return null;
        }

        var plain = new byte[total];
        var at = 12;
        for (var done = 0; done < plain.Length;)
        {
            var target = plain.AsSpan(done, Math.Min(block, plain.Length - done));
            if (at + 4 > packed.Length || BinaryPrimitives.ReadInt32BigEndian(packed[at..]) is var size && (size <= 0 || size > packed.Length - at - 4))
            {
                return null;
            }

            var piece = packed.Slice(at + 4, size);
            if (size == target.Length)
            {
                piece.CopyTo(target);
            }
            else if (!Lz4Block.Unpack(piece, target))
            {
                return null;
            }

            (at, done) = (at + 4 + size, done + target.Length);
        }

        return plain;
    }
}
