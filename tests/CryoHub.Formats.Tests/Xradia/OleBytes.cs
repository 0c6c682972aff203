using System.Buffers.Binary;
using System.Text;

namespace CryoHub.Formats.Tests.Xradia;

/// <summary>A compound file made byte for byte after [MS-CFB]: one storage for each first part of a path, streams in the order given.</summary>
internal sealed class OleBytes(int sectorBytes)
{
    private const uint End = 0xFFFFFFFE, Free = 0xFFFFFFFF, TableMark = 0xFFFFFFFD;
    private const int MiniLimit = 4096;

    private readonly List<byte[]> sectors = [];
    private readonly List<uint> table = [];

    /// <summary>The last sector of every regular stream points back to its first.</summary>
    public bool Circular { get; init; }

    public byte[] File(params (string Path, byte[] Content)[] streams)
    {
        var mini = new List<byte>();
        var miniTable = new List<uint>();
        var entries = new List<(string Name, byte Type, uint Child, uint Next, uint Start, int Length)> { ("Root Entry", 5, 1, Free, 0, 0) };
        var storages = streams.GroupBy(stream => stream.Path.Split('/')[0]).ToList();
        foreach (var storage in storages)
        {
            var last = storage == storages[^1];
            entries.Add((storage.Key, 1, (uint)entries.Count + 1, last ? Free : (uint)(entries.Count + 1 + storage.Count()), 0, 0));
            foreach (var (path, content) in storage)
            {
                var isMini = content.Length < MiniLimit;
                var start = isMini ? Mini(content, mini, miniTable) : Chain(content, Circular);
                var isLast = path == storage.Last().Path;
                entries.Add((path.Split('/')[1], 2, Free, isLast ? Free : (uint)entries.Count + 1, start, content.Length));
            }
        }

        entries[0] = entries[0] with { Start = mini.Count > 0 ? Chain([.. mini], false) : End, Length = mini.Count };
        var miniTableStart = miniTable.Count > 0 ? Chain([.. miniTable.SelectMany(BitConverter.GetBytes)], false) : End;
        var directory = Chain([.. entries.SelectMany(Entry)], false);
        return [.. Head(directory, miniTableStart), .. sectors.SelectMany(sector => sector)];
    }

    private static uint Mini(byte[] content, List<byte> mini, List<uint> miniTable)
    {
        var start = (uint)miniTable.Count;
        var count = (content.Length + 63) / 64;
        for (var i = 1; i <= count; i++)
        {
            miniTable.Add(i == count ? End : start + (uint)i);
        }

        mini.AddRange(content);
        mini.AddRange(new byte[(count * 64) - content.Length]);
        return start;
    }

    /// <summary>Every second sector of a chain lies after the others, so that chains are not contiguous.</summary>
    private uint Chain(byte[] content, bool circular)
    {
        var parts = content.Chunk(sectorBytes).ToList();
        var order = Enumerable.Range(0, parts.Count).OrderBy(i => i % 2).ToList();
        var first = (uint)sectors.Count;
        var places = new uint[parts.Count];
        foreach (var part in order)
        {
            places[part] = (uint)sectors.Count;
            sectors.Add([.. parts[part], .. new byte[sectorBytes - parts[part].Length]]);
            table.Add(0);
        }

        for (var i = 0; i < parts.Count; i++)
        {
            table[(int)places[i]] = i + 1 < parts.Count ? places[i + 1] : circular ? places[0] : End;
        }

        return parts.Count > 0 ? places[0] : first;
    }

    private static byte[] Entry((string Name, byte Type, uint Child, uint Next, uint Start, int Length) entry)
    {
        var bytes = new byte[128];
        Encoding.Unicode.GetBytes(entry.Name).CopyTo(bytes, 0);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(64), (ushort)((entry.Name.Length + 1) * 2));
        bytes[66] = entry.Type;
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(68), Free);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(72), entry.Next);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(76), entry.Type == 2 ? Free : entry.Child);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(116), entry.Start);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(120), entry.Length);
        return bytes;
    }

    private byte[] Head(uint directory, uint miniTableStart)
    {
        var perSector = sectorBytes / 4;
        var tableSectors = (table.Count + perSector) / perSector;
        var head = new byte[sectorBytes];
        Convert.FromHexString("D0CF11E0A1B11AE1").CopyTo(head, 0);
        BinaryPrimitives.WriteUInt16LittleEndian(head.AsSpan(30), (ushort)int.Log2(sectorBytes));
        BinaryPrimitives.WriteUInt16LittleEndian(head.AsSpan(32), 6);
        foreach (var (at, word) in ((int, uint)[])[(44, (uint)tableSectors), (48, directory), (56, MiniLimit), (60, miniTableStart), (68, End)])
        {
            BinaryPrimitives.WriteUInt32LittleEndian(head.AsSpan(at), word);
        }

        head.AsSpan(76, 436).Fill(0xFF);
        for (var i = 0; i < tableSectors; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(head.AsSpan(76 + (4 * i)), (uint)sectors.Count + (uint)i);
        }

        uint[] all = [.. table, .. Enumerable.Repeat(TableMark, tableSectors)];
        uint[] padded = [.. all, .. Enumerable.Repeat(Free, (tableSectors * perSector) - all.Length)];
        sectors.AddRange(padded.SelectMany(BitConverter.GetBytes).Chunk(sectorBytes));
        return head;
    }
}
