using System.Text.Json.Nodes;
using CryoHub.Imaging;

namespace CryoHub.Formats.Mrc;

/// <summary>Every field of the header under the name the specification gives it.</summary>
internal static class MrcOriginal
{
    private static readonly (string Name, int Offset)[] Integers =
    [
        ("nx", 0), ("ny", 4), ("nz", 8), ("mode", 12), ("nxstart", 16), ("nystart", 20), ("nzstart", 24), ("mx", 28), ("my", 32), ("mz", 36),
        ("mapc", 64), ("mapr", 68), ("maps", 72), ("ispg", 88), ("nsymbt", 92), ("nversion", 108), ("nlabl", 220),
    ];

    private static readonly (string Name, int Offset, int Count)[] Reals =
        [("cella", 40, 3), ("cellb", 52, 3), ("dmin", 76, 1), ("dmax", 80, 1), ("dmean", 84, 1), ("origin", 196, 3), ("rms", 216, 1)];

    public static JsonObject Of(MrcHeader header)
    {
        var tree = new JsonObject();
        foreach (var (name, offset) in Integers)
        {
            tree[name] = header.Int(offset);
        }

        foreach (var (name, offset, count) in Reals)
        {
            tree[name] = count == 1
                ? MetadataTree.Leaf(header.Real(offset))
                : new JsonArray([.. Enumerable.Range(0, count).Select(i => MetadataTree.Leaf(header.Real(offset + (4 * i))))]);
        }

        tree["exttyp"] = header.ExtendedType;
        tree["byteOrder"] = header.BigEndian ? "big" : "little";
        tree["labels"] = new JsonArray([.. header.Labels().Select(label => JsonValue.Create(label))]);
        return tree;
    }
}
