using CryoHub.Imaging;
using CryoHub.Numerics;
using CryoHub.Numerics.Tomography;

namespace CryoHub.Analyses.Tomography.Iterative;

/// <summary>A volume that says where density may be: above 0 yes, else no.</summary>
internal static class MaskVolume
{
    /// <exception cref="ProblemException">The mask has another shape than the tomogram.</exception>
    public static void Check(SignalHeader? mask, TomogramPlan plan)
    {
        var wanted = $"{plan.Depth} x {plan.Grid.Along} x {plan.Grid.Across}";
        if (mask is not null && string.Join(" x ", mask.Shape) is var found && found != wanted)
        {
            throw ProblemException.Invalid($"The mask must have the tomogram's shape of {wanted} (z, y, x), found {found}.");
        }
    }

    /// <summary>The mask's strips as 0 and 1, [z][x][slice]; <c>null</c> where none is given.</summary>
    public static async Task<AlignedFloats[]?> ReadAsync(AnalysisRun run, TomogramPlan plan, StripRange range, StripProjector projector, CancellationToken ct)
    {
        if (!run.Inputs.TryGetValue("mask", out var mask))
        {
            return null;
        }

        var across = plan.Grid.Across;
        AlignedFloats[] strips = [.. Enumerable.Range(0, range.Count).Select(_ => new AlignedFloats(projector.VolumeLength))];
        var slice = new float[plan.Grid.Along * across];
        for (var z = 0; z < plan.Depth; z++)
        {
            await mask.ReadAsync(z, slice, ct);
            for (var row = 0; row < range.Rows; row++)
            {
                var voxels = projector.Row(strips[row / BackProjection.Strip], z, 0, across);
                for (var x = 0; x < across; x++)
                {
                    voxels[(x * BackProjection.Strip) + (row % BackProjection.Strip)] = slice[((range.FirstRow + row) * across) + x] > 0 ? 1 : 0;
                }
            }
        }

        return strips;
    }
}
