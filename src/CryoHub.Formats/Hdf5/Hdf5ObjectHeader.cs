using System.Buffers.Binary;
using CryoHub.Imaging;

namespace CryoHub.Formats.Hdf5;

/// <summary>
/// Object headers, <see href="https://docs.hdfgroup.org/hdf5/v1_10/_f_m_t3.html#ObjectHeader"/>, looked at before the library decodes their attributes: libhdf5 1.10 copies as much as
/// type and extent of an attribute promise, whatever room its message has. Addresses and lengths of 8 bytes only; what is damaged otherwise the library refuses itself.
/// </summary>
internal static class Hdf5ObjectHeader
{
    private const int Continuation = 0x10, Attribute = 0x0C;
    private const int SharedMessage = 2;
    private const int MostBlocks = 4096;
    private const int LargestBlock = 1 << 24;

    /// <exception cref="ProblemException">Unreadable: an attribute promises more than its message holds.</exception>
    public static void CheckAttributes(Hdf5Source source, ulong address)
    {
        if (Bytes(source, address, 64) is not { } prefix)
        {
            return;
        }

        var isNew = prefix.AsSpan().StartsWith("OHDR\u0002"u8);
        var waiting = new Queue<(ulong At, ulong Size)>();
        var tracksOrder = false;
        if (isNew)
        {
            // 5: flags; times and limits of attribute storage where the flags say so; then the size of the first block in 1, 2, 4 or 8 bytes
            var (flags, at) = (prefix[5], 6 + ((prefix[5] & 0x20) != 0 ? 16 : 0) + ((prefix[5] & 0x10) != 0 ? 4 : 0));
            var width = 1 << (flags & 3);
            tracksOrder = (flags & 4) != 0;
            waiting.Enqueue((address + (ulong)(at + width), Number(prefix.AsSpan(at, width))));
        }
        else
        {
            waiting.Enqueue((address + 16, BinaryPrimitives.ReadUInt32LittleEndian(prefix.AsSpan(8))));     // 0: version 1, 2: messages, 8: size of the first block
        }

        for (var blocks = 0; waiting.TryDequeue(out var block) && blocks < MostBlocks; blocks++)
        {
            if (Bytes(source, block.At, block.Size) is { } messages)
            {
                Walk(messages, isNew, tracksOrder, waiting);
            }
        }
    }

    private static void Walk(ReadOnlySpan<byte> block, bool isNew, bool tracksOrder, Queue<(ulong At, ulong Size)> waiting)
    {
        if (isNew && block.StartsWith("OCHK"u8))
        {
            block = block[4..^4];     // a checksum ends it
        }

        var head = isNew ? tracksOrder ? 6 : 4 : 8;
        while (block.Length >= head)
        {
            var (type, size, flags) = isNew
                ? (block[0], BinaryPrimitives.ReadUInt16LittleEndian(block[1..]), block[3])
                : (BinaryPrimitives.ReadUInt16LittleEndian(block), BinaryPrimitives.ReadUInt16LittleEndian(block[2..]), block[4]);
            if (size > block.Length - head)
            {
                return;
            }

            var message = block.Slice(head, size);
            if (type == Continuation && size >= 16)
            {
                waiting.Enqueue((BinaryPrimitives.ReadUInt64LittleEndian(message), BinaryPrimitives.ReadUInt64LittleEndian(message[8..])));
            }
            else if (type == Attribute && (flags & SharedMessage) == 0)
            {
                Hdf5AttributeMessage.Check(message);
            }

            block = block[(head + size)..];
        }
    }

    private static byte[]? Bytes(Hdf5Source source, ulong address, ulong size)
    {
        var room = (ulong)(source.Bytes.Length - source.Start);
        if (address >= room || size is 0 or > LargestBlock)
        {
            return null;
        }

        var bytes = new byte[(int)Math.Min(size, room - address)];
        source.Read(source.Start + (long)address, bytes);
        return bytes.Length >= 16 ? bytes : null;
    }

    private static ulong Number(ReadOnlySpan<byte> bytes)
    {
        var number = 0UL;
        for (var i = bytes.Length - 1; i >= 0; i--)
        {
            number = (number << 8) | bytes[i];
        }

        return number;
    }
}
