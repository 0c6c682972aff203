using CryoHub.Imaging.Labels;

namespace CryoHub.Imaging.Shapes.Files.Coco;

/// <summary>The part of a mask that holds all its set pixels, by rows.</summary>
/// <param name="X">Column of its left edge in the picture; <paramref name="Y"/> likewise the row of its upper edge.</param>
internal sealed record PixelPatch(int X, int Y, int Width, int Height, bool[] Mask)
{
    /// <summary>Pixels whose middles lie inside the rings by the even-odd rule, within a picture of that size.</summary>
    public static PixelPatch Of(IReadOnlyList<double[]> rings, long width, long height)
    {
        var box = new ShapeGeometry(ShapeKind.Polygon, rings).Box();
        var (x, y) = ((int)Math.Clamp(Math.Floor(box.Left), 0, width), (int)Math.Clamp(Math.Floor(box.Top), 0, height));
        var (wide, high) = ((int)Math.Clamp(Math.Ceiling(box.Right), x, width) - x, (int)Math.Clamp(Math.Ceiling(box.Bottom), y, height) - y);
        var mask = new bool[wide * high];
        foreach (var ring in rings)
        {
            foreach (var run in StrokeRows.Of(new Stroke(StrokeKind.Polygon, 1, ring), new(x, y, 0, wide, high, 1)))
            {
                for (var i = run.Start; i < run.Start + run.Length; i++)
                {
                    mask[i] ^= true;
                }
            }
        }

        return new(x, y, wide, high, mask);
    }

    /// <summary>Its outlines with their holes, in pixels of the picture.</summary>
    public IReadOnlyList<IReadOnlyList<double[]>> Outlines()
    {
        var rings = MaskOutline.Of(Mask, Width, Height);
        foreach (var ring in rings)
        {
            for (var i = 0; i < ring.Length; i += 2)
            {
                ring[i] += X;
                ring[i + 1] += Y;
            }
        }

        return RingNesting.Of(rings);
    }
}
