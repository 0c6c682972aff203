using System.Buffers.Binary;
using System.Text;
using System.Text.Json.Nodes;
using CryoHub.Imaging;
using CryoHub.Imaging.Sources;

namespace CryoHub.Formats.Npy;

/// <summary>Number type, order and shape of one array, and where its numbers begin.</summary>
/// <param name="Type">As NumPy writes it: text, or a list of fields for records.</param>
/// <param name="FortranOrder">The first axis is the fastest.</param>
/// <param name="Shape">Slowest first in C order.</param>
/// <param name="DataOffset">First byte behind the header.</param>
internal sealed record NpyHeader(JsonNode Type, bool FortranOrder, IReadOnlyList<long> Shape, long DataOffset)
{
    private const int LongestHeader = 1 << 20;
    private const int MostAxes = 32;

    public static async Task<NpyHeader> ReadAsync(IByteSource file, string name, CancellationToken ct)
    {
        // 0: magic, 6: version, 8: length of the description, two bytes in version 1, four later
        var head = await file.ReadBlockAsync(0, Math.Min(12, file.Length), ct);
        if (head.Length < 12 || !head.AsSpan().StartsWith((ReadOnlySpan<byte>)[0x93, .. "NUMPY"u8]) || head[6] is < 1 or > 3)
        {
            throw ProblemException.Unreadable($"{name} begins with {Convert.ToHexString(head)}, not as a NumPy array of version 1, 2 or 3.");
        }

        var (start, length) = head[6] == 1
            ? (10, BinaryPrimitives.ReadUInt16LittleEndian(head.AsSpan(8))) : (12, BinaryPrimitives.ReadUInt32LittleEndian(head.AsSpan(8)));
        if (length > LongestHeader)
        {
            throw ProblemException.Unreadable($"The description of {name} is said to take {length} bytes; at most {LongestHeader} are expected.");
        }

        var text = Encoding.UTF8.GetString(await file.ReadBlockAsync(start, length, ct));
        var tree = PythonLiteral.Parse(text) as JsonObject ?? throw ProblemException.Unreadable($"The description of {name} is no dictionary.");
        var type = tree["descr"] ?? throw ProblemException.Unreadable($"The description of {name} states no number type.");
        return new NpyHeader(type, (tree["fortran_order"] as JsonValue)?.TryGetValue(out bool order) == true && order, ShapeOf(tree, name), start + length);
    }

    private static List<long> ShapeOf(JsonObject tree, string name)
    {
        List<long> shape = [];
        foreach (var size in tree["shape"] as JsonArray ?? throw ProblemException.Unreadable($"The description of {name} states no shape."))
        {
            shape.Add(size is JsonValue value && value.TryGetValue(out long points) && points > 0 && shape.Count < MostAxes ? points
                : throw ProblemException.Unreadable($"The shape of {name} is {tree["shape"]!.ToJsonString()}; 1 to {MostAxes} axes of at least one point are read."));
        }

        return shape;
    }
}
