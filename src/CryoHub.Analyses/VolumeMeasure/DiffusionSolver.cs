using CryoHub.Analyses.Volumes;
using CryoHub.Numerics.Volumes;

namespace CryoHub.Analyses.VolumeMeasure;

/// <summary>
/// Effective diffusivity of a phase by conjugate gradients on <see cref="DiffusionStencil"/>, with a linear profile to begin with.
/// </summary>
internal sealed class DiffusionSolver
{
    private const double DefaultTolerance = 1e-5; // residual over right side: the diffusivity is then right to a few 1e-4 or better

    private readonly VolumeWork work;
    private readonly VolumeShape padded;
    private readonly (float Z, float Y, float X) weights;
    private readonly byte[] mask;
    private readonly ConjugateGradients gradients;
    private readonly double[] enters;
    private readonly double[] leaves;
    private readonly double[] works;

    public DiffusionSolver(VolumeWork work, VoxelSize size)
    {
        this.work = work;
        (padded, weights, gradients) = (DiffusionStencil.Padded(work.Shape), DiffusionStencil.Conductance(size), new ConjugateGradients(work));
        mask = new byte[padded.Count];
        (enters, leaves, works) = (new double[padded.Depth], new double[padded.Depth], new double[padded.Depth]);
    }

    /// <summary>Solves along an axis (0, 1, 2: z, y, x) through the voxels of <paramref name="phase"/> that lead from face to face.</summary>
    public DiffusionResult Solve(byte[] phase, int axis, CancellationToken ct, double tolerance = DefaultTolerance)
    {
        var components = work.Components(phase, Connectivity.Faces);
        var through = Through(axis);
        bool[] keep = [.. components.Faces().Select(faces => (faces & through) == through)];
        if (!keep.Contains(true))
        {
            return new DiffusionResult(0, 0, 0);
        }

        Begin(work.Keep(components, keep), axis);
        var multigrid = new Multigrid(work, Links, gradients.Diagonal);
        var iterations = gradients.Solve((vector, z, product) => DiffusionStencil.Apply(vector, gradients.Diagonal, padded, weights, z, 1, product), tolerance, ct, multigrid);
        return Fluxes(axis, iterations);
    }

    /// <summary>The two faces that an axis runs between.</summary>
    public static VolumeFaces Through(int axis) => axis switch
    {
        0 => VolumeFaces.ZLow | VolumeFaces.ZHigh,
        1 => VolumeFaces.YLow | VolumeFaces.YHigh,
        _ => VolumeFaces.XLow | VolumeFaces.XHigh,
    };

    /// <summary>Fills the padded mask, the diagonal, a profile that falls evenly from the low to the high face, and what flows in from the low face, where concentration is 1.</summary>
    private void Begin(byte[] phase, int axis)
    {
        var shape = work.Shape;
        var length = axis switch { 0 => shape.Depth, 1 => shape.Height, _ => shape.Width };
        Array.Clear(gradients.Diagonal);
        Array.Clear(gradients.Solution);
        Array.Clear(gradients.Residual);
        gradients.Slices(z =>
        {
            for (var y = 0; y < shape.Height; y++)
            {
                var (from, to) = (shape.Index(z - 1, y, 0), padded.Index(z, y + 1, 1));
                phase.AsSpan(from, shape.Width).CopyTo(mask.AsSpan(to));
                for (var x = 0; x < shape.Width; x++)
                {
                    var at = axis switch { 0 => z - 1, 1 => y, _ => x };
                    gradients.Solution[to + x] = phase[from + x] != 0 ? 1 - ((at + 0.5f) / length) : 0;
                    gradients.Residual[to + x] = phase[from + x] != 0 ? DiffusionStencil.FaceConductance(padded, weights, axis, to + x, low: true) : 0;
                }
            }
        });
        gradients.Slices(z => DiffusionStencil.Diagonal(mask, padded, weights, axis, z, 1, gradients.Diagonal));
    }

    private void Links(LinkedGrid grid) => gradients.Slices(z =>
    {
        for (var i = z * padded.Plane; i < (z + 1) * padded.Plane; i++)
        {
            if (mask[i] != 0)
            {
                grid.AlongX[i] = mask[i + 1] * weights.X;
                grid.AlongY[i] = mask[i + padded.Width] * weights.Y;
                grid.AlongZ[i] = mask[i + padded.Plane] * weights.Z;
            }
        }
    });

    private DiffusionResult Fluxes(int axis, int iterations)
    {
        var shape = work.Shape;
        var (length, face) = axis switch
        {
            0 => (shape.Depth, shape.Plane),
            1 => (shape.Height, shape.Depth * shape.Width),
            _ => (shape.Width, shape.Depth * shape.Height),
        };
        var weight = axis switch { 0 => weights.Z, 1 => weights.Y, _ => weights.X };
        gradients.Slices(z =>
        {
            (enters[z], leaves[z], works[z]) = (0, 0, 0);
            for (var i = z * padded.Plane; i < (z + 1) * padded.Plane; i++)
            {
                if (mask[i] != 0)
                {
                    double concentration = gradients.Solution[i];
                    enters[z] += DiffusionStencil.FaceConductance(padded, weights, axis, i, low: true) * (1 - concentration);
                    leaves[z] += DiffusionStencil.FaceConductance(padded, weights, axis, i, low: false) * concentration;
                    works[z] += concentration * gradients.Residual[i];
                }
            }
        });

        // The dissipation, c - b u - r u, is least for the solution, so its error is the square of the solution's; the fluxes' is not.
        var dissipation = enters.Sum() - works.Sum();
        return new DiffusionResult(dissipation * length / (weight * face), Math.Abs(enters.Sum() - leaves.Sum()) / dissipation, iterations);
    }
}
