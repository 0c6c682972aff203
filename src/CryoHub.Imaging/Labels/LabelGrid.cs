namespace CryoHub.Imaging.Labels;

/// <summary>A layer cut into blocks, which are as large as each other except at the far edges.</summary>
/// <param name="Block">Edge of a block along rows and columns.</param>
/// <param name="Slices">Slices of a block.</param>
public sealed record LabelGrid(int Width, int Height, int Depth, int Block = 256, int Slices = 1)
{
    /// <summary>The block with voxel (x, y, z).</summary>
    public LabelBox BlockOf(int x, int y, int z)
    {
        var (left, top, first) = (x / Block * Block, y / Block * Block, z / Slices * Slices);
        return new(left, top, first, Math.Min(Block, Width - left), Math.Min(Block, Height - top), Math.Min(Slices, Depth - first));
    }

    /// <summary>The blocks a stroke may write in, by the box round it: all others need not hear of it. None where it lies outside.</summary>
    public IEnumerable<LabelBox> BlocksOf(Stroke stroke)
    {
        var (left, top, first, right, bottom, last) = ExtentOf(stroke);
        for (var z = first / Slices * Slices; z <= last; z += Slices)
        {
            for (var y = top / Block * Block; y <= bottom; y += Block)
            {
                for (var x = left / Block * Block; x <= right; x += Block)
                {
                    yield return BlockOf(x, y, z);
                }
            }
        }
    }

    /// <summary>The box round a stroke, within the layer: first and last voxel along x, y and z. Empty (last below first) where it lies outside.</summary>
    public (int Left, int Top, int First, int Right, int Bottom, int Last) ExtentOf(Stroke stroke)
    {
        var (left, right) = Along(0, Width);
        var (top, bottom) = Along(1, Height);
        var (first, last) = stroke.Kind switch
        {
            StrokeKind.Ball => Extent(stroke, 2, stroke.Radius / stroke.SliceStep, Depth),
            StrokeKind.Rows => Extent(stroke, 0, 0, Depth),
            _ => (stroke.Slice, stroke.Slice),
        };
        return (left, top, first, right, bottom, last);

        (int First, int Last) Along(int axis, int size) => stroke.Kind switch
        {
            StrokeKind.Rows when axis == 0 => (Extent(stroke, 2, 0, size).First, Extent(stroke, 3, 0, size).Last),
            StrokeKind.Rows => Extent(stroke, 1, 0, size),
            StrokeKind.Polygon => Extent(stroke, axis, 0, size),
            _ => Extent(stroke, axis, stroke.Radius, size),
        };
    }

    /// <summary>First and last voxel along an axis whose centre can be covered, with one to spare against rounding.</summary>
    private static (int First, int Last) Extent(Stroke stroke, int axis, double reach, int size)
    {
        var (low, high) = (double.PositiveInfinity, double.NegativeInfinity);
        for (var i = axis; i < stroke.Points.Count; i += stroke.Dimensions)
        {
            (low, high) = (Math.Min(low, stroke.Points[i]), Math.Max(high, stroke.Points[i]));
        }

        return ((int)Math.Max(0, Math.Floor(low - reach) - 1), (int)Math.Min(size - 1, Math.Ceiling(high + reach)));
    }
}
