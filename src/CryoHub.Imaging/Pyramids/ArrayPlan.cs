namespace CryoHub.Imaging.Pyramids;

/// <summary>
/// How one zarr array is cut. Every array is seen as Outer x Depth planes of Rows x Columns pixels (missing axes have size 1; leading axes are joined into Outer):
/// chunks go into shards, and a slab is as many whole planes as one row of shards is deep.
/// </summary>
/// <param name="Pixel">Pixel type; colour channels stay together.</param>
/// <param name="Shape">Sizes of the pixel axes, without the channel axis.</param>
/// <param name="Chunk">Depth, rows and columns of a chunk.</param>
/// <param name="Shard">The same of a shard: multiples of the chunk.</param>
internal sealed record ArrayPlan(PixelType Pixel, IReadOnlyList<long> Shape, Box Chunk, Box Shard)
{
    public int Rank => Shape.Count;

    public int Columns { get; } = checked((int)Shape[^1]);

    public int Rows { get; } = Shape.Count > 1 ? checked((int)Shape[^2]) : 1;

    public int Depth { get; } = Shape.Count > 2 ? checked((int)Shape[^3]) : 1;

    public long Outer { get; } = Shape.Take(Math.Max(0, Shape.Count - 3)).Aggregate(1L, (product, size) => checked(product * size));

    public int PixelBytes { get; } = Pixel.Bytes();

    public int PlaneBytes => checked(Rows * Columns * PixelBytes);

    public int ChunkBytes => checked((int)Chunk.Pixels * PixelBytes);

    /// <summary>Planes that are written at once; the last slab of each outer index may have fewer.</summary>
    public int SlabPlanes => Math.Min(Shard.Depth, Depth);

    public int ChunksInShard => checked((int)(Shard.Pixels / Chunk.Pixels));

    /// <summary>Key of the shard that begins at these shard indices, below the array.</summary>
    public string ShardKey(long outer, int slab, int row, int column)
    {
        var indices = new string[Rank];
        var innermost = (ReadOnlySpan<int>)[slab, row, column];
        for (var axis = 0; axis < Math.Min(3, Rank); axis++)
        {
            indices[^(axis + 1)] = innermost[^(axis + 1)].ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        for (var axis = Rank - 4; axis >= 0; axis--)
        {
            indices[axis] = (outer % Shape[axis]).ToString(System.Globalization.CultureInfo.InvariantCulture);
            outer /= Shape[axis];
        }

        return $"c/{string.Join('/', indices)}{(Pixel.IsColour() ? "/0" : "")}";
    }

    /// <summary>A box as the sizes of all zarr axes.</summary>
    public IReadOnlyList<long> Sizes(Box box)
    {
        long[] three = [box.Depth, box.Rows, box.Columns];
        IEnumerable<long> pixelAxes = Rank < 3 ? three[^Rank..] : [.. Enumerable.Repeat(1L, Rank - 3), .. three];
        return [.. pixelAxes, .. Channels];
    }

    public IReadOnlyList<long> ZarrShape => [.. Shape, .. Channels];

    private IEnumerable<long> Channels => Pixel.IsColour() ? [SampleType.Of(Pixel).Channels] : [];
}
