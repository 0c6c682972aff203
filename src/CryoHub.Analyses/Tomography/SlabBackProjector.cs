using System.Runtime.InteropServices;
using CryoHub.Numerics;
using CryoHub.Numerics.Tomography;

namespace CryoHub.Analyses.Tomography;

/// <summary>Back-projects slabs [z, rows of the range, x] in tiles small enough for their detector rows to stay in the second-level cache.</summary>
internal sealed class SlabBackProjector(TomogramPlan plan, FilteredProjections projections) : IVolumeSlabs
{
    private const int TileColumns = 32;
    private const int TileRows = 32;
    private const long SlabBytes = 128L << 20;

    private int Tiles => (plan.Grid.Across + TileColumns - 1) / TileColumns;

    /// <inheritdoc/>
    public int SlabSlices { get; } = (int)Math.Clamp(SlabBytes / (4L * plan.Grid.Across * projections.Range.Rows), 1, Math.Min(TileRows, plan.Depth));

    /// <inheritdoc/>
    public Task FillAsync(int firstSlice, int slices, Memory<byte> slab, ParallelOptions options)
    {
        Project(firstSlice, slices, slab, options);
        return Task.CompletedTask;
    }

    /// <summary>Fills <paramref name="slab"/> with slices from <paramref name="firstSlice"/> on.</summary>
    public void Project(int firstSlice, int slices, Memory<byte> slab, ParallelOptions options) =>
        Parallel.For(0, projections.Range.Count * Tiles, options, job => Tile(job / Tiles, job % Tiles * TileColumns, firstSlice, slices, MemoryMarshal.Cast<byte, float>(slab.Span)));

    private void Tile(int strip, int firstColumn, int firstSlice, int slices, Span<float> slab)
    {
        var (across, along) = (plan.Grid.Across, projections.Range.Rows);
        var columns = Math.Min(TileColumns, across - firstColumn);
        var firstRow = strip * BackProjection.Strip;
        var rows = Math.Min(BackProjection.Strip, along - firstRow);
        using var tile = new AlignedFloats(columns * BackProjection.Strip);
        for (var slice = 0; slice < slices; slice++)
        {
            var z = firstSlice + slice - ((plan.Depth - 1) / 2.0);
            var x = firstColumn - ((across - 1) / 2.0);
            BackProjection.Row(projections.Strip(strip), plan.Views, across, plan.Axis, x, z, tile.Span);
            for (var row = 0; row < rows; row++)
            {
                var line = slab.Slice((((slice * along) + firstRow + row) * across) + firstColumn, columns);
                for (var column = 0; column < line.Length; column++)
                {
                    line[column] = tile.Span[(column * BackProjection.Strip) + row];
                }
            }
        }
    }
}
