using System.Globalization;
using System.IO.Compression;
using CryoHub.Imaging.Shapes;
using CryoHub.Imaging.Shapes.Files;

namespace CryoHub.Imaging.Tests.Shapes;

/// <summary>ImageJ's own encoder and decoder are the other side. Its places are float32, so 1e-4 px is the tolerance for places below 1,000.</summary>
public sealed class ImageJRoiTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("roi").FullName;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Selections_of_every_type_that_ImageJ_writes_are_read_as_they_were_made()
    {
        await ImageJ.RunAsync("write", folder, Ct);
        // What imagej/Rois.java makes; nothing here comes from our own output.
        Is("rectangle", ShapeKind.Rectangle, [10, 20, 40, 20, 40, 60, 10, 60]);
        Is("rectangle-subpixel", ShapeKind.Rectangle, [10.25, 20.5, 40.75, 20.5, 40.75, 60.75, 10.25, 60.75]);
        Is("oval", ShapeKind.Ellipse, [60, 65, 70, 65, 60, 60]);
        Assert.Equal("#FF8800", One("oval").Colour);
        // Long axis from (100, 100) to (140, 130), 50 long; the short one is half of it, at a right angle.
        Is("ellipse", ShapeKind.Ellipse, [120, 115, 140, 130, 127.5, 105]);
        // 20 wide about the line from (100, 100) to (140, 130), whose unit normal is (0.6, -0.8).
        Is("rotated-rectangle", ShapeKind.Rectangle, [106, 92, 146, 122, 134, 138, 94, 108]);
        Is("polygon", ShapeKind.Polygon, [10, 10, 50, 10, 50, 50, 30, 70]);
        Assert.Equal(("void", "polygon", 2L, 2L), One("polygon") is var p ? (p.Class, p.Label, p.FirstFrame, p.LastFrame) : default);
        Is("polygon-integer", ShapeKind.Polygon, [10, 10, 50, 10, 50, 50, 30, 70]);
        Is("freehand", ShapeKind.Polygon, [10.5, 10.5, 50.25, 10.25, 50.5, 60.5, 10.75, 50.75]);
        Is("traced", ShapeKind.Polygon, [10, 10, 50, 10, 50, 60, 10, 60]);
        Is("line", ShapeKind.Line, [1.5, 2.5, 30.25, 40.75]);
        Is("arrow", ShapeKind.Arrow, [1, 2, 30, 40]);
        Is("polyline", ShapeKind.Polyline, [10, 10, 40, 50, 90, 20]);
        Is("freeline", ShapeKind.Freehand, [10.5, 10.5, 50.25, 10.25, 50.5, 60.5]);
        Is("angle", ShapeKind.Angle, [10, 10, 50, 10, 50, 60]);
        Is("text", ShapeKind.Text, [20, 30]);
    }

    [Fact]
    public async Task Points_composites_and_hyperstacks_of_ImageJ_become_shapes_and_frames()
    {
        await ImageJ.RunAsync("write", folder, Ct);
        Assert.Equal([[10.5, 20.5], [50.25, 10.25]], Read("points").Shapes.Select(shape => shape.Geometry.Rings[0]));
        Assert.Equal([33, 44], One("point").Geometry.Rings[0]);   // 1.52 writes every point with its fraction

        // A square of 100 with a square hole of 20, and a square of 10 beside it.
        var parts = Read("composite").Shapes.OrderBy(shape => shape.Geometry.Box().Left).ToArray();
        Assert.Equal([(2, 9600.0), (1, 100.0)], parts.Select(part => (part.Geometry.Rings.Count, ShapeMeasures.Of(part.Geometry, 1, 1, "px").Area!.Value)));

        // Channel 2, slice 3, frame 4 of 2, 3 and 4: the last of 24, whichever way the axes are ordered.
        var stack = Drawn.Picture with { Stack = [new("t", 4, "", AxisRole.Time), new("z", 3, "", AxisRole.Space), new("c", 2, "", AxisRole.Index)] };
        Assert.Equal(23, Read("hyperstack", stack).Shapes[0].FirstFrame);
        Assert.Equal(3, Read("hyperstack", Drawn.Stack(4)).Shapes[0].FirstFrame);
    }

    [Fact]
    public async Task ImageJ_measures_what_we_write()
    {
        var path = Write(EveryKind(), Drawn.Stack(9));
        var told = (await ImageJ.RunAsync("tell", path, Ct)).Select(line => line.Split('|')).ToDictionary(cells => cells[0]);
        Says("hole", "Composite", 4, places: null, pixels: 96 * 100, class_: "void", colour: "#28B5FA");
        Says("turned ellipse", "Freehand", 0, null, Math.PI * 50 * 20, tolerance: 0.02, colour: "");   // counted by pixel middles on an outline of 72 pieces
        Says("upright ellipse", "Oval", 0, null, Math.PI * 30 * 20, tolerance: 0.02);
        Says("upright rectangle", "Rectangle", 0, null, 30 * 40);
        Says("turned rectangle", "Freehand", 0, null, 50 * 20, tolerance: 0.02);
        Says("polygon 7", "Polygon", 0, 4, 1600);
        Says("line", "Straight Line", 0, 2, 0, length: 50);
        Says("arrow", "Arrow", 0, null, 0, length: 50);
        Says("polyline", "Polyline", 0, 3, 0, length: 100);
        Says("freehand", "Freeline", 0, 3, 0);
        Says("angle", "Angle", 0, 3, 0);
        Says("point", "Point", 9, 1, 0);
        Says("words", "Text", 0, null, pixels: null);
        Assert.Equal("33.2500,44.7500,0.0000,0.0000", told["point"][6]);

        void Says(string name, string type, int position, int? places, double? pixels, double tolerance = 0, double? length = null, string class_ = "null", string? colour = null)
        {
            var cells = told[name];
            Assert.Equal((type, position), (cells[1], int.Parse(cells[2], CultureInfo.InvariantCulture)));
            Assert.True(places is null || cells[3] == places.ToString(), $"{name}: {cells[3]} places");
            Assert.True(pixels is not { } area || Math.Abs(double.Parse(cells[4], CultureInfo.InvariantCulture) - area) <= tolerance * area, $"{name}: {cells[4]} pixels instead of {pixels}");
            Assert.True(length is not { } far || Math.Abs(double.Parse(cells[5], CultureInfo.InvariantCulture) - far) < 1e-3, $"{name}: {cells[5]} long instead of {length}");
            Assert.Equal(class_, cells[7]);
            Assert.True(colour is null || cells[8] == colour, $"{name}: colour {cells[8]}");
        }
    }

    [Fact]
    public void Everything_comes_back_as_it_was_written()
    {
        var shapes = EveryKind();
        var back = ShapeFileReaders.Read(File.ReadAllBytes(Write(shapes, Drawn.Stack(9))), "RoiSet.zip", Drawn.Stack(9)).Shapes;
        Assert.Equal(shapes.Count, back.Count);
        foreach (var (was, now) in shapes.Zip(back))
        {
            Assert.Equal((was.Geometry.Kind, was.Class, was.Label, was.FirstFrame, was.LastFrame, was.Confidence, was.Colour), (now.Geometry.Kind, now.Class, now.Label, now.FirstFrame, now.LastFrame, now.Confidence, now.Colour));
            var (then, measured) = (ShapeMeasures.Of(was.Geometry, 1, 1, "px"), ShapeMeasures.Of(now.Geometry, 1, 1, "px"));
            Assert.Equal(then.Area ?? 0, measured.Area ?? 0, 1e-2);   // float32 of the places, times a side of 100 px
            Assert.Equal(then.Length ?? 0, measured.Length ?? 0, 1e-4);
            Assert.Equal(was.Geometry.Box().Left, now.Geometry.Box().Left, 1e-4);
            Assert.Equal(was.Geometry.Box().Bottom, now.Geometry.Box().Bottom, 1e-4);
        }
    }

    [Fact]
    public void Hyperstack_positions_come_back_on_their_frame()
    {
        var stack = Drawn.Picture with { Stack = [new("t", 4, "", AxisRole.Time), new("z", 3, "", AxisRole.Space)] };
        ShapeFeature shape = new(new(ShapeKind.Point, [[5, 6]]), "", "", 7, 7);
        Assert.Equal(7, Assert.Single(ShapeFileReaders.Read(File.ReadAllBytes(Write([shape], stack)), "RoiSet.zip", stack).Shapes).FirstFrame);
    }

    [Fact]
    public void A_cut_or_mutated_selection_is_read_or_refused_in_words()
    {
        using var zip = ZipFile.OpenRead(Write(EveryKind(), Drawn.Stack(9)));
        var random = new Random(7);
        foreach (var entry in zip.Entries)
        {
            using var copy = new MemoryStream();
            entry.Open().CopyTo(copy);
            var whole = copy.ToArray();
            for (var length = 0; length < whole.Length; length++)
            {
                ReadOrRefuse(whole[..length], "cut.roi");
            }

            for (var round = 0; round < 300; round++)
            {
                byte[] bytes = [.. whole];
                for (var n = random.Next(1, 6); n > 0; n--)
                {
                    bytes[random.Next(4, bytes.Length)] = (byte)random.Next(256);
                }

                ReadOrRefuse(bytes, "mutated.roi");
            }
        }
    }

    [Fact]
    public void A_cut_archive_a_bomb_and_an_archive_of_others_are_refused()
    {
        var whole = File.ReadAllBytes(Write(EveryKind(), Drawn.Stack(9)));
        Assert.Contains("is cut or damaged", Refusal(whole[..(whole.Length / 2)]), StringComparison.Ordinal);
        Assert.Contains("unpacks to more than", Refusal(Zip(("bomb.roi", new byte[100 << 20]))), StringComparison.Ordinal);
        Assert.Contains("without selections", Refusal(Zip(("notes.txt", new byte[10]))), StringComparison.Ordinal);
        Assert.Contains("does not begin with \"Iout\"", Refusal(Zip(("odd.roi", new byte[100]))), StringComparison.Ordinal);

        static string Refusal(byte[] bytes) => Assert.Throws<ProblemException>(() => ShapeFileReaders.Read(bytes, "RoiSet.zip", Drawn.Picture)).Message;

        static byte[] Zip(params (string Name, byte[] Bytes)[] files)
        {
            using var to = new MemoryStream();
            using (var zip = new ZipArchive(to, ZipArchiveMode.Create))
            {
                foreach (var (name, bytes) in files)
                {
                    using var entry = zip.CreateEntry(name).Open();
                    entry.Write(bytes);
                }
            }

            return to.ToArray();
        }
    }

    private static List<ShapeFeature> EveryKind() =>
    [
        new(new(ShapeKind.Polygon, [[10, 10, 110, 10, 110, 110, 10, 110], [30, 30, 50, 30, 50, 50, 30, 50]]), "void", "hole", 3, 5, 0.9, "#28B5FA"),
        new(new(ShapeKind.Ellipse, [[200, 150, 240, 180, 212, 134]]), "", "turned ellipse"),   // half axes 50 and 20 at a right angle
        new(new(ShapeKind.Ellipse, [[200, 150, 230, 150, 200, 130]]), "", "upright ellipse"),
        new(new(ShapeKind.Rectangle, [[10, 20, 40, 20, 40, 60, 10, 60]]), "", "upright rectangle"),
        new(new(ShapeKind.Rectangle, [[106, 92, 146, 122, 134, 138, 94, 108]]), "", "turned rectangle"),
        new(new(ShapeKind.Polygon, [[10, 10, 50, 10, 50, 50, 30, 70]]), "", "polygon 7"),
        new(new(ShapeKind.Line, [[10, 20, 40, 60]]), "", "line"),
        new(new(ShapeKind.Arrow, [[10, 20, 40, 60]]), "", "arrow"),
        new(new(ShapeKind.Polyline, [[10, 20, 40, 60, 90, 60]]), "", "polyline"),
        new(new(ShapeKind.Freehand, [[10.5, 10.5, 50.25, 10.25, 50.5, 60.5]]), "", "freehand"),
        new(new(ShapeKind.Angle, [[10, 10, 50, 10, 50, 60]]), "", "angle"),
        new(new(ShapeKind.Point, [[33.25, 44.75]]), "", "point", 8, 8),
        new(new(ShapeKind.Text, [[20, 30]]), "", "words"),
    ];

    private static void ReadOrRefuse(byte[] bytes, string name)
    {
        try
        {
            foreach (var shape in ShapeFileReaders.Read(bytes, name, Drawn.Picture).Shapes)
            {
                ShapeRules.Check(shape.Geometry, 400, 300);
            }
        }
        catch (ProblemException e)
        {
            Assert.NotEmpty(e.Message);
        }
    }

    private void Is(string name, ShapeKind kind, double[] ring)
    {
        var shape = One(name);
        Assert.Equal((kind, name == "text" ? "text" : name), (shape.Geometry.Kind, shape.Label));
        Assert.Equal(ring.Length, shape.Geometry.Rings[0].Length);
        Assert.All(ring.Zip(shape.Geometry.Rings[0]), pair => Assert.Equal(pair.First, pair.Second, 1e-4));
    }

    private ShapeFeature One(string name) => Assert.Single(Read(name).Shapes);

    private ShapeFile Read(string name, DrawnPicture? picture = null) =>
        ShapeFileReaders.Read(File.ReadAllBytes(Path.Combine(folder, name + ".roi")), name + ".roi", picture ?? Drawn.Stack(9));

    private string Write(IReadOnlyList<ShapeFeature> shapes, DrawnPicture picture)
    {
        var path = Path.Combine(folder, "RoiSet.zip");
        using var file = File.Create(path);
        ShapeFileWriters.All.Single(writer => writer.FileName == "RoiSet.zip").Write(file, shapes, picture);
        return path;
    }
}
