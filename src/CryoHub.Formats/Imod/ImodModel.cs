using System.Buffers.Binary;
using System.Text;
using System.Text.Json.Nodes;
using CryoHub.Imaging;
using CryoHub.Imaging.Shapes.Files.Imod;

namespace CryoHub.Formats.Imod;

/// <summary>An IMOD model: big-endian blocks, each with a name of four letters; points in the order of the file.</summary>
internal sealed class ImodModel
{
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
        var model = new ImodModel();
        var blocks = new ImodBlocks(bytes);
        model.ReadHeader(blocks.Header);
        while (blocks.Next())
        {
            switch (blocks.Id)
            {
                case "OBJT": model.ReadObject(blocks.Data); break;
                case "CONT": model.ReadContour(blocks.Data); break;
                case "MESH": model.ReadMesh(blocks.Data); break;
                default: model.ReadChunk(blocks.Id, blocks.Data); break;
            }
        }

        return model;
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

    private void ReadObject(ReadOnlySpan<byte> b)
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
    }

    private void ReadContour(ReadOnlySpan<byte> b)
    {
        var tree = new JsonObject();
        Integers(tree, b, 0, "psize", "flags", "time", "surf");
        var points = b[16..];
        for (var i = 0; i < points.Length; i += 12)
        {
            Object.Add(objects.Count - 1);
            Contour.Add(contours.Count);
            X.Add(ImodChunks.Float(points, i));
            Y.Add(ImodChunks.Float(points, i + 4));
            Z.Add(ImodChunks.Float(points, i + 8));
        }

        contours.Add((JsonNode)tree);
    }

    private void ReadMesh(ReadOnlySpan<byte> b)
    {
        var tree = new JsonObject();
        Integers(tree, b, 0, "vsize", "lsize", "flag");
        if (objects.Count > 0)
        {
            var vectors = 12 * BinaryPrimitives.ReadInt32BigEndian(b);
            var meshes = objects[^1]["meshes"]!.AsArray();
            tree["instructions that draw no triangle"] = Meshes.Add(objects.Count - 1, meshes.Count, b.Slice(16, vectors), b[(16 + vectors)..]);
            meshes.Add((JsonNode)tree);
        }
    }

    private void ReadChunk(string id, ReadOnlySpan<byte> data)
    {
        var tree = ImodChunks.Describe(id, data);
        tree.Insert(0, "id", id);

        // What describes views, image and slicer belongs to the model, though it follows the last object.
        var owner = objects.Count == 0 || id is "VIEW" or "MINX" or "SLAN" or "LABL" or "UNIT" or "IMNM" or "MCLP" ? chunks : objects[^1]["chunks"]!.AsArray();
        owner.Add((JsonNode)tree);
    }

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
