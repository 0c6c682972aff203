using System.Text;
using CryoHub.Formats.Bytes;
using CryoHub.Imaging;

namespace CryoHub.Formats.Ser;

/// <summary>The head of a TIA series: how many elements, along which dimensions, and where they are.</summary>
internal sealed record SerHeader(bool IsImages, bool HasPositions, int TotalElements, int ValidElements, IReadOnlyList<SerDimension> Dimensions, long[] DataOffsets, long[] TagOffsets)
{
    private const int MostDimensions = 8;
    private const int LongestText = 4096;

    public static async Task<SerHeader> ReadAsync(IByteSource bytes, CancellationToken ct)
    {
        var cursor = new ByteCursor(bytes, bigEndian: false);
        cursor.Skip(4);                                     // 0: byte order, 2: series id
        var version = await cursor.Int16Async(ct);          // 4: 0x210, or 0x220 with 64-bit offsets
        var wide = version >= 0x220;
        var dataType = await cursor.Int32Async(ct);         // 6: 0x4120 spectra, 0x4122 images
        var tagType = await cursor.Int32Async(ct);          // 10: 0x4152 time, 0x4142 time and position
        var total = await cursor.Int32Async(ct);            // 14
        var valid = await cursor.Int32Async(ct);            // 18
        var offsets = wide ? await cursor.Int64Async(ct) : await cursor.Int32Async(ct);   // 22
        var dimensions = await cursor.Int32Async(ct);
        if (dataType is not (0x4120 or 0x4122))
        {
            throw ProblemException.Unreadable($"The series states data of type 0x{dataType:X}; 0x4120 (spectra) and 0x4122 (images) are known.");
        }

        if (valid < 1 || valid > total || dimensions is < 0 or > MostDimensions)
        {
            throw ProblemException.Unreadable($"The series states {valid} valid of {total} elements along {dimensions} dimensions.");
        }

        var list = new List<SerDimension>();
        for (var i = 0; i < dimensions; i++)
        {
            list.Add(new SerDimension(
                await cursor.Int32Async(ct),
                await cursor.Float64Async(ct),
                await cursor.Float64Async(ct),
                await cursor.Int32Async(ct),
                await TextAsync(cursor, ct),
                await TextAsync(cursor, ct)));
        }

        cursor.MoveTo(offsets);
        var data = await OffsetsAsync(cursor, total, wide, ct);
        var tags = await OffsetsAsync(cursor, total, wide, ct);
        return new SerHeader(dataType == 0x4122, tagType == 0x4142, total, valid, list, data, tags);
    }

    private static async Task<string> TextAsync(ByteCursor cursor, CancellationToken ct)
    {
        var length = await cursor.Int32Async(ct);
        return length is >= 0 and <= LongestText
            ? Encoding.Latin1.GetString((await cursor.TakeAsync(length, ct)).Span)
            : throw ProblemException.Unreadable($"A text of {length} characters stands at byte {cursor.Position}; at most {LongestText} are expected.");
    }

    private static async Task<long[]> OffsetsAsync(ByteCursor cursor, int count, bool wide, CancellationToken ct)
    {
        var bytes = count * (wide ? 8L : 4L);
        if (bytes > cursor.Length - cursor.Position)
        {
            throw ProblemException.Unreadable($"The series promises {count} elements, {bytes} bytes of addresses; the file holds {cursor.Length - cursor.Position} more bytes.");
        }

        var offsets = new long[count];
        for (var i = 0; i < count; i++)
        {
            offsets[i] = wide ? await cursor.Int64Async(ct) : (uint)await cursor.Int32Async(ct);
        }

        return offsets;
    }
}
