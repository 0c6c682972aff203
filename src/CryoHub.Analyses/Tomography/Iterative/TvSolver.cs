using CryoHub.Numerics;
using CryoHub.Numerics.Tomography;

namespace CryoHub.Analyses.Tomography.Iterative;

/// <summary>
/// A SIRT step, then steps down the total variation whose length is a share of the SIRT step's (Sidky and Pan, Phys. Med. Biol. 53 (2008) 4777,
/// doi:10.1088/0031-9155/53/17/021). The variation is taken within each slice, so slices stay separate; as the SIRT steps shrink, so do the others.
/// </summary>
internal sealed class TvSolver(StripProjector projector, StripWeights weights, AlignedFloats measured, AlignedFloats? mask, TomogramParameters parameters)
    : SirtSolver(projector, weights, measured, mask, parameters.Positivity)
{
    private const float Smooth = 1e-3f; // of the slices' root mean square

    private readonly AlignedFloats gradient = new(projector.VolumeLength);

    public override void Iterate(ParallelOptions options)
    {
        Volume.Span.CopyTo(gradient.Span);
        base.Iterate(options);
        Parallel.For(0, Plan.Depth, options, z =>
        {
            var before = Row(gradient, z);
            var now = Row(Volume, z);
            for (var i = 0; i < now.Length; i++)
            {
                before[i] -= now[i];
            }
        });
        var moved = Norms(gradient, options);
        var smooth = Smooth * (float)Math.Sqrt(Norms(Volume, options).Sum(norm => norm * norm) / Volume.Length) is var e and > 0 ? e : 1e-12f;
        for (var step = 0; step < parameters.VariationSteps; step++)
        {
            Parallel.For(0, Plan.Depth, options, z => StripVariation.Gradient(Volume.Span, Across, z, smooth, Row(gradient, z)));
            var norms = Norms(gradient, options);
            var lengths = new float[Strip];
            for (var lane = 0; lane < Strip; lane++)
            {
                lengths[lane] = norms[lane] > 0 ? (float)(-parameters.VariationStepLength * moved[lane] / norms[lane]) : 0;
            }

            Parallel.For(0, Plan.Depth, options, z => Step(z, lengths));
        }
    }

    public override void Dispose()
    {
        gradient.Dispose();
        base.Dispose();
    }

    private void Step(int z, float[] lengths)
    {
        var row = Row(Volume, z);
        var steps = Row(gradient, z);
        ApplyMask(z, 0, steps);
        StripAlgebra.AddByLane(row, steps, lengths);
        for (var x = 0; x < Across; x++)
        {
            var voxels = row.Slice(x * Strip, Strip);
            if (Weights.Inside[(z * Across) + x] == 0)
            {
                voxels.Clear();
            }
            else if (parameters.Positivity)
            {
                foreach (ref var voxel in voxels)
                {
                    voxel = Math.Max(voxel, 0);
                }
            }
        }
    }

    /// <summary>Euclidean length of each slice; rows are added in order.</summary>
    private double[] Norms(AlignedFloats volume, ParallelOptions options)
    {
        var rows = new double[Plan.Depth * Strip];
        Parallel.For(0, Plan.Depth, options, z => StripAlgebra.AddSquares(Row(volume, z), rows.AsSpan(z * Strip, Strip)));
        var norms = new double[Strip];
        for (var i = 0; i < rows.Length; i++)
        {
            norms[i % Strip] += rows[i];
        }

        return [.. norms.Select(Math.Sqrt)];
    }

    private Span<float> Row(AlignedFloats volume, int z) => Projector.Row(volume, z, 0, Across);
}
