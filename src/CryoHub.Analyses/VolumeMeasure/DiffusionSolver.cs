using CryoHub.Analyses.Volumes;
using CryoHub.Numerics.Volumes;

namespace CryoHub.Analyses.VolumeMeasure;

/// <summary>
/// Effective diffusivity of a phase by conjugate gradients on <see cref="DiffusionStencil"/>, with the diagonal as preconditioner and a linear profile to begin
/// with. Sums are kept slice by slice, so the bits do not depend on the number of threads.
/// </summary>
internal sealed class DiffusionSolver
{
    private const int MostIterations = 20_000;
    private const double DefaultTolerance = 1e-5; // residual over right side: the diffusivity is then right to 2e-5

    private readonly VolumeWork work;
    private readonly VolumeShape padded;
    private readonly (float Z, float Y, float X) weights;
    private readonly byte[] mask;
    private readonly float[] diagonal;
    private readonly float[] solution;
    private readonly float[] residual;
    private readonly float[] direction;
    private readonly float[] product;
    private readonly double[] sums;
    private readonly double[] others;
    private readonly double[] works;

    public DiffusionSolver(VolumeWork work, VoxelSize size)
    {
        this.work = work;
        (padded, weights) = (DiffusionStencil.Padded(work.Shape), DiffusionStencil.Conductance(size));
        mask = new byte[padded.Count];
        (diagonal, solution, residual, direction, product) = (new float[padded.Count], new float[padded.Count], new float[padded.Count], new float[padded.Count], new float[padded.Count]);
        (sums, others, works) = (new double[padded.Depth], new double[padded.Depth], new double[padded.Depth]);
    }

    /// <summary>Bytes that a solver holds for each voxel.</summary>
    public const int BytesPerVoxel = 21;

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
        var right = RightSide(axis);
        var energy = Restart();
        var iterations = 0;
        for (var plain = double.MaxValue; iterations < MostIterations && plain > tolerance * tolerance * right && energy > 0; iterations++)
        {
            ct.ThrowIfCancellationRequested();
            Slices(z => sums[z] = DiffusionStencil.Apply(direction, diagonal, padded, weights, z, 1, product));
            var alpha = (float)(energy / sums.Sum());
            Slices(z => (sums[z], others[z]) = DiffusionStencil.Step(alpha, Slice(direction, z), Slice(product, z), Slice(diagonal, z), Slice(solution, z), Slice(residual, z)));
            var beta = (float)(sums.Sum() / energy);
            (energy, plain) = (sums.Sum(), others.Sum());
            Slices(z => DiffusionStencil.Turn(beta, Slice(residual, z), Slice(diagonal, z), Slice(direction, z)));
        }

        return Fluxes(axis, iterations);
    }

    /// <summary>The two faces that an axis runs between.</summary>
    public static VolumeFaces Through(int axis) => axis switch
    {
        0 => VolumeFaces.ZLow | VolumeFaces.ZHigh,
        1 => VolumeFaces.YLow | VolumeFaces.YHigh,
        _ => VolumeFaces.XLow | VolumeFaces.XHigh,
    };

    /// <summary>Fills the padded mask, the diagonal, and a profile that falls evenly from the low to the high face.</summary>
    private void Begin(byte[] phase, int axis)
    {
        var shape = work.Shape;
        var length = axis switch { 0 => shape.Depth, 1 => shape.Height, _ => shape.Width };
        Array.Clear(diagonal);
        Array.Clear(solution);
        Slices(z =>
        {
            for (var y = 0; y < shape.Height; y++)
            {
                var (from, to) = (shape.Index(z - 1, y, 0), padded.Index(z, y + 1, 1));
                phase.AsSpan(from, shape.Width).CopyTo(mask.AsSpan(to));
                for (var x = 0; x < shape.Width; x++)
                {
                    var at = axis switch { 0 => z - 1, 1 => y, _ => x };
                    solution[to + x] = phase[from + x] != 0 ? 1 - ((at + 0.5f) / length) : 0;
                }
            }
        });
        Slices(z => DiffusionStencil.Diagonal(mask, padded, weights, axis, z, 1, diagonal));
    }

    /// <summary>Puts the right side into the residual: what flows in from the low face, where concentration is 1. Gives the sum of its squares.</summary>
    private double RightSide(int axis)
    {
        Array.Clear(residual);
        Array.Clear(sums);
        Slices(z =>
        {
            for (var i = z * padded.Plane; i < (z + 1) * padded.Plane; i++)
            {
                if (mask[i] != 0)
                {
                    residual[i] = DiffusionStencil.FaceConductance(padded, weights, axis, i, low: true);
                    sums[z] += residual[i] * residual[i];
                }
            }
        });
        return sums.Sum();
    }

    /// <summary>residual = right side - A solution, direction = residual / diagonal; gives the sum of residual squared over the diagonal.</summary>
    private double Restart()
    {
        Array.Clear(direction);
        Array.Clear(product);
        Slices(z => DiffusionStencil.Apply(solution, diagonal, padded, weights, z, 1, product));
        Slices(z => (sums[z], others[z]) = DiffusionStencil.Step(1, Slice(direction, z), Slice(product, z), Slice(diagonal, z), Slice(solution, z), Slice(residual, z)));
        Slices(z => DiffusionStencil.Turn(0, Slice(residual, z), Slice(diagonal, z), Slice(direction, z)));
        return sums.Sum();
    }

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
        Slices(z =>
        {
            (sums[z], others[z], works[z]) = (0, 0, 0);
            for (var i = z * padded.Plane; i < (z + 1) * padded.Plane; i++)
            {
                if (mask[i] != 0)
                {
                    sums[z] += DiffusionStencil.FaceConductance(padded, weights, axis, i, low: true) * (1.0 - solution[i]);
                    others[z] += DiffusionStencil.FaceConductance(padded, weights, axis, i, low: false) * (double)solution[i];
                    works[z] += (double)solution[i] * residual[i];
                }
            }
        });
        var (enters, leaves) = (sums.Sum(), others.Sum());

        // The dissipation, c - b u - r u, is least for the solution, so its error is the square of the solution's; the fluxes' is not.
        var dissipation = enters - works.Sum();
        return new DiffusionResult(dissipation * length / (weight * face), Math.Abs(enters - leaves) / dissipation, iterations);
    }

    private void Slices(Action<int> visit) => work.Ranges(work.Shape.Depth, (first, count) =>
    {
        for (var z = first + 1; z <= first + count; z++)
        {
            visit(z);
        }
    });

    private Span<float> Slice(float[] volume, int z) => volume.AsSpan(z * padded.Plane, padded.Plane);
}
