using System.Runtime.InteropServices;

namespace CryoHub.Imaging.Pyramids;

/// <summary>The three calls of c-blosc 1 (Debian's libblosc1) that chunks need; all are thread safe.</summary>
public static partial class Blosc
{
    /// <summary>Most bytes that compression adds to data which do not compress.</summary>
    public const int Overhead = 16;

    private const string Library = "libblosc.so.1";

    /// <summary>
    /// Bytes of equal significance are packed apart: the noise of a float's low bytes, found not to compress, no longer spoils its exponent. Half the time of blosc's own
    /// choice for noisy float32 and a smaller result; never larger for the counts and noise that were tried.
    /// </summary>
    private const int AlwaysSplit = 1;
    private const int BlockBytes = 1 << 16;

    static Blosc() => SetSplitMode(AlwaysSplit);

    /// <summary>Packs with zstd, level 1 and byte shuffle; returns the packed length.</summary>
    public static int Compress(ReadOnlySpan<byte> plain, Span<byte> packed, int typeBytes)
    {
        var length = Compress(1, 1, (nuint)typeBytes, (nuint)plain.Length, plain, packed, (nuint)packed.Length, "zstd", BlockBytes, 1);
        return length > 0 ? length : throw new InvalidOperationException($"blosc could not pack {plain.Length} bytes into {packed.Length} (code {length}).");
    }

    /// <summary>Unpacks exactly <paramref name="plain"/>; false where the bytes are no such block.</summary>
    public static bool Decompress(ReadOnlySpan<byte> packed, Span<byte> plain) =>
        Validate(packed, (nuint)packed.Length, out var length) == 0 && length == (nuint)plain.Length && Decompress(packed, plain, length, 1) == plain.Length;

    [LibraryImport(Library, EntryPoint = "blosc_compress_ctx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Compress(
        int level, int shuffle, nuint typeBytes, nuint bytes, ReadOnlySpan<byte> source, Span<byte> destination, nuint room, string compressor, nuint blockBytes, int threads);

    [LibraryImport(Library, EntryPoint = "blosc_set_splitmode")]
    private static partial void SetSplitMode(int mode);

    [LibraryImport(Library, EntryPoint = "blosc_decompress_ctx")]
    private static partial int Decompress(ReadOnlySpan<byte> source, Span<byte> destination, nuint room, int threads);

    [LibraryImport(Library, EntryPoint = "blosc_cbuffer_validate")]
    private static partial int Validate(ReadOnlySpan<byte> packed, nuint packedBytes, out nuint plainBytes);
}
