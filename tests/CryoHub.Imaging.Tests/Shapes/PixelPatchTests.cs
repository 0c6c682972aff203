using System.Runtime.InteropServices;
using CryoHub.Imaging.Shapes;
using CryoHub.Imaging.Statistics;

namespace CryoHub.Imaging.Tests.Shapes;

/// <summary>Which pixels a shape takes, and their values; expected numbers are counted by hand or by asking each pixel's middle.</summary>
public sealed class PixelPatchTests
{
    private const int Width = 60;
    private const int Height = 40;

    [Fact]
    public void An_area_takes_the_pixels_whose_middles_lie_inside_and_not_its_holes()
    {
        double[] outer = [5.2, 4.1, 50.3, 8.4, 41.7, 35.9, 9.6, 30.2], hole = [20.5, 12.2, 30.1, 14.3, 25.2, 24.8];
        var pixels = Pixels(new(ShapeKind.Polygon, [outer, hole]));
        for (var i = 0; i < Width * Height; i++)
        {
            var (x, y) = ((i % Width) + 0.5, (i / Width) + 0.5);
            Assert.Equal(Inside(outer, x, y) && !Inside(hole, x, y), pixels.Contains(i));
        }
    }

    [Fact]
    public void An_ellipse_takes_the_middles_inside_it_and_what_lies_beyond_the_picture_takes_none()
    {
        var pixels = Pixels(new(ShapeKind.Ellipse, [[30, 20, 45.3, 20, 30, 9.7]]));
        Assert.Equal(
            Enumerable.Range(0, Width * Height).Count(i => Math.Pow(((i % Width) + 0.5 - 30) / 15.3, 2) + Math.Pow(((i / Width) + 0.5 - 20) / 10.3, 2) < 1), pixels.Count);
        Assert.Equal(25, Pixels(new(ShapeKind.Rectangle, [[-5, -5, 5, -5, 5, 5, -5, 5]])).Count);
        Assert.Empty(Pixels(new(ShapeKind.Point, [[60, 10]])));   // its right edge belongs to the picture, no pixel begins there
    }

    [Fact]
    public void A_point_takes_its_pixel_and_a_line_those_that_it_passes_however_far_it_goes()
    {
        Assert.Equal([(7 * Width) + 12], Pixels(new(ShapeKind.Point, [[12.9, 7.01]])));
        Assert.Equal(Enumerable.Range(0, Width).Select(x => (5 * Width) + x), Pixels(new(ShapeKind.Line, [[-1e8, 5.5, 1e8, 5.5]])).Order());
        Assert.Equal([0, 1, Width + 1, (2 * Width) + 1], Pixels(new(ShapeKind.Polyline, [[0.5, 0.5, 1.5, 0.5, 1.5, 2.5]])).Order());
    }

    [Fact]
    public void Values_are_those_of_the_pixels_taken_and_NaN_is_left_out()
    {
        var values = Enumerable.Range(0, Width * Height).Select(i => i == (3 * Width) + 3 ? float.NaN : i % Width).ToArray();
        var patch = PixelPatch.Of(new(ShapeKind.Rectangle, [[2, 2, 6, 2, 6, 5, 2, 5]]), Width, Height);   // columns 2 to 5, rows 2 to 4
        var statistics = new RunningStatistics();
        for (var row = 0; row < patch.Height; row++)
        {
            patch.AddTo(statistics, row, MemoryMarshal.AsBytes(values.AsSpan(((patch.Y + row) * Width) + patch.X, patch.Width)), PixelType.Float32);
        }

        // Three times 2, 3, 4, 5 but for one 3: 11 values, sum 39, sum of squares 162 - 9.
        var intensity = ShapeIntensity.Of(statistics, "e");
        Assert.Equal((11, 2, 5, "e"), (intensity.Pixels, intensity.Min!.Value, intensity.Max!.Value, intensity.Unit));
        Assert.Equal(39, intensity.Integral!.Value, 1e-9);
        Assert.Equal(39.0 / 11, intensity.Mean!.Value, 1e-9);
        Assert.Equal(Math.Sqrt((153 - (39.0 * 39 / 11)) / 10), intensity.StandardDeviation!.Value, 1e-9);
        Assert.Equal(new("", 0, null, null, null, null, null), ShapeIntensity.Of(new RunningStatistics(), ""));
    }

    private static bool Inside(double[] ring, double x, double y)
    {
        var n = ring.Length / 2;
        return Enumerable.Range(0, n).Count(i =>
        {
            var (x0, y0, x1, y1) = (ring[2 * i], ring[(2 * i) + 1], ring[2 * ((i + 1) % n)], ring[(2 * ((i + 1) % n)) + 1]);
            return (y0 > y) != (y1 > y) && x0 + ((y - y0) / (y1 - y0) * (x1 - x0)) > x;
        }) % 2 == 1;
    }

    private static HashSet<int> Pixels(ShapeGeometry shape)
    {
        var patch = PixelPatch.Of(shape, Width, Height);
        return [.. Enumerable.Range(0, patch.Mask.Length).Where(i => patch.Mask[i]).Select(i => ((patch.Y + (i / patch.Width)) * Width) + patch.X + (i % patch.Width))];
    }
}
