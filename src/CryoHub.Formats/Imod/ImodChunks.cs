using System.Buffers.Binary;
using System.Text;
using System.Text.Json.Nodes;
using CryoHub.Imaging;

namespace CryoHub.Formats.Imod;

/// <summary>The chunks of an IMOD model that are no points: size and, where their layout is plain, their numbers.</summary>
internal static class ImodChunks
{
    public static JsonObject Describe(string id, ReadOnlySpan<byte> data) => id switch
    {
        // 3 scales, 3 shifts, 3 rotations of the image when the model was made, then the same of the image it was last shown on.
        "MINX" when data.Length >= 72 => new JsonObject
        {
            ["oscale"] = Floats(data, 0, 3),
            ["otrans"] = Floats(data, 12, 3),
            ["orot"] = Floats(data, 24, 3),
            ["cscale"] = Floats(data, 36, 3),
            ["ctrans"] = Floats(data, 48, 3),
            ["crot"] = Floats(data, 60, 3),
        },

        // Slicer: time, three angles, centre, label.
        "SLAN" when data.Length >= 28 => new JsonObject
        {
            ["time"] = BinaryPrimitives.ReadInt32BigEndian(data),
            ["angles"] = Floats(data, 4, 3),
            ["center"] = Floats(data, 16, 3),
            ["label"] = Text(data[28..]),
        },
        "SIZE" => new JsonObject { ["sizes"] = Floats(data, 0, Math.Min(data.Length / 4, 10_000)) },
        "UNIT" or "IMLB" or "IMNM" => new JsonObject { ["text"] = Text(data) },
        _ => new JsonObject { ["bytes"] = data.Length },
    };

    public static float Float(ReadOnlySpan<byte> data, int at) => BinaryPrimitives.ReadSingleBigEndian(data[at..]);

    /// <summary>Up to the first zero byte.</summary>
    public static string Text(ReadOnlySpan<byte> data)
    {
        var end = data.IndexOf((byte)0);
        return Encoding.Latin1.GetString(end < 0 ? data : data[..end]).Trim();
    }

    private static JsonArray Floats(ReadOnlySpan<byte> data, int at, int count)
    {
        var list = new JsonArray();
        for (var i = 0; i < count; i++)
        {
            list.Add(MetadataTree.Leaf(Float(data, at + (4 * i))));
        }

        return list;
    }
}
