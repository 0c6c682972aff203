using CryoHub.Formats.Bytes;
using CryoHub.Imaging;
using CryoHub.Imaging.Sources;

namespace CryoHub.Formats.Matlab;

/// <summary>One data element: its type, and where its bytes are.</summary>
internal readonly record struct MatElement(IByteSource Source, int Type, long Offset, long Bytes, long Next)
{
    public const int Matrix = 14;
    public const int Compressed = 15;

    /// <summary>The element at <paramref name="at"/>: eight bytes of tag, or four where up to four bytes of content stand in the other four.</summary>
    public static async Task<MatElement> ReadAsync(IByteSource source, long at, bool bigEndian, CancellationToken ct)
    {
        var tag = await source.ReadBlockAsync(at, 8, ct);
        var words = new BlockReader(tag, bigEndian);
        var first = words.UInt32();
        if (first >> 16 is > 0 and var small)
        {
            return small <= 4 ? new MatElement(source, (int)(first & 0xFFFF), at + 4, small, at + 8)
                : throw ProblemException.Unreadable($"A small element of {small} bytes stands at byte {at}; it holds four.");
        }

        var bytes = (long)words.UInt32();
        if (bytes > source.Length - at - 8)
        {
            throw ProblemException.Unreadable($"The element at byte {at} claims {bytes} bytes; {source.Length - at - 8} are left.");
        }

        // Elements begin at multiples of eight bytes, except compressed ones, which are not padded.
        var padded = first == Compressed ? bytes : (bytes + 7) / 8 * 8;
        return new MatElement(source, (int)first, at + 8, bytes, at + 8 + padded);
    }

    public async Task<byte[]> ContentAsync(long most, CancellationToken ct) =>
        Bytes <= most ? await Source.ReadBlockAsync(Offset, Bytes, ct)
            : throw ProblemException.Unreadable($"An element of {Bytes} bytes stands at byte {Offset}; at most {most} are expected there.");
}
