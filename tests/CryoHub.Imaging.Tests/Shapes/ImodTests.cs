using System.Buffers.Binary;
using System.Text;
using CryoHub.Imaging.Shapes;
using CryoHub.Imaging.Shapes.Files;
using CryoHub.TestKit;

namespace CryoHub.Imaging.Tests.Shapes;

/// <summary>Models laid out here byte by byte after IMOD's binary specification, and real ones whose numbers a few lines of Python counted.</summary>
public sealed class ImodTests
{
    private const int Open = 8;
    private const int Scattered = 512;

    [Fact]
    public void Closed_open_and_scattered_objects_become_polygons_lines_and_points_on_their_slices()
    {
        byte[] model =
        [
            .. Header(400, 300), .. Object("Void", 0), .. Contour(0, 10, 10, 2, 50, 10, 2, 50, 50, 2),
            .. Object("Wire", Open), .. Contour(0, 1, 2, 0, 3, 4, 0), .. Contour(0, 1, 2, 0, 3, 4, 0, 5, 9, 0), .. Contour(0, 7, 8, 3),
            .. Object("Beads", Open | Scattered), .. Contour(0, 1.5f, 2.5f, 1, 3, 4, 4.2f), .. Contour(0),
            .. Object("Mixed", 0), .. Contour(Open, 1, 2, 0, 3, 4, 0, 5, 9, 0), .. Contour(0, 1, 2, 0, 3, 4, 1, 5, 9, 2), .. "MESH"u8, .. new byte[16], .. "IEOF"u8,
        ];
        var file = Read(model, Drawn.Stack(5));
        Assert.Equal(
            [
                (ShapeKind.Polygon, "Void", 2L), (ShapeKind.Line, "Wire", 0), (ShapeKind.Polyline, "Wire", 0), (ShapeKind.Point, "Wire", 3), (ShapeKind.Point, "Beads", 1), (ShapeKind.Point, "Beads", 4),
                (ShapeKind.Polyline, "Mixed", 0), (ShapeKind.Point, "Mixed", 0), (ShapeKind.Point, "Mixed", 1), (ShapeKind.Point, "Mixed", 2),
            ],
            file.Shapes.Select(shape => (shape.Geometry.Kind, shape.Class, shape.FirstFrame!.Value)));
        Assert.Equal([10, 10, 50, 10, 50, 50], file.Shapes[0].Geometry.Rings[0]);
        Assert.Equal("#FF8000", file.Shapes[0].Colour);   // 1, 0.5, 0
        Assert.Equal(["1 contours run through several slices; each of their points is taken as a point.", "1 meshes are left out: a surface is no shape on a picture."], file.Warnings);
    }

    [Fact]
    public void On_a_single_picture_slices_do_not_matter_and_another_size_is_told()
    {
        var file = Read([.. Header(640, 480), .. Object("a", 0), .. Contour(0, 10, 10, 2, 50, 10, 2, 50, 50, 2), .. "IEOF"u8], Drawn.Picture);
        Assert.Null(Assert.Single(file.Shapes).FirstFrame);
        Assert.Equal("The model was made on a picture of 640 × 480 pixels; this one has 400 × 300.", Assert.Single(file.Warnings));
    }

    /// <summary>Counted in the files by struct.unpack: objects, contours, flags and first points.</summary>
    [Theory]
    [InlineData("correct189.mod", 507, 720, 225, 74, 0)]
    [InlineData("point_sizes_example.mod", 1314, 1298, 100, 4 + 3 + 5, 2)]
    public void Real_models_have_all_their_points_and_contours(string name, int width, int height, int frames, int shapes, int warnings)
    {
        Assert.SkipUnless(SharedData.IsPresent, SharedData.Absent);
        var picture = new DrawnPicture("t", new("x", width, "", AxisRole.Space), new("y", height, "", AxisRole.Space), [new("z", frames, "", AxisRole.Index)]);
        var file = Read(File.ReadAllBytes(SharedData.PathOf("imod/" + name)), picture);
        Assert.Equal((shapes, warnings), (file.Shapes.Count, file.Warnings.Count));
        Assert.All(file.Shapes, shape => ShapeRules.Check(shape.Geometry, width, height));
        if (name == "correct189.mod")
        {
            Assert.All(file.Shapes, shape => Assert.Equal(ShapeKind.Point, shape.Geometry.Kind));
            Assert.Equal((98.5, 691.5, 112L, "#00FFFF"), (file.Shapes[0].Geometry.Rings[0][0], file.Shapes[0].Geometry.Rings[0][1], file.Shapes[0].FirstFrame!.Value, file.Shapes[0].Colour));
        }
    }

    [Fact]
    public void What_we_write_has_the_specified_bytes_and_says_the_same_when_read()
    {
        ShapeFeature[] shapes =
        [
            new(new(ShapeKind.Polygon, [[10, 10, 110, 10, 110, 110, 10, 110], [30, 30, 50, 30, 50, 50, 30, 50]]), "void", "", 2, 3, null, "#FF8000"),
            new(new(ShapeKind.Polyline, [[1, 2, 3, 4, 5, 9.5]]), "", "", 0, 0),
            new(new(ShapeKind.Point, [[33.25, 44.75]]), "void", ""),
            new(new(ShapeKind.Text, [[5, 5]]), "", "words", 1, 1),
        ];
        using var bytes = new MemoryStream();
        ShapeFileWriters.All.Single(writer => writer.FileName == "shapes.mod").Write(bytes, shapes, Drawn.Stack(4));
        var model = bytes.ToArray();
        int At(int place) => BinaryPrimitives.ReadInt32BigEndian(model.AsSpan(place));
        Assert.Equal("IMODV1.2", Encoding.ASCII.GetString(model, 0, 8));
        Assert.Equal((400, 300, 4, 3), (At(136), At(140), At(144), At(148)));   // sizes and number of objects
        Assert.Equal((0.5f, -9), (BinaryPrimitives.ReadSingleBigEndian(model.AsSpan(216)), At(220)));   // half a nanometre
        Assert.Equal("OBJTvoid", Encoding.ASCII.GetString(model, 240, 8));
        Assert.Equal((4, 0), (At(244 + 128), At(244 + 132)));   // outline and hole on two slices each; closed
        Assert.Equal((1f, 128 / 255f, 0f), (Single(244 + 144), Single(244 + 148), Single(244 + 152)));
        Assert.Equal("CONT", Encoding.ASCII.GetString(model, 244 + 176, 4));
        Assert.Equal((4, 10f, 10f, 2f), (At(424), Single(440), Single(444), Single(448)));
        Assert.Equal("IEOF", Encoding.ASCII.GetString(model, model.Length - 4, 4));

        var back = Read(model, Drawn.Stack(4)).Shapes;
        Assert.Equal(
            [(ShapeKind.Polygon, "void", 2L), (ShapeKind.Polygon, "void", 2), (ShapeKind.Polygon, "void", 3), (ShapeKind.Polygon, "void", 3), (ShapeKind.Polyline, "", 0), (ShapeKind.Point, "void", 0), (ShapeKind.Point, "void", 1), (ShapeKind.Point, "void", 2), (ShapeKind.Point, "void", 3)],
            back.Select(shape => (shape.Geometry.Kind, shape.Class, shape.FirstFrame!.Value)));
        Assert.Equal([33.25, 44.75], back[^1].Geometry.Rings[0]);

        float Single(int place) => BinaryPrimitives.ReadSingleBigEndian(model.AsSpan(place));
    }

    [Fact]
    public void A_cut_or_mutated_model_is_read_or_refused_in_words()
    {
        byte[] whole = [.. Header(400, 300), .. Object("Void", 0), .. Contour(0, 10, 10, 2, 50, 10, 2, 50, 50, 2), .. Object("Beads", Scattered), .. Contour(0, 1.5f, 2.5f, 1, 3, 4, 4), .. "IEOF"u8];
        var random = new Random(3);
        for (var length = 8; length < whole.Length; length++)
        {
            Assert.NotEmpty(Assert.Throws<ProblemException>(() => Read(whole[..length], Drawn.Stack(5))).Message);
        }

        for (var round = 0; round < 2000; round++)
        {
            byte[] bytes = [.. whole];
            for (var n = random.Next(1, 6); n > 0; n--)
            {
                bytes[random.Next(8, bytes.Length)] = (byte)random.Next(256);
            }

            try
            {
                foreach (var shape in Read(bytes, Drawn.Stack(5)).Shapes)
                {
                    ShapeRules.Check(shape.Geometry, 400, 300);
                }
            }
            catch (ProblemException e)
            {
                Assert.NotEmpty(e.Message);
            }
        }
    }

    private static byte[] Header(int width, int height)
    {
        var header = new byte[240];
        "IMODV1.2"u8.CopyTo(header);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(136), width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(140), height);
        return header;
    }

    private static byte[] Object(string name, int flags)
    {
        var block = new byte[4 + 176];
        "OBJT"u8.CopyTo(block);
        Encoding.ASCII.GetBytes(name, block.AsSpan(4));
        BinaryPrimitives.WriteInt32BigEndian(block.AsSpan(4 + 132), flags);
        BinaryPrimitives.WriteSingleBigEndian(block.AsSpan(4 + 144), 1);
        BinaryPrimitives.WriteSingleBigEndian(block.AsSpan(4 + 148), 0.5f);
        return block;
    }

    private static byte[] Contour(int flags, params float[] places)
    {
        var block = new byte[20 + (4 * places.Length)];
        "CONT"u8.CopyTo(block);
        BinaryPrimitives.WriteInt32BigEndian(block.AsSpan(4), places.Length / 3);
        BinaryPrimitives.WriteInt32BigEndian(block.AsSpan(8), flags);
        for (var i = 0; i < places.Length; i++)
        {
            BinaryPrimitives.WriteSingleBigEndian(block.AsSpan(20 + (4 * i)), places[i]);
        }

        return block;
    }

    private static ShapeFile Read(byte[] model, DrawnPicture picture) => ShapeFileReaders.Read(model, "a.mod", picture);
}
