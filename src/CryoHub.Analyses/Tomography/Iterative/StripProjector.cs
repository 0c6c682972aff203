using CryoHub.Numerics;
using CryoHub.Numerics.Tomography;

namespace CryoHub.Analyses.Tomography.Iterative;

/// <summary>
/// The projector A and its transpose for one strip: volume [z][x][slice], sinogram [view][detector][slice] with margins. Work goes tile by tile, so that the tile and
/// its detector rows stay in the second-level cache; sums run in the same order whatever the number of threads.
/// </summary>
internal sealed class StripProjector(TomogramPlan plan)
{
    private const int TileColumns = 32;
    private const int TileRows = 32;
    private const int Strip = BackProjection.Strip;

    /// <summary>Takes the sums of voxels <paramref name="column"/> and following of row <paramref name="z"/>.</summary>
    public delegate void Taker(int z, int column, Span<float> sums);

    public TomogramPlan Plan => plan;

    public int VolumeLength => checked(plan.Depth * plan.Grid.Across * Strip);

    public int SinogramLength => BackProjection.StripLength(plan.Views.Length, plan.Grid.Across);

    private int Across => plan.Grid.Across;

    /// <summary>Rows of one view without its margins.</summary>
    public Span<float> View(AlignedFloats sinogram, int view) => sinogram.Span.Slice(BackProjection.Offset(view, 0, Across), Across * Strip);

    public Span<float> Row(AlignedFloats volume, int z, int column, int columns) => volume.Span.Slice(((z * Across) + column) * Strip, columns * Strip);

    /// <summary>A: projects the volume along all views.</summary>
    public void Forward(AlignedFloats volume, AlignedFloats sinogram, ParallelOptions options)
    {
        var views = plan.Views.Length;
        var shares = Math.Clamp(options.MaxDegreeOfParallelism, 1, views); // each share reads the volume once
        Parallel.For(0, shares, options, share =>
        {
            var (first, last) = (views * share / shares, views * (share + 1) / shares);
            sinogram.Span[ForwardProjection.ViewOffset(first, Across)..ForwardProjection.ViewOffset(last, Across)].Clear();
            for (var tile = 0; tile < Tiles; tile++)
            {
                Forward(volume, sinogram, tile, first, last);
            }

            for (var view = first; view < last; view++)
            {
                ForwardProjection.ClearMargins(Rows(sinogram, view));
            }
        });
    }

    /// <summary>The transpose: hands the back-projected sums over, row by row of each tile.</summary>
    public void Backward(AlignedFloats sinogram, Taker take, ParallelOptions options) =>
        Parallel.For(0, Tiles, options, tile =>
        {
            var (column, columns, firstZ, lastZ) = Place(tile);
            using var sums = new AlignedFloats(columns * Strip);
            for (var z = firstZ; z < lastZ; z++)
            {
                BackProjection.Row(sinogram.Span, plan.Views, Across, plan.Axis, X(column), Z(z), sums.Span);
                take(z, column, sums.Span);
            }
        });

    private int Tiles => (Across + TileColumns - 1) / TileColumns * ((plan.Depth + TileRows - 1) / TileRows);

    private void Forward(AlignedFloats volume, AlignedFloats sinogram, int tile, int firstView, int lastView)
    {
        var (column, columns, firstZ, lastZ) = Place(tile);
        for (var view = firstView; view < lastView; view++)
        {
            var rows = Rows(sinogram, view);
            for (var z = firstZ; z < lastZ; z++)
            {
                ForwardProjection.AddRow(Row(volume, z, column, columns), plan.Views[view], Across, plan.Axis, X(column), Z(z), rows);
            }
        }
    }

    private Span<float> Rows(AlignedFloats sinogram, int view) => sinogram.Span.Slice(ForwardProjection.ViewOffset(view, Across), ForwardProjection.ViewLength(Across));

    private (int Column, int Columns, int FirstZ, int LastZ) Place(int tile)
    {
        var perRow = (Across + TileColumns - 1) / TileColumns;
        var (column, z) = (tile % perRow * TileColumns, tile / perRow * TileRows);
        return (column, Math.Min(TileColumns, Across - column), z, Math.Min(z + TileRows, plan.Depth));
    }

    private double X(int column) => column - ((Across - 1) / 2.0);

    private double Z(int z) => z - ((plan.Depth - 1) / 2.0);
}
