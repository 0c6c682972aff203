using System.Buffers.Binary;
using System.Text;
using System.Text.Json.Nodes;
using CryoHub.Imaging;

namespace CryoHub.Formats.Imod;

/// <summary>An IMOD model: big-endian blocks, each with a name of four letters; points in the order of the file.</summary>
internal sealed class ImodModel
{
    private const int HeaderBytes = 240;
    private const int ObjectBytes = 176;

    private readonly List<JsonObject> objects = [];
    private readonly JsonObject root = [];
    private readonly JsonArray chunks = [];
    private JsonArray contours = [];

    public List<double> Object { get; } = [];

    public List<double> Contour { get; } = [];

    public List<double> X { get; } = [];

    public List<double> Y { get; } = [];

    public List<double> Z { get; } = [];

    public ImodMeshes Meshes { get; } = new();

    public string Name { get; private set; } = "";

    public JsonObject Original
    {
        get
        {
            root["objects"] = new JsonArray([.. objects]);
            root["chunks"] = chunks;
            return root;
        }
    }

    public static ImodModel Parse(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < HeaderBytes)
        {
            throw ProblemException.Unreadable($"The header of an IMOD model takes {HeaderBytes} bytes; the file holds {bytes.Length}.");
        }

        var model = new ImodModel();
        model.ReadHeader(bytes);
        var at = HeaderBytes;
        while (at + 4 <= bytes.Length)
        {
            var id = Encoding.Latin1.GetString(bytes.Slice(at, 4));
            at += 4;
            if (id == "IEOF")
            {
                return model;
            }

            at += id switch
            {
                "OBJT" => model.ReadObject(Take(bytes, at, ObjectBytes, id)),
                "CONT" => model.ReadContour(bytes, at),
                "MESH" => model.ReadMesh(bytes, at),
                _ => model.ReadChunk(bytes, at, id),
            };
        }

        throw ProblemException.Unreadable($"The model ends at byte {at} without its mark IEOF.");
    }

    private void ReadHeader(ReadOnlySpan<byte> b)
    {
        Name = ImodChunks.Text(b.Slice(8, 128));
        root["version"] = Encoding.Latin1.GetString(b.Slice(4, 4));   // 0: "IMOD", 4: "V1.2"
        root["name"] = Name;
        Integers(root, b, 136, "xmax", "ymax", "zmax", "objsize", "flags", "drawmode", "mousemode", "blacklevel", "whitelevel");
        Floats(root, b, 172, "xoffset", "yoffset", "zoffset", "xscale", "yscale", "zscale");
        Integers(root, b, 196, "object", "contour", "point", "res", "thresh");
        Floats(root, b, 216, "pixsize");
        Integers(root, b, 220, "units", "csum");
        Floats(root, b, 228, "alpha", "beta", "gamma");
    }

    private int ReadObject(ReadOnlySpan<byte> b)
    {
        contours = [];
        var tree = new JsonObject { ["name"] = ImodChunks.Text(b[..64]) };
        Integers(tree, b, 128, "contsize", "flags", "axis", "drawmode");
        Floats(tree, b, 144, "red", "green", "blue");
        Integers(tree, b, 156, "pdrawsize");
        string[] small = ["symbol", "symsize", "linewidth2", "linewidth", "linesty", "symflags", "sympad", "trans"];
        for (var i = 0; i < small.Length; i++)
        {
            tree[small[i]] = b[160 + i];
        }

        Integers(tree, b, 168, "meshsize", "surfsize");
        tree["contours"] = contours;
        tree["meshes"] = new JsonArray();
        tree["chunks"] = new JsonArray();
        objects.Add(tree);
        return ObjectBytes;
    }

    private int ReadContour(ReadOnlySpan<byte> bytes, int at)
    {
        var head = Take(bytes, at, 16, "CONT");
        var tree = new JsonObject();
        Integers(tree, head, 0, "psize", "flags", "time", "surf");
        var count = BinaryPrimitives.ReadInt32BigEndian(head);
        var points = Take(bytes, at + 16, 12L * count, "CONT");
        for (var i = 0; i < points.Length; i += 12)
        {
            Object.Add(objects.Count - 1);
            Contour.Add(contours.Count);
            X.Add(ImodChunks.Float(points, i));
            Y.Add(ImodChunks.Float(points, i + 4));
            Z.Add(ImodChunks.Float(points, i + 8));
        }

        contours.Add((JsonNode)tree);
        return 16 + points.Length;
    }

    private int ReadMesh(ReadOnlySpan<byte> bytes, int at)
    {
        var head = Take(bytes, at, 16, "MESH");
        var tree = new JsonObject();
        Integers(tree, head, 0, "vsize", "lsize", "flag");
        var vectors = Take(bytes, at + 16, 12L * BinaryPrimitives.ReadInt32BigEndian(head), "MESH");
        var list = Take(bytes, at + 16 + vectors.Length, 4L * BinaryPrimitives.ReadInt32BigEndian(head[4..]), "MESH");
        if (objects.Count > 0)
        {
            var meshes = objects[^1]["meshes"]!.AsArray();
            tree["instructions that draw no triangle"] = Meshes.Add(objects.Count - 1, meshes.Count, vectors, list);
            meshes.Add((JsonNode)tree);
        }

        return 16 + vectors.Length + list.Length;
    }

    private int ReadChunk(ReadOnlySpan<byte> bytes, int at, string id)
    {
        var size = BinaryPrimitives.ReadInt32BigEndian(Take(bytes, at, 4, id));
        var tree = ImodChunks.Describe(id, Take(bytes, at + 4, size, id));
        tree.Insert(0, "id", id);

        // What describes views, image and slicer belongs to the model, though it follows the last object.
        var owner = objects.Count == 0 || id is "VIEW" or "MINX" or "SLAN" or "LABL" or "UNIT" or "IMNM" or "MCLP" ? chunks : objects[^1]["chunks"]!.AsArray();
        owner.Add((JsonNode)tree);
        return 4 + size;
    }

    private static ReadOnlySpan<byte> Take(ReadOnlySpan<byte> bytes, int at, long count, string id) => count >= 0 && count <= bytes.Length - at
        ? bytes.Slice(at, (int)count)
        : throw ProblemException.Unreadable($"The block {id} at byte {at - 4} needs {count} bytes; {bytes.Length - at} are left.");

    private static void Integers(JsonObject tree, ReadOnlySpan<byte> b, int at, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            tree[name] = BinaryPrimitives.ReadInt32BigEndian(b[at..]);
            at += 4;
        }
    }

    private static void Floats(JsonObject tree, ReadOnlySpan<byte> b, int at, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            tree[name] = MetadataTree.Leaf(ImodChunks.Float(b, at));
            at += 4;
        }
    }
}
