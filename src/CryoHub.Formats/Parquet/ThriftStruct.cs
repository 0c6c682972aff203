using System.Buffers.Binary;
using System.Text;
using CryoHub.Imaging;

namespace CryoHub.Formats.Parquet;

/// <summary>
/// A structure of Thrift's compact protocol, read without its description: fields by number; integers as <c>long</c>, booleans as 0 and 1, bytes, lists and structures.
/// Specification: <c>github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md</c>.
/// </summary>
internal sealed class ThriftStruct
{
    private const int Deepest = 32;

    private readonly Dictionary<int, object> fields = [];

    /// <summary>Reads one structure and moves <paramref name="at"/> behind it.</summary>
    /// <exception cref="ProblemException">Unreadable: cut off, nested too deeply, or of an unknown kind.</exception>
    public static ThriftStruct Read(ReadOnlySpan<byte> bytes, ref int at, int depth = 0)
    {
        if (depth > Deepest)
        {
            throw ProblemException.Unreadable($"Structures are nested deeper than {Deepest} levels.");
        }

        var structure = new ThriftStruct();
        var id = 0;
        while (true)
        {
            var head = Byte(bytes, ref at);
            if (head == 0)
            {
                return structure;
            }

            id = (head >> 4) == 0 ? (int)ZigZag(VarInt(bytes, ref at)) : id + (head >> 4);
            structure.fields[id] = Value(bytes, ref at, head & 0x0F, depth, isField: true);
        }
    }

    public long? Integer(int id) => fields.TryGetValue(id, out var value) && value is long number ? number : null;

    public string? Text(int id) => fields.TryGetValue(id, out var value) && value is byte[] bytes ? Encoding.UTF8.GetString(bytes) : null;

    public ThriftStruct? Struct(int id) => fields.TryGetValue(id, out var value) ? value as ThriftStruct : null;

    public IReadOnlyList<object> List(int id) => fields.TryGetValue(id, out var value) && value is List<object> list ? list : [];

    /// <summary>Numbers of the fields that are there: of a union, the one that is chosen.</summary>
    public IEnumerable<int> Ids => fields.Keys;

    private static object Value(ReadOnlySpan<byte> bytes, ref int at, int kind, int depth, bool isField) => kind switch
    {
        1 or 2 when isField => kind == 1 ? 1L : 0L,         // a boolean field is its own kind
        1 or 2 => Byte(bytes, ref at) == 1 ? 1L : 0L,
        3 => (long)(sbyte)Byte(bytes, ref at),
        4 or 5 or 6 => ZigZag(VarInt(bytes, ref at)),
        7 => BinaryPrimitives.ReadDoubleLittleEndian(Take(bytes, ref at, 8)),
        8 => Take(bytes, ref at, (long)VarInt(bytes, ref at)).ToArray(),
        9 or 10 => ListOf(bytes, ref at, depth),
        12 => Read(bytes, ref at, depth + 1),
        _ => throw ProblemException.Unreadable($"Byte {at - 1} of the structures says kind {kind}, which is not known."),
    };

    private static List<object> ListOf(ReadOnlySpan<byte> bytes, ref int at, int depth)
    {
        var head = Byte(bytes, ref at);
        var count = (head >> 4) == 15 ? (long)VarInt(bytes, ref at) : head >> 4;
        if (count > bytes.Length - at || depth > Deepest)
        {
            throw ProblemException.Unreadable($"A list promises {count} members; {bytes.Length - at} bytes are left.");
        }

        var list = new List<object>((int)count);
        for (var i = 0; i < count; i++)
        {
            list.Add(Value(bytes, ref at, head & 0x0F, depth + 1, isField: false));
        }

        return list;
    }

    private static byte Byte(ReadOnlySpan<byte> bytes, ref int at) => Take(bytes, ref at, 1)[0];

    private static ReadOnlySpan<byte> Take(ReadOnlySpan<byte> bytes, ref int at, long count)
    {
        if (count < 0 || count > bytes.Length - at)
        {
            throw ProblemException.Unreadable($"The structures end at byte {bytes.Length}; {count} more were expected at byte {at}.");
        }

        var part = bytes.Slice(at, (int)count);
        at += (int)count;
        return part;
    }

    internal static ulong VarInt(ReadOnlySpan<byte> bytes, ref int at)
    {
        var value = 0ul;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var part = Byte(bytes, ref at);
            value |= (ulong)(part & 0x7F) << shift;
            if ((part & 0x80) == 0)
            {
                return value;
            }
        }

        throw ProblemException.Unreadable($"The number before byte {at} has more than 64 bits.");
    }

    internal static long ZigZag(ulong value) => (long)(value >> 1) ^ -(long)(value & 1);
}
