using CryoHub.Numerics;
using CryoHub.Numerics.Tomography;

namespace CryoHub.Analyses.Tomography.Iterative;

/// <summary>One strip on its way to a solution of A x = b: <see cref="BackProjection.Strip"/> slices that know nothing of the other strips.</summary>
/// <param name="projector">The geometry.</param>
/// <param name="weights">Weights shared by all strips.</param>
/// <param name="measured">b; the solver owns it.</param>
/// <param name="mask">1 where density may be, one number a voxel; <c>null</c> for no mask besides the weights'. The solver owns it.</param>
internal abstract class StripSolver(StripProjector projector, StripWeights weights, AlignedFloats measured, AlignedFloats? mask) : IDisposable
{
    protected const int Strip = BackProjection.Strip;

    protected StripProjector Projector => projector;

    protected StripWeights Weights => weights;

    protected AlignedFloats Measured => measured;

    protected AlignedFloats? Mask => mask;

    protected TomogramPlan Plan => projector.Plan;

    protected int Across => Plan.Grid.Across;

    /// <summary>x, [z][x][slice].</summary>
    public AlignedFloats Volume { get; } = new(projector.VolumeLength);

    protected AlignedFloats Projected { get; } = new(projector.SinogramLength);

    /// <summary>One iteration.</summary>
    public abstract void Iterate(ParallelOptions options);

    /// <summary>What remains to be done after the last iteration.</summary>
    public virtual void Finish(ParallelOptions options)
    {
    }

    /// <summary>Adds the squares of b - A x to <paramref name="squares"/> [view][detector]; called once before each iteration.</summary>
    public virtual void Residual(double[] squares, ParallelOptions options) => Compare(squares, options);

    /// <summary>The same by projecting x anew; leaves R (b - A x) in <see cref="Projected"/>.</summary>
    public void Compare(double[] squares, ParallelOptions options)
    {
        projector.Forward(Volume, Projected, options);
        Parallel.For(0, Plan.Views.Length, options, view => StripAlgebra.Difference(
            projector.View(Projected, view), projector.View(measured, view), weights.Rows.AsSpan(view * Across, Across), squares.AsSpan(view * Across, Across)));
    }

    /// <inheritdoc/>
    public virtual void Dispose()
    {
        Volume.Dispose();
        Projected.Dispose();
        measured.Dispose();
        mask?.Dispose();
    }

    protected void ApplyMask(int z, int column, Span<float> values)
    {
        if (mask is not null)
        {
            StripAlgebra.Multiply(values, projector.Row(mask, z, column, values.Length / Strip));
        }
    }
}
