using System.Text;
using System.Text.Json;
using CryoHub.Imaging.Shapes;
using CryoHub.Imaging.Shapes.Files;

namespace CryoHub.Imaging.Tests.Shapes;

/// <summary>COCO files laid out by hand after cocodataset.org's description of its format.</summary>
public sealed class CocoTests
{
    private static readonly DrawnPicture Small = Drawn.Picture with { X = Drawn.Picture.X with { Size = 10 }, Y = Drawn.Picture.Y with { Size = 9 } };

    [Fact]
    public void Polygons_boxes_and_keypoints_come_with_category_and_score()
    {
        var file = Read(Coco("""
            {"id":1,"image_id":7,"category_id":3,"segmentation":[[10,10,50,10,50,50,10,50,10,10],[60.5,10,70,10,65,20]],"bbox":[10,10,60,40],"area":1600,"iscrowd":0,"score":0.75},
            {"id":2,"image_id":7,"category_id":4,"segmentation":[],"bbox":[1.5,2,30,40]},
            {"id":3,"image_id":7,"category_id":3,"keypoints":[5.5,6.5,2,0,0,0,8,9,1],"num_keypoints":2},
            {"id":4,"image_id":99,"category_id":3,"bbox":[0,0,5,5]}
            """), Drawn.Picture);
        Assert.Equal("COCO", file.Format);
        Assert.Equal(
            [(ShapeKind.Polygon, "void"), (ShapeKind.Polygon, "void"), (ShapeKind.Rectangle, "Inner SEI"), (ShapeKind.Point, "void"), (ShapeKind.Point, "void")],
            file.Shapes.Select(shape => (shape.Geometry.Kind, shape.Class)));
        Assert.Equal([10, 10, 50, 10, 50, 50, 10, 50], file.Shapes[0].Geometry.Rings[0]);
        Assert.Equal([1.5, 2, 31.5, 2, 31.5, 42, 1.5, 42], file.Shapes[2].Geometry.Rings[0]);
        Assert.Equal([[5.5, 6.5], [8, 9]], file.Shapes.Skip(3).Select(shape => shape.Geometry.Rings[0]));
        Assert.Equal((0.75, null, null), (file.Shapes[0].Confidence, file.Shapes[0].FirstFrame, file.Shapes[2].Confidence));
        Assert.Contains("1 annotations belong to other pictures", Assert.Single(file.Warnings), StringComparison.Ordinal);
    }

    /// <summary>The published example of a mask: pycocotools writes these lengths as that text (W. Kaufman, "Create COCO annotations from scratch"; the rule gives the same by hand).</summary>
    [Theory]
    [InlineData("[6,1,40,4,5,4,5,4,21]")]
    [InlineData("\"61X13mN000`0\"")]
    public void Run_lengths_as_numbers_and_as_text_become_the_outlines_of_the_mask(string counts)
    {
        var shapes = Read(Coco($$"""{"image_id":7,"category_id":3,"iscrowd":1,"segmentation":{"size":[9,10],"counts":{{counts}} } }""", 10, 9), Small).Shapes;
        // Down the columns of 9: pixel 6 (column 0, row 6), then 4 from pixel 47 (column 5, rows 2 to 5), 56 and 65: a block of 3 by 4.
        Assert.Equal(2, shapes.Count);
        var (single, block) = (shapes.MinBy(shape => shape.Geometry.Box().Left)!, shapes.MaxBy(shape => shape.Geometry.Box().Left)!);
        Assert.Equal((0, 6, 1, 7), single.Geometry.Box() is var a ? (a.Left, a.Top, a.Right, a.Bottom) : default);
        Assert.Equal((5, 2, 8, 6), block.Geometry.Box() is var b ? (b.Left, b.Top, b.Right, b.Bottom) : default);
        Assert.Equal((1, 12), (Area(single), Area(block)));
    }

    [Fact]
    public void Outlines_of_any_mask_enclose_its_pixels_and_nothing_else()
    {
        var random = new Random(11);
        for (var round = 0; round < 200; round++)
        {
            var mask = Enumerable.Range(0, 90).Select(_ => random.Next(100) < 55).ToArray();   // down the columns, as COCO counts
            var lengths = new List<int>();
            for (var i = 0; i < mask.Length;)
            {
                var run = mask.Skip(i).TakeWhile(set => set == (lengths.Count % 2 == 1)).Count();
                lengths.Add(run);
                i += run;
            }

            var shapes = Read(Coco($$"""{"image_id":7,"segmentation":{"size":[9,10],"counts":[{{string.Join(',', lengths)}}] } }""", 10, 9), Small).Shapes;
            Assert.Equal(mask.Count(set => set), shapes.Sum(Area), 1e-9);
            for (var i = 0; i < mask.Length; i++)
            {
                Assert.Equal(mask[i], shapes.Count(shape => Holds(shape, (i / 9) + 0.5, (i % 9) + 0.5)) == 1);
            }

            Assert.All(shapes, shape => ShapeRules.Check(shape.Geometry, 10, 9));
        }
    }

    [Fact]
    public void What_we_write_says_the_same_when_read_and_keeps_holes_as_run_lengths()
    {
        ShapeFeature[] shapes =
        [
            new(new(ShapeKind.Polygon, [[10, 10, 110, 10, 110, 110, 10, 110], [30, 30, 50, 30, 50, 50, 30, 50]]), "void", "hole", 2, 4, 0.5),
            new(new(ShapeKind.Polygon, [[10.5, 10, 50, 10, 50, 50.25]]), "metal", ""),
            new(new(ShapeKind.Point, [[33.25, 44.75]]), "", "bead", 6, 6),
            new(new(ShapeKind.Line, [[1, 2, 3, 4]]), "void", ""),
        ];
        using var bytes = new MemoryStream();
        ShapeFileWriters.All.Single(writer => writer.FileName == "coco.json").Write(bytes, shapes, Drawn.Stack(9));
        using var json = JsonDocument.Parse(bytes.ToArray());
        var annotations = json.RootElement.GetProperty("annotations");
        Assert.Equal([9600.0, 39.5 * 40.25 / 2, 0], annotations.EnumerateArray().Select(one => one.GetProperty("area").GetDouble()));
        var counts = annotations[0].GetProperty("segmentation").GetProperty("counts").EnumerateArray().Select(count => count.GetInt64()).ToArray();
        Assert.Equal((400 * 300, 9600), (counts.Sum(), counts.Where((_, i) => i % 2 == 1).Sum()));
        Assert.Equal("coco: 3 of 4", json.RootElement.GetProperty("info").GetProperty("description").GetString()!.Replace("micrograph", "coco", StringComparison.Ordinal)[..12]);

        var back = ShapeFileReaders.Read(bytes.ToArray(), "coco.json", Drawn.Stack(9)).Shapes;
        Assert.Equal([("void", "hole", 2L, 4L), ("metal", "", null, null), ("", "bead", 6L, 6L)], back.Select(shape => (shape.Class, shape.Label, shape.FirstFrame, shape.LastFrame)));
        Assert.Equal((2, 9600.0, 0.5), (back[0].Geometry.Rings.Count, Area(back[0]), back[0].Confidence));
        Assert.Equal(shapes[1].Geometry.Rings[0], back[1].Geometry.Rings[0]);
    }

    [Fact]
    public void Pictures_are_frames_by_number_and_one_of_many_is_chosen_by_name()
    {
        const string two = """{"images":[{"id":1,"width":400,"height":300,"file_name":"a/one.png"},{"id":2,"width":400,"height":300,"file_name":"a/Micrograph.png"}],"annotations":[{"image_id":1,"bbox":[0,0,5,5]},{"image_id":2,"bbox":[0,0,6,6]}]}""";
        Assert.Equal([0L, 1], Read(two, Drawn.Stack(2)).Shapes.Select(shape => shape.FirstFrame!.Value));
        var named = Read(two.Replace("Micrograph", "micrograph", StringComparison.Ordinal), Drawn.Stack(7));
        Assert.Equal((6, null), (Assert.Single(named.Shapes).Geometry.Box().Right, named.Shapes[0].FirstFrame));
        Refused("holds 2 pictures of this size; the signal has 7", two, Drawn.Stack(7));
    }

    [Fact]
    public void What_does_not_fit_or_is_damaged_is_refused_with_numbers()
    {
        Refused("holds no picture of 400 × 300 pixels; its only one has 640 × 480", Coco("", 640, 480));
        Refused("holds no picture of 400 × 300 pixels.", """{"annotations":[]}""");
        Refused("do not add up to 400 × 300", Coco("""{"image_id":7,"segmentation":{"size":[300,400],"counts":[5,7]}}"""));
        Refused("do not add up", Coco("""{"image_id":7,"segmentation":{"size":[300,400],"counts":[5,-7,1e300]}}"""));
        Refused("do not add up", Coco("""{"image_id":7,"segmentation":{"size":[300,400],"counts":"oooooooooooooooo"}}"""));
        Refused("is 40 × 30; the picture has", Coco("""{"image_id":7,"segmentation":{"size":[30,40],"counts":[1200]}}"""));
        Refused("Annotation 1 of \"coco.json\" has a polygon that is no list", Coco("""{"image_id":7,"segmentation":[[1,2,3]]}"""));
        Refused("has neither segmentation, keypoints nor bbox", Coco("""{"image_id":7}"""));
        Refused("is no JSON", """{"annotations":[""");
    }

    private static double Area(ShapeFeature shape) => ShapeMeasures.Of(shape.Geometry, 1, 1, "px").Area!.Value;

    /// <summary>Even-odd over all rings: how often a ray to the right meets an edge.</summary>
    private static bool Holds(ShapeFeature shape, double x, double y) =>
        shape.Geometry.Rings.Sum(ring => Enumerable.Range(0, ring.Length / 2).Count(i =>
        {
            var (x0, y0, x1, y1) = (ring[2 * i], ring[(2 * i) + 1], ring[((2 * i) + 2) % ring.Length], ring[((2 * i) + 3) % ring.Length]);
            return (y0 > y) != (y1 > y) && x0 + ((y - y0) / (y1 - y0) * (x1 - x0)) > x;
        })) % 2 == 1;

    private static string Coco(string annotations, int width = 400, int height = 300) =>
        $$"""{"images":[{"id":7,"width":{{width}},"height":{{height}},"file_name":"x.png"}],"categories":[{"id":3,"name":"void"},{"id":4,"name":"Inner SEI"}],"annotations":[{{annotations}}]}""";

    private static void Refused(string words, string text, DrawnPicture? picture = null) =>
        Assert.Contains(words, Assert.Throws<ProblemException>(() => Read(text, picture ?? Drawn.Picture)).Message, StringComparison.Ordinal);

    private static ShapeFile Read(string text, DrawnPicture picture) => ShapeFileReaders.Read(Encoding.UTF8.GetBytes(text), "coco.json", picture);
}
