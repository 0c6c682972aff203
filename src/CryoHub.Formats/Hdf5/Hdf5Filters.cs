using System.Collections.Immutable;
using System.Runtime.InteropServices;
using CryoHub.Formats.Bzip2;
using CryoHub.Formats.Compression;
using CryoHub.Imaging;
using CryoHub.Imaging.Pyramids;

namespace CryoHub.Formats.Hdf5;

/// <summary>
/// The registered filters of HDF5 that files of this field use beside the built-in ones: bzip2 (307), LZF (32000), Blosc (32001), LZ4 (32004), bit shuffle (32008), Zstandard (32015).
/// Own code, registered in the library, which calls it chunk by chunk; nothing is loaded from a disk.
/// </summary>
internal static unsafe class Hdf5Filters
{
    private const uint Reading = 0x0100;            // H5Z_FLAG_REVERSE
    private const int BloscHeader = 16;

    private const int Checksum = 4;

    public static ImmutableArray<int> Numbers { get; } = [307, 32000, 32001, 32004, 32008, 32015];

    /// <summary>Bytes of a chunk of the dataset that is being read: the library itself would read past the end of a shorter one. Guarded by the library's gate.</summary>
    public static long ChunkBytes { get; set; }

    private delegate byte[]? Unpacker(ReadOnlySpan<byte> packed, ReadOnlySpan<uint> values);

    /// <summary>To be called once, before the first file is opened.</summary>
    public static void Register()
    {
        Register(Numbers[0], "bzip2", &UnpackBzip2);
        Register(Numbers[1], "lzf", &UnpackLzf);
        Register(Numbers[2], "blosc", &UnpackBlosc);
        Register(Numbers[3], "lz4", &UnpackLz4);
        Register(Numbers[4], "bitshuffle", &UnpackBitShuffle);
        Register(Numbers[5], "zstd", &UnpackZstd);
    }

    private static void Register(int number, string name, delegate* unmanaged<uint, nuint, uint*, nuint, nuint*, void**, nuint> filter)
    {
        var kind = new Hdf5FilterClass { Version = 1, Number = number, CanDecode = 1, Name = (byte*)Marshal.StringToCoTaskMemUTF8(name), Filter = filter };
        LibHdf5.RegisterFilter(&kind);
    }

    [UnmanagedCallersOnly]
    private static nuint UnpackBzip2(uint flags, nuint count, uint* values, nuint bytes, nuint* room, void** buffer) =>
        Run(flags, new(values, (int)count), bytes, room, buffer, (packed, _) => Plain(packed, ChunkBytes, UnpackBzip2));

    private static bool UnpackBzip2(ReadOnlySpan<byte> packed, Span<byte> plain)
    {
        using var stream = new Bzip2Stream(new MemoryStream(packed.ToArray()));
        return stream.ReadAtLeast(plain, plain.Length, throwOnEndOfStream: false) == plain.Length;
    }

    // Values: version of the filter, version of LZF, bytes of the chunk.
    [UnmanagedCallersOnly]
    private static nuint UnpackLzf(uint flags, nuint count, uint* values, nuint bytes, nuint* room, void** buffer) =>
        Run(flags, new(values, (int)count), bytes, room, buffer, (packed, given) => given.Length > 2 ? Plain(packed, given[2], LzfBlock.Unpack) : null);

    // The chunk states its size at byte 4.
    [UnmanagedCallersOnly]
    private static nuint UnpackBlosc(uint flags, nuint count, uint* values, nuint bytes, nuint* room, void** buffer) =>
        Run(flags, new(values, (int)count), bytes, room, buffer, (packed, _) => packed.Length > BloscHeader ? Plain(packed, MemoryMarshal.Read<uint>(packed[4..]), Blosc.Decompress) : null);

    [UnmanagedCallersOnly]
    private static nuint UnpackLz4(uint flags, nuint count, uint* values, nuint bytes, nuint* room, void** buffer) =>
        Run(flags, new(values, (int)count), bytes, room, buffer, (packed, _) => Lz4Chunk.Unpack(packed));

    // Values: major and minor version, bytes of an element, elements of a block, compression.
    [UnmanagedCallersOnly]
    private static nuint UnpackBitShuffle(uint flags, nuint count, uint* values, nuint bytes, nuint* room, void** buffer) =>
        Run(flags, new(values, (int)count), bytes, room, buffer, (packed, given) =>
            given.Length > 2 ? BitShuffleChunk.Unpack(packed, given[2], given.Length > 3 ? given[3] : 0, given.Length > 4 ? given[4] : 0) : null);

    [UnmanagedCallersOnly]
    private static nuint UnpackZstd(uint flags, nuint count, uint* values, nuint bytes, nuint* room, void** buffer) =>
        Run(flags, new(values, (int)count), bytes, room, buffer, (packed, _) => Plain(packed, ChunkBytes, Zstd.Unpack));

    private static byte[]? Plain(ReadOnlySpan<byte> packed, long size, BlockUnpacker unpack)
    {
        var plain = Plausible.Is(packed.Length, size) ? new byte[size] : null;
        return plain is not null && unpack(packed, plain) ? plain : null;
    }

    private static nuint Run(uint flags, ReadOnlySpan<uint> values, nuint bytes, nuint* room, void** buffer, Unpacker unpack)
    {
        try
        {
            if ((flags & Reading) == 0 || bytes > int.MaxValue || unpack(new ReadOnlySpan<byte>(*buffer, (int)bytes), values) is not { Length: > 0 } plain
                || (plain.Length != ChunkBytes && plain.Length != ChunkBytes + Checksum))
            {
                return 0;
            }

            var target = LibHdf5.AllocateMemory((nuint)plain.Length, 0);
            if (target == null)
            {
                return 0;
            }

            plain.CopyTo(new Span<byte>(target, plain.Length));
            LibHdf5.FreeMemory(*buffer);
            *buffer = target;
            *room = (nuint)plain.Length;
            return (nuint)plain.Length;
        }
        catch (Exception e) when (e is ProblemException or OutOfMemoryException or OverflowException or IndexOutOfRangeException or ArgumentException or InvalidDataException)
        {
            return 0;       // no exception may cross libhdf5's frames: the library then says that the chunk cannot be read
        }
    }
}
