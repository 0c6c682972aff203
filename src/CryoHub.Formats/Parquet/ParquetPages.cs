using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using CryoHub.Formats.Compression;
using CryoHub.Imaging;

namespace CryoHub.Formats.Parquet;

/// <summary>The pages of one column in one group of rows.</summary>
internal sealed class ParquetPages(ParquetColumn column, int codec)
{
    private const int LargestPage = 256 << 20;

    private readonly Dictionary<string, int> words = new(StringComparer.Ordinal);
    private double[] dictionary = [];

    public IReadOnlyCollection<string> Words => words.Keys;

    /// <summary>Adds the values of all pages in <paramref name="bytes"/> until <paramref name="wanted"/> are there; NaN for empty cells.</summary>
    public void Read(ReadOnlySpan<byte> bytes, long wanted, List<double> values)
    {
        var end = values.Count + wanted;
        var at = 0;
        while (values.Count < end && at < bytes.Length)
        {
            var head = ThriftStruct.Read(bytes, ref at);
            var (plain, packed) = (head.Integer(2) ?? 0, head.Integer(3) ?? 0);
            if (packed < 0 || packed > bytes.Length - at || plain < 0 || plain > LargestPage)
            {
                throw ProblemException.Unreadable($"A page of column {column.Name} promises {packed} bytes ({plain} unpacked); {bytes.Length - at} are left.");
            }

            var content = bytes.Slice(at, (int)packed);
            at += (int)packed;
            switch (head.Integer(1))
            {
                case 0 when head.Struct(5) is { } first:
                    First(Unpack(content, (int)plain, codec), Count(first, 1, end - values.Count), (int)(first.Integer(2) ?? 0), values);
                    break;
                case 3 when head.Struct(8) is { } second:
                    Second(content, (int)plain, second, Count(second, 1, end - values.Count), values);
                    break;
                case 2 when head.Struct(7) is { } words:
                    var entries = Unpack(content, (int)plain, codec);
                    dictionary = Plain(entries, (int)Math.Clamp(words.Integer(1) ?? 0, 0, entries.Length));
                    break;
            }
        }

        if (values.Count < end)
        {
            throw ProblemException.Unreadable($"Column {column.Name} ends {end - values.Count} values early.");
        }
    }

    private int Count(ThriftStruct head, int id, long most) => head.Integer(id) is >= 0 and var count && count <= most
        ? (int)count
        : throw ProblemException.Unreadable($"A page of column {column.Name} promises {head.Integer(id)} values; {most} are left of its rows.");

    /// <summary>Version 1: marks for "not empty" (length and runs) before the values, packed together.</summary>
    private void First(ReadOnlySpan<byte> page, int count, int encoding, List<double> values)
    {
        var marks = new int[count];
        Array.Fill(marks, 1);
        if (column.IsOptional)
        {
            var length = page.Length >= 4 ? BinaryPrimitives.ReadInt32LittleEndian(page) : -1;
            if (length < 0 || length > page.Length - 4)
            {
                throw ProblemException.Unreadable($"Marks of column {column.Name} promise {length} bytes; the page has {page.Length}.");
            }

            HybridRuns.Read(page.Slice(4, length), 1, marks);
            page = page[(4 + length)..];
        }

        Spread(Values(page, marks.Sum(), encoding), marks, values);
    }

    /// <summary>Version 2: marks are never packed, their length is in the head.</summary>
    private void Second(ReadOnlySpan<byte> content, int plain, ThriftStruct head, int count, List<double> values)
    {
        var (repetition, definition) = (head.Integer(6) ?? 0, head.Integer(5) ?? 0);
        if (repetition < 0 || definition < 0 || repetition + definition > Math.Min(content.Length, plain))
        {
            throw ProblemException.Unreadable($"Marks of column {column.Name} promise {repetition + definition} bytes; the page has {content.Length}.");
        }

        var marks = new int[count];
        Array.Fill(marks, 1);
        if (column.IsOptional && definition > 0)
        {
            HybridRuns.Read(content.Slice((int)repetition, (int)definition), 1, marks);
        }

        var skip = (int)(repetition + definition);
        var packed = content[skip..];
        Spread(Values(head.Integer(7) == 0 ? packed : Unpack(packed, plain - skip, codec), marks.Sum(), (int)(head.Integer(4) ?? 0)), marks, values);
    }

    private static void Spread(double[] found, int[] marks, List<double> values)
    {
        var next = 0;
        foreach (var mark in marks)
        {
            values.Add(mark == 0 ? double.NaN : found[next++]);
        }
    }

    private double[] Values(ReadOnlySpan<byte> page, int count, int encoding) => encoding switch
    {
        0 => Plain(page, count),
        2 or 8 => Indexed(page, count),
        3 when column.Type == 0 => Runs(page.Length > 4 ? page[4..] : page, count),
        5 => Packed(page, count),
        9 => Split(page, count),
        _ => throw ProblemException.Unreadable($"Column {column.Name} has encoding {encoding}; plain, dictionary, runs, differences and split bytes (0, 2, 3, 5, 8, 9) are read."),
    };

    private double[] Indexed(ReadOnlySpan<byte> page, int count)
    {
        var indices = new int[count];
        if (count > 0)
        {
            HybridRuns.Read(page.Length > 0 ? page[1..] : throw Short(count, page.Length), page[0], indices);
        }

        var values = new double[count];
        for (var i = 0; i < count; i++)
        {
            values[i] = (uint)indices[i] < (uint)dictionary.Length ? dictionary[indices[i]]
                : throw ProblemException.Unreadable($"Column {column.Name} asks for word {indices[i]}; its dictionary has {dictionary.Length}.");
        }

        return values;
    }

    private static double[] Runs(ReadOnlySpan<byte> page, int count)
    {
        var values = new int[count];
        HybridRuns.Read(page, 1, values);
        return [.. values.Select(value => (double)value)];
    }

    private double[] Packed(ReadOnlySpan<byte> page, int count)
    {
        var values = new long[count];
        HybridRuns.Differences(page, values);
        return [.. values.Select(value => value * column.Factor)];
    }

    /// <summary>All first bytes, then all second ones.</summary>
    private double[] Split(ReadOnlySpan<byte> page, int count)
    {
        var width = column.Type is 1 or 4 ? 4 : 8;
        if ((long)count * width > page.Length)
        {
            throw Short(count, page.Length);
        }

        var joined = new byte[count * width];
        for (var i = 0; i < joined.Length; i++)
        {
            joined[i] = page[((i % width) * count) + (i / width)];
        }

        return Plain(joined, count);
    }

    private double[] Plain(ReadOnlySpan<byte> page, int count)
    {
        var values = new double[count];
        if (column.IsText)
        {
            Texts(page, values);
            return values;
        }

        var bits = column.Type switch { 0 => 1, 1 or 4 => 32, 3 => 96, _ => 64 };
        if (((long)count * bits) + 7 >> 3 > page.Length)
        {
            throw Short(count, page.Length);
        }

        for (var i = 0; i < count; i++)
        {
            values[i] = column.Type switch
            {
                0 => page[i / 8] >> (i % 8) & 1,
                1 => BinaryPrimitives.ReadInt32LittleEndian(page[(4 * i)..]) * column.Factor,
                2 => BinaryPrimitives.ReadInt64LittleEndian(page[(8 * i)..]) * column.Factor,
                3 => ((BinaryPrimitives.ReadUInt32LittleEndian(page[((12 * i) + 8)..]) - 2_440_588.0) * 86_400) + (BinaryPrimitives.ReadInt64LittleEndian(page[(12 * i)..]) / 1e9),   // Julian day, nanoseconds of it
                4 => BinaryPrimitives.ReadSingleLittleEndian(page[(4 * i)..]),
                _ => BinaryPrimitives.ReadDoubleLittleEndian(page[(8 * i)..]),
            };
        }

        return values;
    }

    private void Texts(ReadOnlySpan<byte> page, double[] values)
    {
        var at = 0;
        for (var i = 0; i < values.Length; i++)
        {
            var length = column.Type == 7 ? column.FixedBytes : at + 4 <= page.Length ? BinaryPrimitives.ReadInt32LittleEndian(page[at..]) : -1;
            at += column.Type == 7 ? 0 : 4;
            if (length < 0 || length > page.Length - at)
            {
                throw Short(values.Length, page.Length);
            }

            var word = column.Type == 7 ? Convert.ToHexString(page.Slice(at, length)) : Encoding.UTF8.GetString(page.Slice(at, length));
            at += length;
            if (!words.TryGetValue(word, out var index))
            {
                words.Add(word, index = words.Count);
            }

            values[i] = index;
        }
    }

    private ProblemException Short(int count, int bytes) => ProblemException.Unreadable($"A page of column {column.Name} holds {bytes} bytes, too few for {count} values.");

    private ReadOnlySpan<byte> Unpack(ReadOnlySpan<byte> packed, int plain, int method)
    {
        if (method == 0)
        {
            return packed;
        }

        if (!Plausible.Is(packed.Length, plain))
        {
            throw ProblemException.Unreadable($"A page of column {column.Name} promises {plain} bytes out of {packed.Length} packed ones.");
        }

        var bytes = new byte[plain];
        var isWhole = method switch
        {
            1 => SnappyBlock.Unpack(packed, bytes),
            2 => Inflate(packed, bytes, stream => new GZipStream(stream, CompressionMode.Decompress)),
            4 => Inflate(packed, bytes, stream => new BrotliStream(stream, CompressionMode.Decompress)),
            6 => Zstd.Unpack(packed, bytes),
            7 => Lz4Block.Unpack(packed, bytes),
            _ => throw ProblemException.Unreadable($"Column {column.Name} is packed by method {method}; none, Snappy, gzip, Brotli, Zstandard and LZ4 (0, 1, 2, 4, 6, 7) are read."),
        };
        return isWhole ? bytes : throw ProblemException.Unreadable($"A page of column {column.Name} does not unpack to its {plain} bytes: it is damaged.");
    }

    private static bool Inflate(ReadOnlySpan<byte> packed, Span<byte> plain, Func<Stream, Stream> open)
    {
        try
        {
            using var stream = open(new MemoryStream(packed.ToArray()));
            return stream.ReadAtLeast(plain, plain.Length, throwOnEndOfStream: false) == plain.Length;
        }
        catch (Exception broken) when (broken is InvalidDataException or InvalidOperationException or IOException)
        {
            return false;
        }
    }
}
