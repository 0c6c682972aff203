using System.Text;
using CryoHub.Imaging.Shapes;
using CryoHub.Imaging.Shapes.Files;

namespace CryoHub.Imaging.Tests.Shapes;

/// <summary>Tables as other programs write them. Places are exact: one subtraction and one division of the text's numbers.</summary>
public sealed class PointTableTests
{
    [Fact]
    public void Pixels_with_class_label_and_frame_are_taken_as_they_stand()
    {
        var shapes = Read("x,y,frame,class,label,confidence\r\n10.5,20,2,void,\"left, upper\",0.9\n\n30,40.25,0,,,\n", "points.csv", Drawn.Stack(3)).Shapes;
        Assert.Equal(2, shapes.Count);
        Assert.Equal((ShapeKind.Point, "void", "left, upper", 2L, 2L, 0.9), (shapes[0].Geometry.Kind, shapes[0].Class, shapes[0].Label, shapes[0].FirstFrame, shapes[0].LastFrame, shapes[0].Confidence));
        Assert.Equal([10.5, 20], shapes[0].Geometry.Rings[0]);
        Assert.Equal([30, 40.25], shapes[1].Geometry.Rings[0]);
        Assert.Equal(("", null), (shapes[1].Class, shapes[1].Confidence));
    }

    [Fact]
    public void Coordinates_in_the_pictures_unit_become_pixels_and_other_units_are_refused()
    {
        // The coordinate of the axis is 10 nm in the middle of pixel 0 and grows by 0.5 nm: 20 nm is the middle of pixel 20.
        Assert.Equal([20.5, 60.5], Assert.Single(Read("X (nm),Y (nm)\n20,10\n", "a.csv").Shapes).Geometry.Rings[0]);
        Refused("in µm; the picture's axis is in nm", "X [µm],Y [µm]\n20,10\n");
    }

    [Fact]
    public void Slices_of_ImageJ_count_from_one_and_napari_counts_from_the_middle_of_the_first_pixel()
    {
        // ImageJ's results table: an unnamed first column, X and Y in pixels where nothing is calibrated, Slice from 1.
        var imagej = Assert.Single(Read(" \tX\tY\tSlice\n1\t12.5\t7.5\t3\n", "Results.tsv", Drawn.Stack(5)).Shapes);
        Assert.Equal((12.5, 7.5, 2L), (imagej.Geometry.Rings[0][0], imagej.Geometry.Rings[0][1], imagej.FirstFrame));
        var napari = Assert.Single(Read("index,axis-0,axis-1,axis-2\n0,4.0,7.0,12.0\n", "points.csv", Drawn.Stack(5)).Shapes);
        Assert.Equal((12.5, 7.5, 4L), (napari.Geometry.Rings[0][0], napari.Geometry.Rings[0][1], napari.FirstFrame));
    }

    [Fact]
    public void A_table_without_names_and_one_with_decimal_commas_are_read()
    {
        Assert.Equal([3, 4], Read("3\t4\n5\t6\n", "p.txt").Shapes[0].Geometry.Rings[0]);
        Assert.Equal([3.5, 4.25], Assert.Single(Read("\uFEFFx;y\n3,5;4,25\n", "p.csv").Shapes).Geometry.Rings[0]);
    }

    [Fact]
    public void Shapes_that_are_no_points_are_left_out_and_told()
    {
        var file = Read("kind,x (px),y (px)\npoint,1,2\npolygon,3,4\n", "shapes.csv");
        Assert.Single(file.Shapes);
        Assert.Contains("1 lines tell of shapes that are no points", Assert.Single(file.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_table_of_points_is_refused_with_what_was_found()
    {
        Refused("no columns \"x\" and \"y\"; its first line names \"a\", \"b\"", "a,b\n1,2\n");
        Refused("Line 3 of \"p.csv\" has \"far\" where a number was expected", "x,y\n1,2\nfar,2\n");
        Assert.Contains("no file of shapes that is known", Assert.Throws<ProblemException>(() => Read("MZ\0\u0001", "setup.exe")).Message, StringComparison.Ordinal);
        Assert.Contains("holds 0 bytes", Assert.Throws<ProblemException>(() => Read("", "p.csv")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_place_that_is_not_a_number_is_kept_for_the_rules_to_refuse()
    {
        var shapes = Read("x,y\nNaN,2\n,3\n1,2\n", "p.csv").Shapes;
        Assert.Equal(3, shapes.Count);
        Assert.All(shapes.Take(2), shape => Assert.Contains("is not a number", Assert.Throws<ProblemException>(() => ShapeRules.Check(shape.Geometry, 400, 300)).Message, StringComparison.Ordinal));
    }

    private static void Refused(string words, string text) => Assert.Contains(words, Assert.Throws<ProblemException>(() => Read(text, "p.csv")).Message, StringComparison.Ordinal);

    private static ShapeFile Read(string text, string name, DrawnPicture? picture = null) => ShapeFileReaders.Read(Encoding.UTF8.GetBytes(text), name, picture ?? Drawn.Picture);
}
