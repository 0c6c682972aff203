using System.Buffers.Binary;
using System.Text;
using CryoHub.Imaging;

namespace CryoHub.Formats.Bruker;

/// <summary>AidAim's "single file system": a little disk inside a file, with chunks as clusters and chains of chunks as tables.</summary>
internal sealed class SfsContainer
{
    private const int HeaderBytes = 0x14C;
    private const int EntryBytes = 0x200;
    private const int ChunkHeader = 0x20;

    // The chunks count from the end of the file header; each begins with 32 bytes, the first four of which name the next chunk of a table.
    private const int FirstChunk = 0x118;

    private readonly IByteSource file;
    private readonly int chunkSize;
    private readonly byte[] tree;

    private SfsContainer(IByteSource file, int chunkSize, byte[] tree) => (this.file, this.chunkSize, this.tree) = (file, chunkSize, tree);

    private int Usable => chunkSize - ChunkHeader;

    public static bool IsOne(ReadOnlySpan<byte> head) => head.StartsWith("AAMVHFSS"u8);

    public static async Task<SfsContainer> OpenAsync(IByteSource file, CancellationToken ct)
    {
        var header = new byte[Math.Min(HeaderBytes, file.Length)];
        await file.ReadAsync(0, header, ct);
        if (!IsOne(header) || header.Length < HeaderBytes)
        {
            var head = Convert.ToHexString(header.AsSpan(0, Math.Min(8, header.Length)));
            throw ProblemException.Unreadable($"A Bruker hypermap begins with AAMVHFSS and a header of {HeaderBytes} bytes; this file of {file.Length} bytes begins with {head}.");
        }

        var chunkSize = BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(0x128));           // 0x128: bytes of a chunk
        var treeChunk = BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(0x140));          // 0x140: first chunk of the directory
        var entries = BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(0x144));            // 0x144: number of directory entries
        if (chunkSize < ChunkHeader + EntryBytes || chunkSize > 1 << 24)
        {
            throw ProblemException.Unreadable($"The container states chunks of {chunkSize} bytes; {ChunkHeader + EntryBytes} to {1 << 24} are possible.");
        }

        var container = new SfsContainer(file, chunkSize, []);
        var perChunk = (chunkSize - ChunkHeader) / EntryBytes * EntryBytes;
        var tree = await container.TableAsync(treeChunk, (long)entries * EntryBytes, perChunk, "directory", ct);
        return new SfsContainer(file, chunkSize, tree);
    }

    /// <summary>Names of the files in a folder of the container.</summary>
    public IEnumerable<string> Files(string folder) =>
        Enumerable.Range(0, tree.Length / EntryBytes).Where(entry => !IsFolder(entry) && Parent(entry) == folder).Select(Name);

    /// <summary>The decompressed content of one file; <c>null</c> where the container has none of that name.</summary>
    public async Task<IByteSource?> FileAsync(string folder, string name, CancellationToken ct)
    {
        for (var entry = 0; entry < tree.Length / EntryBytes; entry++)
        {
            if (!IsFolder(entry) && Name(entry) == name && Parent(entry) == folder)
            {
                return await SfsBlocks.OpenAsync(await PlainAsync(entry, ct), ct);
            }
        }

        return null;
    }

    private async Task<SfsFile> PlainAsync(int entry, CancellationToken ct)
    {
        var start = BinaryPrimitives.ReadUInt32LittleEndian(Entry(entry));                      // 0: first chunk of the table of chunks
        var length = BinaryPrimitives.ReadInt64LittleEndian(Entry(entry)[4..]);                 // 4: stored bytes
        if (length < 0 || length > file.Length)
        {
            throw ProblemException.Unreadable($"{Name(entry)} claims {length} bytes inside a file of {file.Length}.");
        }

        var chunks = (length + Usable - 1) / Usable;
        var table = await TableAsync(start, chunks * 4, Usable / 4 * 4, Name(entry), ct);
        var offsets = new long[chunks];
        for (var chunk = 0; chunk < offsets.Length; chunk++)
        {
            offsets[chunk] = ((long)BinaryPrimitives.ReadUInt32LittleEndian(table.AsSpan(chunk * 4)) * chunkSize) + FirstChunk + ChunkHeader;
        }

        return new SfsFile(file, offsets, Usable, length);
    }

    // A table may run over several chunks, each naming its successor; the byte count, checked against the file, ends the walk even round a circle.
    private async Task<byte[]> TableAsync(uint chunk, long bytes, int perChunk, string what, CancellationToken ct)
    {
        if (bytes > file.Length)
        {
            throw ProblemException.Unreadable($"The table of {what} claims {bytes} bytes inside a file of {file.Length}.");
        }

        var table = new byte[bytes];
        var head = new byte[4];
        for (var done = 0; done < table.Length; done += perChunk)
        {
            var at = ((long)chunk * chunkSize) + FirstChunk;
            await file.ReadAsync(at, head, ct);
            await file.ReadAsync(at + ChunkHeader, table.AsMemory(done, Math.Min(perChunk, table.Length - done)), ct);
            chunk = BinaryPrimitives.ReadUInt32LittleEndian(head);
        }

        return table;
    }

    private ReadOnlySpan<byte> Entry(int entry) => tree.AsSpan(entry * EntryBytes, EntryBytes);

    private bool IsFolder(int entry) => Entry(entry)[220] != 0;                                 // 220: 1 = folder

    private string Name(int entry) => Encoding.UTF8.GetString(Entry(entry).Slice(224, 256)).TrimEnd('\0');   // 224: name

    private string? Parent(int entry)
    {
        var parent = BinaryPrimitives.ReadInt32LittleEndian(Entry(entry)[40..]);                // 40: entry of the folder, -1 = root
        return parent >= 0 && parent < tree.Length / EntryBytes ? Name(parent) : null;
    }
}
