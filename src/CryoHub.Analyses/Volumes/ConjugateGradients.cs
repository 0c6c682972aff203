using CryoHub.Numerics.Volumes;

namespace CryoHub.Analyses.Volumes;

/// <summary>
/// Conjugate gradients on a padded volume with the diagonal as preconditioner; voxels whose diagonal is 0 are no unknowns. Sums are kept slice by slice, so the
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

    /// <summary>Bytes that a solver holds for each voxel.</summary>
    public const int BytesPerVoxel = 20;

    /// <summary>Writes the matrix times a vector for one slice and gives the sum of vector times product there.</summary>
    public delegate double Matrix(float[] vector, int slice, float[] product);

    public VolumeShape Padded => padded;

    public float[] Diagonal { get; }

    /// <summary>In: where to begin. Out: the solution.</summary>
    public float[] Solution { get; }

    /// <summary>In: the right side. Out: what is left of it.</summary>
    public float[] Residual { get; }

    /// <summary>Solves until the residual's norm is below <paramref name="tolerance"/> times the right side's; gives the number of steps.</summary>
    public int Solve(Matrix matrix, double tolerance, CancellationToken ct)
    {
        Slices(z => sums[z] = SumOfSquares(Slice(Residual, z)));
        var right = sums.Sum();
        Array.Clear(direction);
        Slices(z => matrix(Solution, z, product));
        Step(1);
        Slices(z => DiffusionStencil.Turn(0, Slice(Residual, z), Slice(Diagonal, z), Slice(direction, z)));
        var (energy, plain, iterations) = (sums.Sum(), others.Sum(), 0);
        for (; iterations < MostIterations && plain > tolerance * tolerance * right && energy > 0; iterations++)
        {
            ct.ThrowIfCancellationRequested();
            Slices(z => sums[z] = matrix(direction, z, product));
            Step((float)(energy / sums.Sum()));
            var beta = (float)(sums.Sum() / energy);
            (energy, plain) = (sums.Sum(), others.Sum());
            Slices(z => DiffusionStencil.Turn(beta, Slice(Residual, z), Slice(Diagonal, z), Slice(direction, z)));
        }

        return iterations;
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

    private static double SumOfSquares(ReadOnlySpan<float> values)
    {
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += (double)value * value;
        }

        return sum;
    }

    private Span<float> Slice(float[] volume, int z) => volume.AsSpan(z * padded.Plane, padded.Plane);
}
