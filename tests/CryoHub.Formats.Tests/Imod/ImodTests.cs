using System.Buffers.Binary;
using System.Text;
using CryoHub.Formats.Imod;
using CryoHub.Imaging;
using CryoHub.TestKit;

namespace CryoHub.Formats.Tests.Imod;

public sealed class ImodTests
{
    [Fact]
    public async Task Objects_and_contours_without_points_keep_their_numbers()
    {
        // Object 0 has an empty contour and one with a point; object 1 nothing; an unknown block follows.
        byte[] model = [.. Header(2), .. Object("first", 2), .. Contour(), .. Contour(1.5f, 2, 3), .. Object("second", 0), .. Block("WXYZ", new byte[6]), .. "IEOF"u8];
        var signal = Assert.Single(await new ImodModelReader().OpenAsync(new MemoryFile("a.mod", model), Ct));
        Assert.Equal([1, 5], signal.Header.Shape);
        var row = new byte[40];
        await signal.ReadFrameAsync(0, row, Ct);
        Assert.Equal([0, 1, 1.5, 2, 3], Enumerable.Range(0, 5).Select(i => BinaryPrimitives.ReadDoubleLittleEndian(row.AsSpan(8 * i))));
        Assert.Equal("second", (string?)signal.Header.Original.Root["objects"]![1]!["name"]);
        Assert.Equal(6, (int)signal.Header.Original.Root["objects"]![1]!["chunks"]![0]!["bytes"]!);
    }

    [Fact]
    public async Task A_model_without_points_is_a_document_of_its_objects() =>
        Assert.Equal(SignalKind.Document, (await new ImodModelReader().OpenAsync(new MemoryFile("a.fid", (byte[])[.. Header(1), .. Object("none", 0), .. "IEOF"u8]), Ct))[0].Header.Kind);

    [Theory]
    [InlineData(int.MaxValue, "needs 25769803780 bytes")]
    [InlineData(-1, "needs -12 bytes")]
    public async Task A_contour_that_promises_too_much_is_refused(int points, string reason)
    {
        var contour = Contour(1, 2, 3);
        BinaryPrimitives.WriteInt32BigEndian(contour.AsSpan(4), points);
        byte[] model = [.. Header(1), .. Object("a", 1), .. contour, .. "IEOF"u8];
        var problem = await Assert.ThrowsAsync<ProblemException>(() => new ImodModelReader().OpenAsync(new MemoryFile("a.mod", model), Ct));
        Assert.Contains(reason, problem.Message, StringComparison.Ordinal);
    }

    /// <summary>Two triangles over four vertices, once by vertices (-25, normals follow), once by pairs of normal and vertex (-23).</summary>
    [Theory]
    [InlineData(new[] { -25, 0, 2, 4, 4, 2, 6, -22, -1 })]
    [InlineData(new[] { -23, 1, 0, 3, 2, 5, 4, 5, 4, 3, 2, 7, 6, -22, -1 })]
    public async Task A_mesh_is_its_vertices_and_triangles(int[] list)
    {
        float[] vectors = [0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 2, 0, 1, 0, 0, 0, 3, 1, 1, 0, 0, 0, 4];
        var signals = await new ImodModelReader().OpenAsync(new MemoryFile("a.mod", (byte[])[.. Header(1), .. Object("a", 0), .. Mesh(vectors, list), .. "IEOF"u8]), Ct);
        Assert.Equal(["a, mesh vertices", "a, mesh triangles"], signals.Select(signal => signal.Header.Name));
        Assert.Equal([0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 3, 0, 0, 1, 1, 0, 0, 0, 4], await signals[0].ValuesAsync());
        Assert.Equal([0, 0, 0, 1, 2, 0, 0, 2, 1, 3], await signals[1].ValuesAsync());
    }

    [Theory]
    [InlineData(new[] { -25, 0, 2, -22, -1 }, "not made of whole triangles")]
    [InlineData(new[] { -25, 0, 2, 4 }, "not made of whole triangles")]
    [InlineData(new[] { -23, 1, 0, 3 }, "not made of whole triangles")]
    [InlineData(new[] { -25, 0, 2, 7, -22, -1 }, "points at vector 8; it has 8")]
    public async Task A_mesh_that_is_broken_is_refused(int[] list, string reason)
    {
        var problem = await Assert.ThrowsAsync<ProblemException>(
            () => new ImodModelReader().OpenAsync(new MemoryFile("a.mod", (byte[])[.. Header(1), .. Object("a", 0), .. Mesh(new float[24], list), .. "IEOF"u8]), Ct));
        Assert.Contains(reason, problem.Message, StringComparison.Ordinal);
    }

    /// <summary>
    /// Counted in the bytes of the real file by hand: 13,564 vectors, so 6,782 vertices; 41,131 numbers of which 621 begin and 621 end lists and one ends all, so
    /// (41,131 - 1,243) / 3 = 13,296 triangles. The first list begins 2496, 2760, 2678: vertices lie at even places, each new one takes the next row.
    /// </summary>
    [Fact]
    public async Task Meshes_of_a_real_model_have_all_their_triangles()
    {
        Assert.SkipUnless(SharedData.IsPresent, SharedData.Absent);
        using var file = new CryoHub.Imaging.Sources.FolderFile(SharedData.PathOf("imod/meshed_contour_example.mod"));
        var signals = await new ImodModelReader().OpenAsync(file, Ct);
        Assert.Equal([3, 6782, 13296], (long[])[signals.Count, signals[1].Header.Shape[0], signals[2].Header.Shape[0]]);
        Assert.Equal([0, 0, 0, 1, 2, 0, 0, 0, 3, 1], (await signals[2].ValuesAsync()).Take(10));
    }

    [Fact]
    public async Task Transforms_have_six_numbers_a_line_and_name_them()
    {
        var signal = (await new ImodTableReader().OpenAsync(Text("a.xf", " 1 0 0 1 2.5 -3\r\n 0 -1 1 0 0 0\r\n"), Ct))[0];
        Assert.Equal(SignalKind.Model, signal.Header.Kind);
        Assert.Equal(["A11", "A12", "A21", "A22", "DX", "DY"], signal.Header.Columns!.Select(column => column.Name));
        Assert.Equal(-3, (double)await signal.ValueAtAsync([0, 5], Ct));
        var problem = await Assert.ThrowsAsync<ProblemException>(() => new ImodTableReader().OpenAsync(Text("a.xf", "1 0 0 1 2\n"), Ct));
        Assert.Contains("5 were found in every line", problem.Message, StringComparison.Ordinal);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static MemoryFile Text(string name, string text) => new(name, Encoding.ASCII.GetBytes(text));

    private static byte[] Header(int objects)
    {
        var header = new byte[240];
        "IMODV1.2"u8.CopyTo(header);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(148), objects);
        return header;
    }

    private static byte[] Object(string name, int contours)
    {
        var block = new byte[180];
        "OBJT"u8.CopyTo(block);
        Encoding.ASCII.GetBytes(name).CopyTo(block.AsSpan(4));
        BinaryPrimitives.WriteInt32BigEndian(block.AsSpan(132), contours);
        return block;
    }

    private static byte[] Contour(params float[] coordinates)
    {
        var block = new byte[20 + (4 * coordinates.Length)];
        "CONT"u8.CopyTo(block);
        BinaryPrimitives.WriteInt32BigEndian(block.AsSpan(4), coordinates.Length / 3);
        for (var i = 0; i < coordinates.Length; i++)
        {
            BinaryPrimitives.WriteSingleBigEndian(block.AsSpan(20 + (4 * i)), coordinates[i]);
        }

        return block;
    }

    private static byte[] Mesh(float[] vectors, int[] list)
    {
        var block = new byte[20 + (4 * (vectors.Length + list.Length))];
        "MESH"u8.CopyTo(block);
        BinaryPrimitives.WriteInt32BigEndian(block.AsSpan(4), vectors.Length / 3);
        BinaryPrimitives.WriteInt32BigEndian(block.AsSpan(8), list.Length);
        for (var i = 0; i < vectors.Length; i++)
        {
            BinaryPrimitives.WriteSingleBigEndian(block.AsSpan(20 + (4 * i)), vectors[i]);
        }

        for (var i = 0; i < list.Length; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(block.AsSpan(20 + (4 * (vectors.Length + i))), list[i]);
        }

        return block;
    }

    private static byte[] Block(string id, byte[] content)
    {
        var size = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(size, content.Length);
        return [.. Encoding.ASCII.GetBytes(id), .. size, .. content];
    }
}
