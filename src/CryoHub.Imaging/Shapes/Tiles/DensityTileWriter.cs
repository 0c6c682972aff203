namespace CryoHub.Imaging.Shapes.Tiles;

/// <summary>How many shapes have their middle in each of 64 × 64 cells: "CHD1", number of the layer's last change, then the counts, row by row from above, numbers as in <see cref="ShapeTileWriter"/>.</summary>
public sealed class DensityTileWriter
{
    private readonly long[] counts = new long[ShapeTile.Cells * ShapeTile.Cells];

    /// <summary>Shapes of a cell, counted from the tile's upper left corner.</summary>
    public void Set(int x, int y, long shapes) => counts[(y * ShapeTile.Cells) + x] = shapes;

    /// <summary>The tile, with the number of the layer's last change that is certainly in it.</summary>
    public byte[] ToArray(long sequence)
    {
        var whole = new TileBytes();
        whole.Text("CHD1"u8);
        whole.Number((ulong)sequence);
        foreach (var count in counts)
        {
            whole.Number((ulong)count);
        }

        return whole.ToArray();
    }
}
