using CryoHub.Numerics;
using CryoHub.Numerics.Tomography;

namespace CryoHub.Analyses.Tomography.Iterative;

/// <summary>x += C A' R (b - A x), clipped to what is allowed (Gilbert, J. Theor. Biol. 36 (1972) 105; weights as van der Sluis and van der Vorst 1990).</summary>
internal class SirtSolver(StripProjector projector, StripWeights weights, AlignedFloats measured, AlignedFloats? mask, bool positivity) : StripSolver(projector, weights, measured, mask)
{
    protected float Lowest => positivity ? 0 : float.NegativeInfinity;

    /// <summary>The residual of the volume before the iteration is in <see cref="StripSolver.Projected"/> already.</summary>
    public override void Iterate(ParallelOptions options) => Projector.Backward(Projected, Take, options);

    private void Take(int z, int column, Span<float> sums)
    {
        var columns = sums.Length / Strip;
        ApplyMask(z, column, sums);
        StripAlgebra.AddWeighted(Projector.Row(Volume, z, column, columns), sums, Weights.Columns.AsSpan((z * Across) + column, columns), Lowest);
    }
}
