using CryoHub.Numerics;
using CryoHub.Numerics.Tomography;

namespace CryoHub.Analyses.Tomography.Iterative;

/// <summary>SIRT's weights, the same for all slices: R = 1 / row sums of A, C = 1 / column sums; 0 where a ray meets no voxel or a voxel lies outside the mask.</summary>
internal sealed class StripWeights
{
    private const float Least = 1e-3f; // of a pixel's length: rays and voxels that only graze would be blown up

    public StripWeights(StripProjector projector, ReconstructionMask mask, ParallelOptions options)
    {
        const int strip = BackProjection.Strip;
        var plan = projector.Plan;
        var across = plan.Grid.Across;
        (Rows, Columns) = (new float[plan.Views.Length * across], new float[plan.Depth * across]);
        Inside = new float[plan.Depth * across];
        using var volume = new AlignedFloats(projector.VolumeLength);
        using var sinogram = new AlignedFloats(projector.SinogramLength);
        volume.Span.Fill(1);
        projector.Forward(volume, sinogram, options);
        for (var view = 0; view < plan.Views.Length; view++)
        {
            var rows = projector.View(sinogram, view);
            for (var u = 0; u < across; u++)
            {
                Rows[(view * across) + u] = rows[u * strip] > Least ? 1 / rows[u * strip] : 0;
            }

            rows.Fill(1);
        }

        projector.Backward(sinogram, (z, column, sums) =>
        {
            for (var i = 0; i * strip < sums.Length; i++)
            {
                var at = (z * across) + column + i;
                Inside[at] = mask == ReconstructionMask.None || InCylinder(plan, column + i, z) ? 1 : 0;
                Columns[at] = sums[i * strip] > Least ? Inside[at] / sums[i * strip] : 0;
            }
        }, options);
    }

    /// <summary>R, [view][detector].</summary>
    public float[] Rows { get; }

    /// <summary>C, [z][x].</summary>
    public float[] Columns { get; }

    /// <summary>1 inside the mask, 0 outside, [z][x].</summary>
    public float[] Inside { get; }

    private static bool InCylinder(TomogramPlan plan, int column, int z)
    {
        var radius = Math.Min(plan.Axis + 0.5, plan.Grid.Across - 0.5 - plan.Axis);
        return double.Hypot(column - ((plan.Grid.Across - 1) / 2.0), z - ((plan.Depth - 1) / 2.0)) <= radius;
    }
}
