using CryoHub.Numerics;
using CryoHub.Numerics.Tomography;

namespace CryoHub.Analyses.Tomography.Iterative;

/// <summary>
/// Conjugate gradients on A'A x = A'b without forming A'A (Björck, Numerical Methods for Least Squares Problems, algorithm 7.4.1), every slice with step lengths of
/// its own: slices are separate problems, and one shared step would only serve their mean.
/// </summary>
internal sealed class CglsSolver : StripSolver
{
    private readonly bool positivity;
    private readonly AlignedFloats gradient;
    private readonly AlignedFloats direction;
    private readonly AlignedFloats residual;
    private readonly double[] squares = new double[Strip];

    public CglsSolver(StripProjector projector, StripWeights weights, AlignedFloats measured, AlignedFloats? mask, bool positivity, ParallelOptions options)
        : base(projector, weights, measured, mask)
    {
        this.positivity = positivity;
        (gradient, direction, residual) = (new(projector.VolumeLength), new(projector.VolumeLength), new(projector.SinogramLength));
        measured.Span.CopyTo(residual.Span);
        Gradient(options);
        gradient.Span.CopyTo(direction.Span);
    }

    /// <summary>The recurrence knows b - A x.</summary>
    public override void Residual(double[] squares, ParallelOptions options) => Parallel.For(0, Plan.Views.Length, options, view =>
    {
        Span<double> lanes = stackalloc double[Strip];
        for (var u = 0; u < Across; u++)
        {
            lanes.Clear();
            StripAlgebra.AddSquares(Projector.View(residual, view).Slice(u * Strip, Strip), lanes);
            foreach (var square in lanes)
            {
                squares[(view * Across) + u] += square;
            }
        }
    });

    public override void Iterate(ParallelOptions options)
    {
        Projector.Forward(direction, Projected, options);
        var norms = new double[Strip];
        for (var view = 0; view < Plan.Views.Length; view++)
        {
            StripAlgebra.AddSquares(Projector.View(Projected, view), norms);
        }

        var (step, back, before) = (new float[Strip], new float[Strip], (double[])squares.Clone());
        for (var lane = 0; lane < Strip; lane++)
        {
            step[lane] = norms[lane] > 0 ? (float)(squares[lane] / norms[lane]) : 0;
            back[lane] = -step[lane];
        }

        Rows(z => StripAlgebra.AddByLane(Row(Volume, z), Row(direction, z), step), options);
        Parallel.For(0, Plan.Views.Length, options, view => StripAlgebra.AddByLane(Projector.View(residual, view), Projector.View(Projected, view), back));
        Gradient(options);
        var turn = new float[Strip];
        for (var lane = 0; lane < Strip; lane++)
        {
            turn[lane] = before[lane] > 0 ? (float)(squares[lane] / before[lane]) : 0;
        }

        Rows(z => StripAlgebra.ScaleByLaneAndAdd(Row(direction, z), Row(gradient, z), turn), options);
    }

    public override void Finish(ParallelOptions options)
    {
        if (positivity)
        {
            Rows(z =>
            {
                foreach (ref var voxel in Row(Volume, z))
                {
                    voxel = Math.Max(voxel, 0);
                }
            }, options);
        }
    }

    public override void Dispose()
    {
        gradient.Dispose();
        direction.Dispose();
        residual.Dispose();
        base.Dispose();
    }

    /// <summary>A' r inside the mask, and the squares of each slice of it, row by row in order.</summary>
    private void Gradient(ParallelOptions options)
    {
        Projector.Backward(residual, (z, column, sums) =>
        {
            var columns = sums.Length / Strip;
            ApplyMask(z, column, sums);
            var row = Projector.Row(gradient, z, column, columns);
            row.Clear();
            StripAlgebra.AddWeighted(row, sums, Weights.Inside.AsSpan((z * Across) + column, columns), float.NegativeInfinity);
        }, options);
        var rows = new double[Plan.Depth * Strip];
        Rows(z => StripAlgebra.AddSquares(Row(gradient, z), rows.AsSpan(z * Strip, Strip)), options);
        squares.AsSpan().Clear();
        for (var i = 0; i < rows.Length; i++)
        {
            squares[i % Strip] += rows[i];
        }
    }

    private Span<float> Row(AlignedFloats volume, int z) => Projector.Row(volume, z, 0, Across);

    private void Rows(Action<int> act, ParallelOptions options) => Parallel.For(0, Plan.Depth, options, act);
}
