using System.Buffers.Binary;
using System.IO.Compression;
using CryoHub.Imaging;
using CryoHub.Imaging.Sources;

namespace CryoHub.Formats.Bruker;

/// <summary>A zlib-compressed file of the container, readable at any place: blocks of one size, the newest of them kept.</summary>
internal sealed class SfsBlocks : IByteSource
{
    private const int FirstBlock = 0x80;
    private const int BlockHeader = 16;
    private const int LargestBlock = 1 << 26;
    private const long DeflateAtBest = 1032;

    private readonly IByteSource stored;
    private readonly int blockSize;
    private readonly (long Offset, int Bytes)[] blocks;
    private Block? newest;

    private SfsBlocks(IByteSource stored, int blockSize, (long Offset, int Bytes)[] blocks) => (this.stored, this.blockSize, this.blocks) = (stored, blockSize, blocks);

    public long Length { get; private set; }

    /// <summary>The file itself where it is not compressed.</summary>
    public static async Task<IByteSource> OpenAsync(IByteSource stored, CancellationToken ct)
    {
        if (stored.Length < FirstBlock)
        {
            return stored;
        }

        var header = new byte[16];
        await stored.ReadAsync(0, header, ct);
        if (!header.AsSpan().StartsWith("AACS"u8))
        {
            return stored;
        }

        var blockSize = BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(4));               // 4: bytes of a block once inflated
        var count = BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(12));                 // 12: number of blocks
        if (blockSize is <= 0 or > LargestBlock || count > stored.Length / BlockHeader)
        {
            throw ProblemException.Unreadable($"The compressed file claims {count} blocks of {blockSize} bytes; it stores {stored.Length} bytes.");
        }

        var open = new SfsBlocks(stored, blockSize, await FindAsync(stored, count, ct));
        open.Length = count == 0 ? 0 : ((count - 1L) * blockSize) + (await open.InflateAsync((int)count - 1, ct)).Length;
        return open;
    }

    public async ValueTask ReadAsync(long offset, Memory<byte> destination, CancellationToken ct)
    {
        ByteRange.Check(offset, destination.Length, Length);
        while (destination.Length > 0)
        {
            var (index, inside) = Math.DivRem(offset, blockSize);
            var block = newest is { } kept && kept.Index == index ? kept : newest = new Block(index, await InflateAsync((int)index, ct));
            var count = (int)Math.Min(block.Bytes.Length - inside, destination.Length);
            if (count <= 0)
            {
                throw ProblemException.Unreadable($"Block {index} inflates to {block.Bytes.Length} bytes; {blockSize} were promised.");
            }

            block.Bytes.AsMemory((int)inside, count).CopyTo(destination);
            destination = destination[count..];
            offset += count;
        }
    }

    private static async Task<(long Offset, int Bytes)[]> FindAsync(IByteSource stored, uint count, CancellationToken ct)
    {
        var blocks = new (long Offset, int Bytes)[count];
        var header = new byte[4];
        var at = (long)FirstBlock;
        for (var block = 0; block < blocks.Length; block++)
        {
            await stored.ReadAsync(at, header, ct);                                             // 0: compressed bytes of the block
            var bytes = BinaryPrimitives.ReadUInt32LittleEndian(header);
            at += BlockHeader;
            if (bytes > LargestBlock || bytes > stored.Length - at)
            {
                throw ProblemException.Unreadable($"Compressed block {block} claims {bytes} bytes; {Math.Max(0, stored.Length - at)} are left.");
            }

            blocks[block] = (at, (int)bytes);
            at += bytes;
        }

        return blocks;
    }

    private async Task<byte[]> InflateAsync(int index, CancellationToken ct)
    {
        var packed = new byte[blocks[index].Bytes];
        await stored.ReadAsync(blocks[index].Offset, packed, ct);
        try
        {
            using var inflate = new ZLibStream(new MemoryStream(packed), CompressionMode.Decompress);
            var bytes = new byte[Math.Min(blockSize, (packed.Length * DeflateAtBest) + 64)];
            var got = inflate.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);      // a bomb ends here: never more than a block
            return bytes[..got];
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            throw ProblemException.Unreadable($"Compressed block {index} of {blocks.Length} cannot be inflated: {e.Message}", e);
        }
    }

    private sealed record Block(long Index, byte[] Bytes);
}
