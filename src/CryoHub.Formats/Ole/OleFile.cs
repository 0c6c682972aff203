using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using CryoHub.Imaging;
using CryoHub.Imaging.Sources;

namespace CryoHub.Formats.Ole;

/// <summary>A compound file (OLE2, [MS-CFB]): streams in storages. Chains are never longer than the file, so none runs in a circle.</summary>
internal sealed class OleFile
{
    private const int EntryBytes = 128;
    private const int MostEntries = 200_000;
    private const int DeepestStorage = 16;
    private const uint LastRegular = 0xFFFFFFF9;

    private readonly IByteSource file;
    private readonly OleHeader header;
    private readonly uint[] table;
    private readonly uint[] miniTable;
    private readonly IByteSource miniStream;
    private readonly Dictionary<string, (uint Start, long Length)> streams = new(StringComparer.Ordinal);

    private OleFile(IByteSource file, OleHeader header, uint[] table, uint[] miniTable, IByteSource miniStream)
    {
        (this.file, this.header, this.table, this.miniTable, this.miniStream) = (file, header, table, miniTable, miniStream);
    }

    /// <summary>Paths of all streams, storages separated by slashes.</summary>
    public IReadOnlyCollection<string> Names => streams.Keys;

    public static async Task<OleFile> OpenAsync(IByteSource file, CancellationToken ct)
    {
        var header = await OleHeader.ReadAsync(file, ct);
        var table = await TableAsync(file, header, ct);
        var entries = await AllAsync(Regular(file, header, table, header.Directory, null), (long)MostEntries * EntryBytes, ct);
        if (entries.Length < EntryBytes)
        {
            throw ProblemException.Unreadable("The compound file has no directory.");
        }

        var miniTable = header.MiniTable < LastRegular
            ? MemoryMarshal.Cast<byte, uint>(await AllAsync(Regular(file, header, table, header.MiniTable, null), file.Length, ct)).ToArray()
            : [];
        var root = Entry(entries, 0);
        IByteSource miniStream = root.Start < LastRegular ? Regular(file, header, table, root.Start, null) : new MemoryByteSource(Array.Empty<byte>());
        var ole = new OleFile(file, header, table, miniTable, miniStream);
        ole.List(entries, root.Child);
        return ole;
    }

    /// <summary>Bytes of a stream; -1 where there is none of that name.</summary>
    public long LengthOf(string path) => streams.TryGetValue(path, out var entry) ? entry.Length : -1;

    /// <summary>A stream; <c>null</c> where there is none of that name.</summary>
    public IByteSource? Stream(string path)
    {
        if (!streams.TryGetValue(path, out var entry))
        {
            return null;
        }

        return entry.Length >= header.MiniLimit
            ? Regular(file, header, table, entry.Start, entry.Length)
            : Chain(miniStream, miniTable, entry.Start, OleHeader.MiniSectorBytes, 0, entry.Length);
    }

    private static OleStream Regular(IByteSource file, OleHeader header, uint[] table, uint start, long? length) =>
        Chain(file, table, start, header.SectorBytes, header.SectorBytes, length);

    /// <summary>Follows a chain; sectors that follow each other become one extent. The last sector of a file may be cut.</summary>
    private static OleStream Chain(IByteSource source, uint[] table, uint start, int sectorBytes, int skip, long? length)
    {
        var need = length is null ? long.MaxValue : (length.Value + sectorBytes - 1) / sectorBytes;
        var extents = new List<OleExtent>();
        var at = 0L;
        var sector = start;
        for (var count = 0L; count < need && sector < LastRegular; count++)
        {
            var offset = skip + ((long)sector * sectorBytes);
            var bytes = Math.Min(sectorBytes, source.Length - offset);
            if (count >= table.Length || sector >= table.Length || bytes <= 0)
            {
                throw ProblemException.Unreadable($"A chain of the compound file leads to sector {sector} after {count} others; there are {table.Length} in {source.Length} bytes.");
            }

            if (extents.Count > 0 && extents[^1] is var last && last.Source + last.Length == offset)
            {
                extents[^1] = last with { Length = last.Length + bytes };
            }
            else
            {
                extents.Add(new OleExtent(at, offset, bytes));
            }

            at += bytes;
            sector = table[sector];
        }

        return length > at
            ? throw ProblemException.Unreadable($"A stream of the compound file promises {length} bytes; its chain holds {at}.")
            : new OleStream(source, extents, length ?? at);
    }

    private static async Task<uint[]> TableAsync(IByteSource file, OleHeader header, CancellationToken ct)
    {
        var sectors = header.TableSectors.Where(sector => sector < LastRegular).ToList();
        var perSector = header.SectorBytes / sizeof(uint);
        var next = header.TableChain;
        for (var count = 0L; next < LastRegular; count++)
        {
            if (count > header.Sectors || sectors.Count > header.Sectors)
            {
                throw ProblemException.Unreadable($"The allocation table of the compound file lists more than its {header.Sectors} sectors.");
            }

            var list = MemoryMarshal.Cast<byte, uint>(await SectorAsync(file, header, next, ct)).ToArray();
            sectors.AddRange(list.Take(perSector - 1).Where(sector => sector < LastRegular));
            next = list[^1];
        }

        // A table that covers more than twice the file is padding at best.
        var useful = (int)Math.Min(sectors.Count, (header.Sectors / perSector) + 2);
        var table = new uint[useful * perSector];
        for (var i = 0; i < useful; i++)
        {
            MemoryMarshal.Cast<byte, uint>(await SectorAsync(file, header, sectors[i], ct)).CopyTo(table.AsSpan(i * perSector));
        }

        return table;
    }

    /// <summary>One sector; what the file is short of is read as free.</summary>
    private static async Task<byte[]> SectorAsync(IByteSource file, OleHeader header, uint sector, CancellationToken ct)
    {
        var offset = ((long)sector + 1) * header.SectorBytes;
        var bytes = new byte[header.SectorBytes];
        bytes.AsSpan().Fill(0xFF);
        ByteRange.Check(offset, 1, file.Length);
        await file.ReadAsync(offset, bytes.AsMemory(0, (int)Math.Min(bytes.Length, file.Length - offset)), ct);
        return bytes;
    }

    private static async Task<byte[]> AllAsync(IByteSource stream, long most, CancellationToken ct) => stream.Length <= most
        ? await stream.ReadBlockAsync(0, stream.Length & ~3L, ct)
        : throw ProblemException.Unreadable($"A directory of the compound file takes {stream.Length} bytes; at most {most} are read.");

    private static (byte Type, uint Left, uint Right, uint Child, uint Start, ulong Length, string Name) Entry(byte[] entries, uint index)
    {
        var entry = entries.AsSpan((int)index * EntryBytes, EntryBytes);
        var name = Encoding.Unicode.GetString(entry[..Math.Clamp(BinaryPrimitives.ReadUInt16LittleEndian(entry[64..]) - 2, 0, 62)]);
        return (entry[66], Word(entry, 68), Word(entry, 72), Word(entry, 76), Word(entry, 116), BinaryPrimitives.ReadUInt64LittleEndian(entry[120..]), name);
    }

    private static uint Word(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);

    /// <summary>Siblings are a binary tree, storages nest; an entry is visited once.</summary>
    private void List(byte[] entries, uint first)
    {
        var visited = new bool[entries.Length / EntryBytes];
        var open = new Stack<(uint Index, string Path, int Depth)>([(first, "", 0)]);
        while (open.TryPop(out var next))
        {
            if (next.Index >= visited.Length || visited[next.Index] || next.Depth > DeepestStorage)
            {
                continue;
            }

            visited[next.Index] = true;
            var entry = Entry(entries, next.Index);
            open.Push((entry.Left, next.Path, next.Depth));
            open.Push((entry.Right, next.Path, next.Depth));
            if (entry.Type == 1)
            {
                open.Push((entry.Child, $"{next.Path}{entry.Name}/", next.Depth + 1));
            }
            else if (entry.Type == 2)
            {
                // Sectors of 512 bytes belong to version 3, which uses the low half of the length only.
                streams[next.Path + entry.Name] = (entry.Start, (long)Math.Min(header.SectorBytes == 512 ? (uint)entry.Length : entry.Length, long.MaxValue));
            }
        }
    }
}
