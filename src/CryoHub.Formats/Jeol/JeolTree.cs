using System.Buffers.Binary;
using System.Text;
using System.Text.Json.Nodes;
using CryoHub.Formats.Bytes;
using CryoHub.Imaging;

namespace CryoHub.Formats.Jeol;

/// <summary>Reads the trees of Analysis Station: mark 1, keyword, type, length, value, then what is below it; another mark goes up again.</summary>
internal static class JeolTree
{
    private const int DeepestNesting = 64;
    private const int MostNodes = 20_000;
    private const int LongestValue = 4096;
    private const int LongestKeyword = 1024;

    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);
    private static readonly Encoding ShiftJis = CodePagesEncodingProvider.Instance.GetEncoding(932)!;

    /// <summary>Japanese versions of the program write Shift-JIS.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes)
    {
        bytes = bytes.TrimEnd((byte)0);
        try
        {
            return Utf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return ShiftJis.GetString(bytes);
        }
    }

    public static async Task<JeolNode> ReadAsync(IByteSource file, long at, CancellationToken ct)
    {
        var cursor = new ByteCursor(file, bigEndian: false);
        cursor.MoveTo(at);
        var root = new JeolNode("", 0, at, 0, null);
        var open = new Stack<JeolNode>([root]);
        var nodes = 0;
        while (true)
        {
            if (await cursor.ByteAsync(ct) != 1)
            {
                open.Pop();
                if (open.Count == 0)
                {
                    return root;
                }

                continue;
            }

            if (++nodes > MostNodes || open.Count > DeepestNesting)
            {
                throw ProblemException.Unreadable($"The tree at byte {at} has more than {MostNodes} keywords or is nested deeper than {DeepestNesting} levels.");
            }

            var node = await NodeAsync(cursor, ct);
            open.Peek().Add(node);
            open.Push(node);
        }
    }

    private static async Task<JeolNode> NodeAsync(ByteCursor cursor, CancellationToken ct)
    {
        var length = await cursor.Int32Async(ct);
        if (length is < 1 or > LongestKeyword)
        {
            throw ProblemException.Unreadable($"A keyword of {length} bytes stands at byte {cursor.Position}; 1 to {LongestKeyword} are possible.");
        }

        var name = Decode((await cursor.TakeAsync(length, ct)).Span);
        var type = await cursor.Int32Async(ct);
        var bytes = await cursor.Int32Async(ct);
        var offset = cursor.Position;
        if (bytes is < 0 or > LongestValue)
        {
            cursor.Skip(bytes);
            return new JeolNode(name, type, offset, bytes, null);
        }

        return new JeolNode(name, type, offset, bytes, Value(type, (await cursor.TakeAsync(bytes, ct)).Span));
    }

    private static JsonNode? Value(int type, ReadOnlySpan<byte> bytes) => type switch
    {
        0 => null,
        12 or 20 => Decode(bytes),
        13 => new JsonArray([.. Decode(bytes).Split('\0').Select(text => JsonValue.Create(text))]),
        11 => bytes.Length == 1 ? JsonValue.Create(bytes[0] != 0) : null,
        1 or 6 => Numbers(bytes, 1, value => value[0]),
        2 or 7 or 14 => Numbers(bytes, 2, value => BinaryPrimitives.ReadUInt16LittleEndian(value)),
        3 or 8 => Numbers(bytes, 4, value => BinaryPrimitives.ReadInt32LittleEndian(value)),
        4 or 9 => Numbers(bytes, 4, value => BinaryPrimitives.ReadSingleLittleEndian(value)),
        5 or 10 => Numbers(bytes, 8, value => BinaryPrimitives.ReadDoubleLittleEndian(value)),
        _ => null,      // limits of a dialog's fields
    };

    private static JsonNode? Numbers(ReadOnlySpan<byte> bytes, int size, Func<ReadOnlySpan<byte>, double> read)
    {
        if (bytes.Length == size)
        {
            return MetadataTree.Leaf(read(bytes));
        }

        var list = new JsonArray();
        for (var at = 0; at + size <= bytes.Length; at += size)
        {
            list.Add(MetadataTree.Leaf(read(bytes.Slice(at, size))));
        }

        return list.Count > 0 ? list : null;
    }
}
