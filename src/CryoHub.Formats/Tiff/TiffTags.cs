using System.Buffers.Binary;
using System.Text;
using CryoHub.Imaging;

namespace CryoHub.Formats.Tiff;

/// <summary>The tags of one page (an IFD); values that do not fit into the directory are read when asked for.</summary>
internal sealed class TiffTags
{
    // Lists of strips and vendors' texts stay below this; pixels are never read as a tag.
    private const long LargestValue = 1 << 26;

    private static readonly int[] TypeBytes = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8];

    private readonly IByteSource file;
    private readonly TiffLayout layout;
    private readonly Dictionary<int, int> entries = [];
    private readonly byte[] block;

    public TiffTags(IByteSource file, TiffLayout layout, long offset, byte[] block)
    {
        this.file = file;
        this.layout = layout;
        this.block = block;
        Offset = offset;
        for (var at = 0; at + layout.EntryBytes <= block.Length; at += layout.EntryBytes)
        {
            entries.TryAdd(layout.UInt16(block.AsSpan(at)), at);                                // 0: tag
        }
    }

    /// <summary>Where the directory begins in the file.</summary>
    public long Offset { get; }

    public TiffLayout Layout => layout;

    public IEnumerable<int> Names => entries.Keys;

    public bool Has(int tag) => entries.ContainsKey(tag);

    public async ValueTask<byte[]> BytesAsync(int tag, CancellationToken ct)
    {
        if (!entries.TryGetValue(tag, out var at))
        {
            return [];
        }

        var (type, count) = Shape(at);
        var size = TypeBytes[type] * (decimal)count;
        var inline = block.AsMemory(at + layout.EntryBytes - layout.WordBytes, layout.WordBytes);
        if (size <= layout.WordBytes)
        {
            return inline[..(int)size].ToArray();
        }

        var offset = layout.Word(inline.Span);
        if (size > LargestValue || offset > (ulong)file.Length || size > file.Length - (long)offset)
        {
            throw ProblemException.Unreadable($"Tag {tag} claims {size} bytes at byte {offset} of a file of {file.Length}.");
        }

        var value = new byte[(int)size];
        await file.ReadAsync((long)offset, value, ct);
        return value;
    }

    /// <summary>Integers of any width; empty where the tag is absent.</summary>
    public async ValueTask<long[]> LongsAsync(int tag, CancellationToken ct)
    {
        var bytes = await BytesAsync(tag, ct);
        var type = entries.TryGetValue(tag, out var at) ? Shape(at).Type : 0;
        var width = TypeBytes[type];
        var values = new long[width is 1 or 2 or 4 or 8 ? bytes.Length / width : 0];
        for (var i = 0; i < values.Length; i++)
        {
            var value = bytes.AsSpan(i * width);
            values[i] = (width, type) switch
            {
                (1, 6) => (sbyte)value[0],
                (1, _) => value[0],
                (2, 8) => (short)layout.UInt16(value),
                (2, _) => layout.UInt16(value),
                (4, 9) => (int)layout.UInt32(value),
                (4, _) => layout.UInt32(value),
                _ => (long)Math.Min(long.MaxValue, layout.UInt64(value)),
            };
        }

        return values;
    }

    public async ValueTask<long> LongAsync(int tag, long otherwise, CancellationToken ct) => (await LongsAsync(tag, ct)) is [var first, ..] ? first : otherwise;

    /// <summary>Numbers of any type, rationals divided out.</summary>
    public async ValueTask<double[]> NumbersAsync(int tag, CancellationToken ct)
    {
        var type = entries.TryGetValue(tag, out var at) ? Shape(at).Type : 0;
        if (type is not (5 or 10 or 11 or 12))
        {
            return [.. (await LongsAsync(tag, ct)).Select(value => (double)value)];
        }

        var bytes = await BytesAsync(tag, ct);
        var values = new double[bytes.Length / TypeBytes[type]];
        for (var i = 0; i < values.Length; i++)
        {
            var value = bytes.AsSpan(i * TypeBytes[type]);
            values[i] = type switch
            {
                5 => (double)layout.UInt32(value) / layout.UInt32(value[4..]),
                10 => (double)(int)layout.UInt32(value) / (int)layout.UInt32(value[4..]),
                11 => BitConverter.UInt32BitsToSingle(layout.UInt32(value)),
                _ => BitConverter.UInt64BitsToDouble(layout.UInt64(value)),
            };
        }

        return values;
    }

    public async ValueTask<double?> NumberAsync(int tag, CancellationToken ct) => (await NumbersAsync(tag, ct)) is [var first, ..] && double.IsFinite(first) ? first : null;

    /// <summary>Text, as UTF-8 where it is valid, else as Latin-1; empty where the tag is absent.</summary>
    public async ValueTask<string> TextAsync(int tag, CancellationToken ct)
    {
        var bytes = await BytesAsync(tag, ct);
        var text = System.Text.Unicode.Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : Encoding.Latin1.GetString(bytes);
        return text.TrimEnd('\0', ' ', '\r', '\n');
    }

    public bool IsText(int tag) => Shape(entries[tag]).Type == 2;

    public ulong Count(int tag) => Shape(entries[tag]).Count;

    private (int Type, ulong Count) Shape(int at)
    {
        var type = layout.UInt16(block.AsSpan(at + 2));                                         // 2: type
        var count = layout.Word(block.AsSpan(at + 4));                                          // 4: number of values
        return (type < TypeBytes.Length ? type : 0, count);
    }
}
