namespace CryoHub.Imaging.Shapes.Tiles;

/// <summary>
/// Shapes as a screen draws them, in few bytes: "CHO1", number of the layer's last change, keys of the classes (count; length and UTF-8 each), number of shapes. A shape is its id (16 bytes, the order of
/// RFC 9562), <c>8 class + 4 unsure + form</c> (0 place, 1 line, 2 area), the number of rings, and each ring's number of vertices and steps from vertex to vertex, x before y, on through all rings,
/// the very first from the tile's upper left corner. Numbers are of variable length, seven bits a byte, lowest first; steps are zigzag (0, -1, 1, -2 are 0, 1, 2, 3). Vertices that fall together are one.
/// </summary>
public sealed class ShapeTileWriter(ShapeTile tile)
{
    private const long Farthest = 1 << 30;   // in steps, so that every difference fits 32 bits

    private readonly TileBytes shapes = new();
    private readonly List<string> keys = [];
    private readonly Dictionary<string, int> classes = new(StringComparer.Ordinal);
    private (long X, long Y)[] places = [];

    /// <summary>Shapes so far.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a shape; what reaches beyond the tile is not cut off.</summary>
    public void Add(Guid id, string classKey, bool isUnsure, ShapeGeometry shape)
    {
        if (!classes.TryGetValue(classKey, out var index))
        {
            classes.Add(classKey, index = keys.Count);
            keys.Add(classKey);
        }

        var form = shape.Kind is ShapeKind.Point or ShapeKind.Text ? 0 : shape.IsArea ? 2 : 1;
        shapes.Id(id);
        shapes.Number((ulong)((8 * index) + (isUnsure ? 4 : 0) + form));
        shapes.Number((ulong)shape.Rings.Count);
        var (x, y) = (0L, 0L);
        foreach (var ring in shape.Kind == ShapeKind.Ellipse ? [EllipseOutline.Of(shape.Rings[0])] : shape.Rings)
        {
            var count = Round(ring);
            shapes.Number((ulong)count);
            foreach (var place in places.AsSpan(0, count))
            {
                shapes.Signed(place.X - x);
                shapes.Signed(place.Y - y);
                (x, y) = place;
            }
        }

        Count++;
    }

    /// <summary>The tile, with the number of the layer's last change that is certainly in it.</summary>
    public byte[] ToArray(long sequence)
    {
        var whole = new TileBytes();
        whole.Text("CHO1"u8);
        whole.Number((ulong)sequence);
        whole.Number((ulong)keys.Count);
        foreach (var key in keys)
        {
            whole.Word(key);
        }

        whole.Number((ulong)Count);
        whole.Add(shapes);
        return whole.ToArray();
    }

    private int Round(double[] ring)
    {
        if (places.Length < ring.Length / 2)
        {
            places = new (long, long)[ring.Length];
        }

        var count = 0;
        for (var i = 0; i < ring.Length; i += 2)
        {
            var place = (Step(ring[i] - tile.Left), Step(ring[i + 1] - tile.Top));
            if (count == 0 || places[count - 1] != place)
            {
                places[count++] = place;
            }
        }

        return count;
    }

    private long Step(double pixels) => Math.Clamp((long)Math.Round(pixels * ShapeTile.Steps / tile.Side), -Farthest, Farthest);
}
