using System.Buffers.Binary;
using System.Text;
using System.Text.Json.Nodes;
using CryoHub.Imaging;

namespace CryoHub.Formats.Bytes;

/// <summary>Walks through bytes in memory, field by field; running out of them is a <see cref="ProblemException"/>.</summary>
/// <param name="block">The bytes.</param>
/// <param name="bigEndian">Order of the bytes of a number.</param>
/// <param name="text">Encoding of texts; Latin-1 where none is given, which never fails.</param>
public sealed class BlockReader(ReadOnlyMemory<byte> block, bool bigEndian = false, Encoding? text = null)
{
    public int Position { get; private set; }

    public int Length => block.Length;

    public int Remaining => block.Length - Position;

    /// <summary>The next bytes; <paramref name="count"/> may come from the file, it is checked.</summary>
    public ReadOnlySpan<byte> Take(long count)
    {
        if (count < 0 || count > Remaining)
        {
            throw ProblemException.Unreadable($"At byte {Position} {count} more bytes are expected; {Remaining} are left.");
        }

        var taken = block.Span.Slice(Position, (int)count);
        Position += (int)count;
        return taken;
    }

    public BlockReader Skip(long count)
    {
        Take(count);
        return this;
    }

    public BlockReader MoveTo(long position)
    {
        Position = position >= 0 && position <= Length ? (int)position : throw ProblemException.Unreadable($"Byte {position} is pointed at; there are {Length}.");
        return this;
    }

    public byte Byte() => Take(1)[0];

    public short Int16() => bigEndian ? BinaryPrimitives.ReadInt16BigEndian(Take(2)) : BinaryPrimitives.ReadInt16LittleEndian(Take(2));

    public ushort UInt16() => (ushort)Int16();

    public int Int32() => bigEndian ? BinaryPrimitives.ReadInt32BigEndian(Take(4)) : BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    public uint UInt32() => (uint)Int32();

    public long Int64() => bigEndian ? BinaryPrimitives.ReadInt64BigEndian(Take(8)) : BinaryPrimitives.ReadInt64LittleEndian(Take(8));

    public float Float32() => BitConverter.Int32BitsToSingle(Int32());

    public double Float64() => BitConverter.Int64BitsToDouble(Int64());

    /// <summary>A text of fixed length that ends at its first zero; blanks around it are dropped.</summary>
    public string Text(long bytes)
    {
        var taken = Take(bytes);
        return (text ?? Encoding.Latin1).GetString(taken[..(taken.IndexOf((byte)0) is >= 0 and var end ? end : taken.Length)]).Trim();
    }

    /// <summary>
    /// The fields of a record by their own names, for instance <c>version f4, x24, name s8, line u2*48</c>: i and u are integers, f numbers, s texts, x what is
    /// skipped, each with its bytes, and how many there are. A record that ends early gives the fields it has.
    /// </summary>
    public JsonObject Fields(string layout)
    {
        var fields = new JsonObject();
        foreach (var field in layout.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var space = field.LastIndexOf(' ');
            var type = field[(space + 1)..];
            var star = type.IndexOf('*');
            var bytes = int.Parse(type.AsSpan(1, (star < 0 ? type.Length : star) - 1));
            var count = star < 0 ? 1 : int.Parse(type.AsSpan(star + 1));
            if ((long)bytes * count > Remaining)
            {
                break;
            }

            if (type[0] == 'x')
            {
                Skip((long)bytes * count);
            }
            else
            {
                fields[field[..space]] = star < 0 ? Field(type[0], bytes) : new JsonArray([.. Enumerable.Range(0, count).Select(_ => Field(type[0], bytes))]);
            }
        }

        return fields;
    }

    private JsonNode Field(char type, int bytes) => (type, bytes) switch
    {
        ('s', _) => Text(bytes),
        ('u', 1) => Byte(),
        ('u', 2) => UInt16(),
        ('u', 4) => UInt32(),
        ('i', 1) => (sbyte)Byte(),
        ('i', 2) => Int16(),
        ('i', 4) => Int32(),
        ('i', 8) => Int64(),
        ('f', 4) => MetadataTree.Leaf(Float32()),
        ('f', 8) => MetadataTree.Leaf(Float64()),
        _ => throw new ArgumentOutOfRangeException(nameof(type), $"{type}{bytes}", "No such field."),
    };
}
