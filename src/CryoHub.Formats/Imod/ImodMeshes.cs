using System.Buffers.Binary;
using CryoHub.Imaging;
using CryoHub.Imaging.Tables;

namespace CryoHub.Formats.Imod;

/// <summary>
/// Triangles of all meshes of a model. A mesh has a list of vectors (vertices and normals) and a list of instructions: a negative number is a
/// command, others are places of vectors.
/// </summary>
internal sealed class ImodMeshes
{
    private const int End = -1;
    private const int EndPolygon = -22;
    private const int Pairs = -23;          // of a normal and a vertex
    private const int Vertices = -25;       // the normal is the next vector after its vertex

    private readonly List<double>[] vertices = [[], [], [], [], [], [], [], []];
    private readonly List<double>[] triangles = [[], [], [], [], []];

    public bool IsEmpty => triangles[0].Count == 0;

    /// <summary>Adds a mesh; returns how many instructions were of other kinds (single polygons, older strips), which draw no triangle here.</summary>
    public int Add(int owner, int mesh, ReadOnlySpan<byte> vectors, ReadOnlySpan<byte> list)
    {
        var rows = new Dictionary<(int Vertex, int Normal), int>();
        var others = 0;
        Span<int> corners = stackalloc int[3];
        for (var at = 0; at < list.Length && Number(list, at) is var command && command != End; at += 4)
        {
            if (command is not (Pairs or Vertices))
            {
                others++;
                continue;
            }

            var corner = 0;
            for (at += 4; at < list.Length && Number(list, at) is var place && place >= 0; at += 4)
            {
                var normal = place + 1;
                if (command == Pairs)
                {
                    at += 4;
                    (normal, place) = at < list.Length ? (place, Number(list, at)) : throw Odd(owner, mesh);
                }

                corners[corner] = Row(rows, owner, mesh, vectors, place, normal);
                corner = (corner + 1) % 3;
                if (corner == 0)
                {
                    Append(triangles, [owner, mesh, corners[0], corners[1], corners[2]]);
                }
            }

            if (corner != 0 || at >= list.Length || Number(list, at) != EndPolygon)
            {
                throw Odd(owner, mesh);
            }
        }

        return others;
    }

    /// <summary>The vertices with their normals, and the triangles as rows of them.</summary>
    public IEnumerable<ISignal> Signals(string name, MetadataTree original)
    {
        yield return Table("mesh vertices", ["object", "mesh", "x", "y", "z", "normal x", "normal y", "normal z"], vertices);
        yield return Table("mesh triangles", ["object", "mesh", "vertex 1", "vertex 2", "vertex 3"], triangles);

        TableSignal Table(string what, string[] names, List<double>[] numbers)
        {
            var columns = names.Select((column, i) => new TableColumn(column, column is "x" or "y" or "z" ? "px" : "", numbers[i]));
            return TableSignal.Of($"{name}, {what}", SignalKind.Model, [.. columns], AcquisitionMetadata.None, original);
        }
    }

    /// <summary>Each vertex of a mesh has one row for each normal it is used with.</summary>
    private int Row(Dictionary<(int Vertex, int Normal), int> rows, int owner, int mesh, ReadOnlySpan<byte> vectors, int vertex, int normal)
    {
        if (!rows.TryGetValue((vertex, normal), out var row))
        {
            var (v, n) = (Vector(vectors, vertex, owner, mesh), Vector(vectors, normal, owner, mesh));
            rows.Add((vertex, normal), row = vertices[0].Count);
            Append(vertices, [owner, mesh, v.X, v.Y, v.Z, n.X, n.Y, n.Z]);
        }

        return row;
    }

    private static (float X, float Y, float Z) Vector(ReadOnlySpan<byte> vectors, int place, int owner, int mesh) => place >= 0 && place < vectors.Length / 12
        ? (ImodChunks.Float(vectors, 12 * place), ImodChunks.Float(vectors, (12 * place) + 4), ImodChunks.Float(vectors, (12 * place) + 8))
        : throw ProblemException.Unreadable($"Mesh {mesh} of object {owner} points at vector {place}; it has {vectors.Length / 12}.");

    private static ProblemException Odd(int owner, int mesh) =>
        ProblemException.Unreadable($"A list in mesh {mesh} of object {owner} is not made of whole triangles up to its end mark {EndPolygon}.");

    private static int Number(ReadOnlySpan<byte> list, int at) => BinaryPrimitives.ReadInt32BigEndian(list[at..]);

    private static void Append(List<double>[] columns, ReadOnlySpan<double> row)
    {
        for (var i = 0; i < row.Length; i++)
        {
            columns[i].Add(row[i]);
        }
    }
}
