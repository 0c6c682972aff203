using CryoHub.Numerics;
using CryoHub.Numerics.Tomography;

namespace CryoHub.Analyses.Tomography.Iterative;

/// <summary>
/// DART (Batenburg and Sijbers, IEEE Trans. Image Process. 20 (2011) 2542, doi:10.1109/TIP.2011.2131661): the volume is cut at the middles between the grey levels;
/// voxels at a border and a random share of the others stay free and are corrected by SIRT, all others are held at their level.
/// One <see cref="Iterate"/> is a SIRT iteration before DART begins and a whole round afterwards.
/// </summary>
internal sealed class DartSolver : SirtSolver
{
    private readonly TomogramParameters parameters;
    private readonly StripRange range;
    private readonly int strip;
    private readonly float[] levels;
    private readonly AlignedFloats segments;
    private readonly AlignedFloats free;
    private readonly AlignedFloats rowSums;
    private int done;

    public DartSolver(StripProjector projector, StripWeights weights, AlignedFloats measured, AlignedFloats? mask, TomogramParameters parameters, StripRange range, int strip)
        : base(projector, weights, measured, mask, parameters.Positivity && parameters.GreyLevels.All(level => level >= 0))
    {
        (this.parameters, this.range, this.strip) = (parameters, range, strip);
        levels = [.. parameters.GreyLevels.Order().Select(level => (float)level)];
        (segments, free, rowSums) = (new(projector.VolumeLength), new(projector.VolumeLength), new(projector.SinogramLength));
    }

    public override void Iterate(ParallelOptions options)
    {
        if (done++ < parameters.Iterations)
        {
            base.Iterate(options);
            return;
        }

        Segment(options);
        Parallel.For(0, Plan.Depth, options, Choose);
        Projector.Forward(free, rowSums, options);
        for (var i = 0; i < parameters.DartIterations; i++)
        {
            Projector.Forward(Volume, Projected, options);
            Parallel.For(0, Plan.Views.Length, options, Correct);
            Projector.Backward(Projected, Take, options);
        }
    }

    /// <summary>The volume in its grey levels.</summary>
    public override void Finish(ParallelOptions options)
    {
        Segment(options);
        segments.Span.CopyTo(Volume.Span);
    }

    public override void Dispose()
    {
        segments.Dispose();
        free.Dispose();
        rowSums.Dispose();
        base.Dispose();
    }

    private void Segment(ParallelOptions options) => Parallel.For(0, Plan.Depth, options, z =>
    {
        var from = Projector.Row(Volume, z, 0, Across);
        var to = Projector.Row(segments, z, 0, Across);
        for (var i = 0; i < from.Length; i++)
        {
            var level = 0;
            while (level + 1 < levels.Length && from[i] > (levels[level] + levels[level + 1]) / 2)
            {
                level++;
            }

            to[i] = levels[level];
        }
    });

    /// <summary>Free voxels keep their density, the others get their level.</summary>
    private void Choose(int z)
    {
        var here = Projector.Row(Volume, z, 0, Across);
        var row = Projector.Row(segments, z, 0, Across);
        var chosen = Projector.Row(free, z, 0, Across);
        for (var x = 0; x < Across; x++)
        {
            var allowed = Weights.Inside[(z * Across) + x] > 0;
            for (var lane = 0; lane < Strip; lane++)
            {
                var at = (x * Strip) + lane;
                var isFree = allowed && (AtBorder(z, x, lane, row[at]) || Chance(z, x, range.FirstRow + (strip * Strip) + lane) < parameters.FreeShare);
                chosen[at] = isFree ? 1 : 0;
                here[at] = isFree ? here[at] : allowed ? row[at] : 0;
            }
        }

        ApplyMask(z, 0, chosen);
    }

    private bool AtBorder(int z, int x, int lane, float level)
    {
        for (var dz = Math.Max(0, z - 1); dz <= Math.Min(Plan.Depth - 1, z + 1); dz++)
        {
            var row = Projector.Row(segments, dz, 0, Across);
            for (var dx = Math.Max(0, x - 1); dx <= Math.Min(Across - 1, x + 1); dx++)
            {
                if (row[(dx * Strip) + lane] != level)
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>A number from 0 to 1 that depends on the voxel, the round and the seed only: parts and threads choose alike.</summary>
    private double Chance(int z, int x, int y)
    {
        var hash = ((ulong)(uint)parameters.Seed << 40) ^ ((ulong)(uint)done << 52) ^ ((ulong)(uint)z << 26) ^ ((ulong)(uint)x << 13) ^ (uint)y;
        hash = (hash + 0x9E3779B97F4A7C15) * 0xBF58476D1CE4E5B9; // SplitMix64 (Steele, Lea and Flood 2014)
        hash = (hash ^ (hash >> 27)) * 0x94D049BB133111EB;
        return ((hash ^ (hash >> 31)) >> 11) * (1.0 / (1UL << 53));
    }

    /// <summary>R (b - A x), R = 1 / length of the ray in free voxels.</summary>
    private void Correct(int view)
    {
        const float least = 0.5f; // a ray that hardly meets a free voxel says nothing about it
        var projected = Projector.View(Projected, view);
        var measured = Projector.View(Measured, view);
        var sums = Projector.View(rowSums, view);
        for (var i = 0; i < projected.Length; i++)
        {
            projected[i] = sums[i] > least ? (measured[i] - projected[i]) / sums[i] : 0;
        }
    }

    private void Take(int z, int column, Span<float> sums)
    {
        var columns = sums.Length / Strip;
        StripAlgebra.Multiply(sums, Projector.Row(free, z, column, columns));
        StripAlgebra.AddWeighted(Projector.Row(Volume, z, column, columns), sums, Weights.Columns.AsSpan((z * Across) + column, columns), Lowest);
    }
}
