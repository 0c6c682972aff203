using System.Buffers.Binary;
using System.Runtime.InteropServices;
using CryoHub.Imaging;

namespace CryoHub.Formats.Hdf5;

/// <summary>
/// Local heaps, where old groups keep the names of their members: <see href="https://docs.hdfgroup.org/hdf5/v1_10/_f_m_t3.html#LocalHeap"/>. libhdf5 1.10 follows their list of free
/// blocks for ever where it runs in a circle, and takes memory at each step, so the list is walked before the library sees the heap.
/// </summary>
internal static class Hdf5LocalHeap
{
    private const int Prefix = 32;
    private const int LeastBlock = 16;
    private const ulong EndOfList = 1;

    /// <exception cref="ProblemException">Unreadable: the list has more blocks than the heap has room for.</exception>
    public static void Check(Hdf5Source source, ReadOnlySpan<byte> read)
    {
        // 0: "HEAP", 4: version 0, 8: bytes of the names, 16: first free block, 24: address of the names
        if (read.Length < Prefix || !read.StartsWith("HEAP\0"u8))
        {
            return;     // the names themselves
        }

        var (size, free, start) = (Number(read, 8), Number(read, 16), Number(read, 24));
        var room = (ulong)(source.Bytes.Length - source.Start);
        var steps = size / LeastBlock;
        Span<byte> link = stackalloc byte[8];
        while (free != EndOfList && start < room && size <= room - start && free <= size - Math.Min(size, LeastBlock))
        {
            if (steps-- == 0)
            {
                throw ProblemException.Unreadable($"The free blocks of the heap of names at byte {start} ({size} bytes) run in a circle.");
            }

            source.Read(source.Start + (long)(start + free), link);       // 0: next free block, 8: its size
            free = MemoryMarshal.Read<ulong>(link);
        }
    }

    private static ulong Number(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt64LittleEndian(bytes[at..]);
}
