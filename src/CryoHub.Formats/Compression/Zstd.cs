using System.Runtime.InteropServices;

namespace CryoHub.Formats.Compression;

/// <summary>Zstandard frames, unpacked by libzstd: <see href="https://www.rfc-editor.org/rfc/rfc8878"/>.</summary>
internal static unsafe partial class Zstd
{
    private const string Library = "libzstd.so.1";

    /// <summary>False where the packed bytes do not give exactly <paramref name="plain"/>.</summary>
    public static bool Unpack(ReadOnlySpan<byte> packed, Span<byte> plain)
    {
        fixed (byte* from = packed)
        fixed (byte* to = plain)
        {
            return Decompress(to, (nuint)plain.Length, from, (nuint)packed.Length) == (nuint)plain.Length;     // an error is a number near the largest
        }
    }

    [LibraryImport(Library, EntryPoint = "ZSTD_decompress")]
    private static partial nuint Decompress(byte* plain, nuint room, byte* packed, nuint length);
}
