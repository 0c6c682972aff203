using System.Buffers.Binary;

namespace CryoHub.Formats.Compression;

/// <summary>
/// A chunk of HDF5's filter 32008, bit shuffle (Masui et al., Astronomy and Computing 12, 2015, 181): within blocks of elements all first bits come first, then all
/// second bits and so on; each block may be packed by LZ4 or Zstandard. Up to seven elements at the end stand as they are.
/// </summary>
internal static class BitShuffleChunk
{
    private const int PackedByLz4 = 2;
    private const int PackedByZstd = 3;
    private const int Together = 8;
    private const int TargetBlock = 8192;
    private const int LeastBlock = 128;

    /// <summary><c>null</c> where the chunk is damaged or packed otherwise.</summary>
    /// <param name="packed">The chunk.</param>
    /// <param name="element">Bytes of an element.</param>
    /// <param name="block">Elements of a block; 0 means the default of 8 KiB.</param>
    /// <param name="method">0: shuffled only, 2: LZ4, 3: Zstandard.</param>
    public static byte[]? Unpack(ReadOnlySpan<byte> packed, uint element, uint block, uint method)
    {
        if (element is 0 or > 1024 || block > 1 << 28 || method is not (0 or PackedByLz4 or PackedByZstd))
        {
            return null;
        }

        var size = (int)element;
        var elements = block > 0 ? (int)block : Math.Max(LeastBlock, TargetBlock / size / Together * Together);
        if (method == 0)
        {
            return elements % Together == 0 ? Walk(packed, new byte[packed.Length], size, elements, null) : null;
        }

        if (packed.Length < 12)
        {
            return null;
        }

        var total = BinaryPrimitives.ReadInt64BigEndian(packed);            // 0: bytes when unpacked
        elements = BinaryPrimitives.ReadInt32BigEndian(packed[8..]) / size; // 8: bytes of a block
        return Plausible.Is(packed.Length, total) && elements > 0 && elements % Together == 0 && (long)elements * size <= Plausible.LargestBlock
            ? Walk(packed[12..], new byte[total], size, elements, method == PackedByLz4 ? Lz4Block.Unpack : Zstd.Unpack)
            : null;
    }

    private static byte[]? Walk(ReadOnlySpan<byte> packed, byte[] plain, int size, int elements, BlockUnpacker? unpack)
    {
        var (at, done, left) = (0, 0, plain.Length / size);
        var shuffled = new byte[Math.Min(elements, left) * size];
        while (left >= Together)
        {
            var count = Math.Min(elements, left / Together * Together);
            var bits = shuffled.AsSpan(0, count * size);
            var length = unpack is not null && at + 4 <= packed.Length ? BinaryPrimitives.ReadInt32BigEndian(packed[at..]) : bits.Length;
            at += unpack is not null ? 4 : 0;
            if (length <= 0 || length > packed.Length - at || !(unpack is not null ? unpack(packed.Slice(at, length), bits) : packed.Slice(at, length).TryCopyTo(bits)))
            {
                return null;
            }

            Unshuffle(bits, plain.AsSpan(done, bits.Length), count, size);
            (at, done, left) = (at + length, done + bits.Length, left - count);
        }

        if (plain.Length - done > packed.Length - at)
        {
            return null;
        }

        packed.Slice(at, plain.Length - done).CopyTo(plain.AsSpan(done));
        return plain;
    }

    // Row 8b + k of the bits holds bit k of byte b of every element.
    private static void Unshuffle(ReadOnlySpan<byte> bits, Span<byte> plain, int count, int size)
    {
        var row = count / Together;
        for (var b = 0; b < size; b++)
        {
            var rows = bits.Slice(b * Together * row, Together * row);
            for (var j = 0; j < row; j++)
            {
                var x = 0ul;
                for (var k = 0; k < Together; k++)
                {
                    x |= (ulong)rows[(k * row) + j] << (8 * k);
                }

                x = Transpose(x);
                for (var i = 0; i < Together; i++)
                {
                    plain[(((Together * j) + i) * size) + b] = (byte)(x >> (8 * i));
                }
            }
        }
    }

    // An 8 x 8 matrix of bits turned about its diagonal: Warren, Hacker's Delight, section 7-3.
    private static ulong Transpose(ulong x)
    {
        var t = (x ^ (x >> 7)) & 0x00AA00AA00AA00AA;
        x ^= t ^ (t << 7);
        t = (x ^ (x >> 14)) & 0x0000CCCC0000CCCC;
        x ^= t ^ (t << 14);
        t = (x ^ (x >> 28)) & 0x00000000F0F0F0F0;
        return x ^ t ^ (t << 28);
    }
}
