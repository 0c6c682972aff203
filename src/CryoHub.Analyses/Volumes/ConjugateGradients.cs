using CryoHub.Numerics.Volumes;

namespace CryoHub.Analyses.Volumes;

/// <summary>
/// Conjugate gradients on a padded volume with the diagonal or a <see cref="Multigrid"/> as preconditioner; voxels whose diagonal is 0 are no unknowns. Sums are kept slice by slice, so the
/// bits do not depend on the number of threads.
/// </summary>
internal sealed class ConjugateGradients
{
    private const int MostIterations = 20_000;

    private readonly VolumeWork work;
    private readonly VolumeShape padded;
    private readonly float[] direction;
    private readonly float[] product;
    private readonly double[] sums;
    private readonly double[] others;

    public ConjugateGradients(VolumeWork work)
    {
        this.work = work;
        padded = DiffusionStencil.Padded(work.Shape);
        (Diagonal, Solution, Residual, direction, product) = (new float[padded.Count], new float[padded.Count], new float[padded.Count], new float[padded.Count], new float[padded.Count]);
        (sums, others) = (new double[padded.Depth], new double[padded.Depth]);
    }

    /// <summary>Writes the matrix times a vector for one slice and gives the sum of vector times product there.</summary>
    public delegate double Matrix(float[] vector, int slice, float[] product);

    public VolumeShape Padded => padded;

    public float[] Diagonal { get; }

    /// <summary>In: where to begin. Out: the solution.</summary>
    public float[] Solution { get; }

    /// <summary>In: the right side. Out: what is left of it.</summary>
    public float[] Residual { get; }

    /// <summary>Solves until the residual's norm is below <paramref name="tolerance"/> times the right side's; gives the number of steps.</summary>
    public int Solve(Matrix matrix, double tolerance, CancellationToken ct, Multigrid? multigrid = null)
    {
        Slices(z => sums[z] = Dot(Slice(Residual, z), Slice(Residual, z)));
        var right = sums.Sum();
        Array.Clear(direction);
        Slices(z => matrix(Solution, z, product));
        Step(1);
        var (energy, plain, iterations) = (Turn(0, sums.Sum(), matrix, multigrid), others.Sum(), 0);
        for (; iterations < MostIterations && plain > tolerance * tolerance * right && energy > 0; iterations++)
        {
            ct.ThrowIfCancellationRequested();
            Slices(z => sums[z] = matrix(direction, z, product));
            Step((float)(energy / sums.Sum()));
            plain = others.Sum();
            energy = Turn(energy, sums.Sum(), matrix, multigrid);
        }

        return iterations;
    }

    /// <summary>Gives the next direction and the residual's product with the preconditioned residual; <paramref name="diagonal"/> is that product where the diagonal preconditions.</summary>
    private double Turn(double before, double diagonal, Matrix matrix, Multigrid? multigrid)
    {
        if (multigrid is null)
        {
            var beta = (float)(before > 0 ? diagonal / before : 0);
            Slices(z => DiffusionStencil.Turn(beta, Slice(Residual, z), Slice(Diagonal, z), Slice(direction, z)));
            return diagonal;
        }

        var better = multigrid.Solve(Residual, Diagonal, matrix);
        Slices(z => sums[z] = Dot(Slice(Residual, z), Slice(better, z)));
        var energy = sums.Sum();
        var factor = (float)(before > 0 ? energy / before : 0);
        Slices(z =>
        {
            var (from, to) = (z * padded.Plane, (z + 1) * padded.Plane);
            for (var i = from; i < to; i++)
            {
                direction[i] = better[i] + (factor * direction[i]);
            }
        });
        return energy;
    }

    /// <summary>Visits the slices that are not padding side by side.</summary>
    public void Slices(Action<int> visit) => work.Ranges(work.Shape.Depth, (first, count) =>
    {
        for (var z = first + 1; z <= first + count; z++)
        {
            visit(z);
        }
    });

    private void Step(float alpha) =>
        Slices(z => (sums[z], others[z]) = DiffusionStencil.Step(alpha, Slice(direction, z), Slice(product, z), Slice(Diagonal, z), Slice(Solution, z), Slice(Residual, z)));

    private static double Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++)
        {
            sum += (double)a[i] * b[i];
        }

        return sum;
    }

    private Span<float> Slice(float[] volume, int z) => volume.AsSpan(z * padded.Plane, padded.Plane);
}
