using System.Buffers.Binary;
using System.Text;
using CryoHub.Imaging;

namespace CryoHub.Formats.Hdf5;

/// <summary>The global heaps of a file, <see href="https://docs.hdfgroup.org/hdf5/v1_10/_f_m_t3.html#GlobalHeap"/>: every length is compared with what is there.</summary>
internal sealed class Hdf5Heaps(Hdf5Source source)
{
    private const int Header = 16;
    private const long Largest = 1 << 26;
    private const long Kept = 1 << 24;

    private readonly Dictionary<long, Dictionary<int, ReadOnlyMemory<byte>>?> heaps = [];
    private readonly IByteSource bytes = source.Bytes;
    private long held;

    /// <summary>The texts that references lead to; an empty text where one leads nowhere, none at all where they are too long together.</summary>
    public IReadOnlyList<string> Texts(ReadOnlySpan<byte> references, long largest)
    {
        var texts = new List<string>();
        for (; references.Length >= Hdf5References.Bytes; references = references[Hdf5References.Bytes..])
        {
            // 0: length, 4: address, 12: number
            var length = BinaryPrimitives.ReadUInt32LittleEndian(references);
            var item = length == 0 ? default : Find(BinaryPrimitives.ReadInt64LittleEndian(references[4..]), BinaryPrimitives.ReadInt32LittleEndian(references[12..]));
            var text = item.Span[..(int)Math.Min(length, (uint)item.Length)];
            if ((largest -= text.Length) < 0)
            {
                return [];
            }

            texts.Add(Encoding.UTF8.GetString(text.IndexOf((byte)0) is >= 0 and var end ? text[..end] : text));
        }

        return texts;
    }

    private ReadOnlyMemory<byte> Find(long address, int number)
    {
        if (address < 0 || address > bytes.Length - Header - source.Start)
        {
            return default;
        }

        if (!heaps.TryGetValue(address, out var heap))
        {
            if (held > Kept)
            {
                heaps.Clear();
                held = 0;
            }

            heaps[address] = heap = Read(source.Start + address);
        }

        return heap is not null && heap.TryGetValue(number, out var item) ? item : default;
    }

    // 0: "GCOL", 4: version 1, 8: size of the collection; then objects: 0: number, 2: uses, 8: size, 16: bytes, filled up to multiples of 8; number 0 is free room.
    private Dictionary<int, ReadOnlyMemory<byte>>? Read(long at)
    {
        var head = Block(at, Header);
        var size = BinaryPrimitives.ReadInt64LittleEndian(head.AsSpan(8));
        if (!head.AsSpan(0, 5).SequenceEqual("GCOL\u0001"u8) || size < Header || size > Math.Min(bytes.Length - at, Largest))
        {
            return null;
        }

        var heap = Block(at, size);
        held += size;
        var items = new Dictionary<int, ReadOnlyMemory<byte>>();
        for (var next = Header; next + Header <= heap.Length;)
        {
            var number = BinaryPrimitives.ReadUInt16LittleEndian(heap.AsSpan(next));
            var length = BinaryPrimitives.ReadInt64LittleEndian(heap.AsSpan(next + 8));
            if (number == 0 || length < 0 || length > heap.Length - next - Header)
            {
                break;
            }

            items[number] = heap.AsMemory(next + Header, (int)length);
            next += Header + (int)((length + 7) / 8 * 8);
        }

        return items;
    }

    private byte[] Block(long at, long length)
    {
        var block = new byte[length];
        source.Read(at, block);
        return block;
    }
}
