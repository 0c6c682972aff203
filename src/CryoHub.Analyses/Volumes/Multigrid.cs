using CryoHub.Numerics.Volumes;

namespace CryoHub.Analyses.Volumes;

/// <summary>
/// A V-cycle over ever coarser grids as preconditioner of <see cref="ConjugateGradients"/> (Braess, Computing 55 (1995) 379, doi:10.1007/BF02238488: cells of
/// constant value, the coarse matrix scaled down). Each grid is smoothed once before and once after, which keeps the cycle symmetric.
/// </summary>
internal sealed class Multigrid
{
    private const float Damping = 0.75f;
    private const int Coarsest = 4; // cells along the longest axis
    private const int LastSweeps = 24;

    private readonly VolumeWork work;
    private readonly List<(VolumeShape Shape, LinkedGrid Grid, float[] Right, float[] Values, float[] Product)> coarse = [];
    private readonly float[] values;
    private readonly float[] product;

    /// <param name="work">The finest volume.</param>
    /// <param name="links">Writes the links of the finest grid, whose diagonal is given; they are needed here only.</param>
    /// <param name="diagonal">Diagonal of the finest grid.</param>
    public Multigrid(VolumeWork work, Action<LinkedGrid> links, float[] diagonal)
    {
        this.work = work;
        var shape = work.Shape;
        var fine = LinkedGrid.Of(shape) with { Diagonal = diagonal };
        links(fine);
        (values, product) = (new float[fine.Padded.Count], new float[fine.Padded.Count]);
        while (Math.Max(shape.Depth, Math.Max(shape.Height, shape.Width)) > Coarsest)
        {
            shape = MultigridTransfer.Coarser(shape);
            var (finer, grid) = (fine, LinkedGrid.Of(shape));
            Slices(shape, z => MultigridTransfer.Coarsen(finer, grid, z));
            Slices(shape, z => MultigridTransfer.AddLinks(grid, z));
            coarse.Add((shape, grid, new float[grid.Padded.Count], new float[grid.Padded.Count], new float[grid.Padded.Count]));
            fine = grid;
        }
    }

    /// <summary>An approximate solution for a right side; the array is used again by the next call.</summary>
    public float[] Solve(float[] right, float[] diagonal, ConjugateGradients.Matrix matrix)
    {
        Cycle(0, work.Shape, right, values, product, diagonal, matrix);
        return values;
    }

    private void Cycle(int level, VolumeShape shape, float[] right, float[] result, float[] times, float[] diagonal, ConjugateGradients.Matrix matrix)
    {
        Array.Clear(result);
        Array.Clear(times);
        Relax();
        if (level == coarse.Count)
        {
            for (var sweep = 1; sweep < LastSweeps; sweep++)
            {
                Multiply();
                Relax();
            }

            return;
        }

        Multiply();
        var (padded, next) = (DiffusionStencil.Padded(shape), coarse[level]);
        Slices(next.Shape, z => MultigridTransfer.Restrict(right, times, padded, next.Grid.Padded, z, next.Right));
        Cycle(level + 1, next.Shape, next.Right, next.Values, next.Product, next.Grid.Diagonal, (vector, z, to) =>
            RandomWalkerGraph.Apply(vector, next.Grid.Diagonal, next.Grid.Padded, z, next.Grid.AlongX, next.Grid.AlongY, next.Grid.AlongZ, to));
        Slices(shape, z => MultigridTransfer.Prolong(next.Values, diagonal, padded, next.Grid.Padded, z, result));
        Multiply();
        Relax();

        void Multiply() => Slices(shape, z => matrix(result, z, times));

        void Relax()
        {
            var plane = DiffusionStencil.Padded(shape).Plane;
            Slices(shape, z => MultigridTransfer.Relax(
                Damping, right.AsSpan(z * plane, plane), times.AsSpan(z * plane, plane), diagonal.AsSpan(z * plane, plane), result.AsSpan(z * plane, plane)));
        }
    }

    private void Slices(VolumeShape shape, Action<int> visit) => work.Ranges(shape.Depth, (first, count) =>
    {
        for (var z = first + 1; z <= first + count; z++)
        {
            visit(z);
        }
    });
}
