using CryoHub.Analyses.VolumeMeasure;
using CryoHub.Analyses.Volumes;
using CryoHub.Numerics.Volumes;

namespace CryoHub.Analyses.Tests.Volumes;

public sealed class MultigridTests
{
    private static readonly VolumeShape Shape = new(21, 34, 26);

    [Fact]
    public void The_cycle_is_symmetric_and_positive_as_conjugate_gradients_need_it()
    {
        var (work, mask, random) = (new VolumeWork(Shape, new ParallelOptions { MaxDegreeOfParallelism = 2 }), LabelPhantom.Balls(Shape, 5, 0.5, 4), new Random(6));
        var gradients = new ConjugateGradients(work);
        var padded = gradients.Padded;
        var inside = new byte[padded.Count];
        for (var i = 0; i < mask.Length; i++)
        {
            inside[padded.Index((i / Shape.Plane) + 1, (i / Shape.Width % Shape.Height) + 1, (i % Shape.Width) + 1)] = mask[i];
        }

        DiffusionStencil.Diagonal(inside, padded, (1, 1, 1), 0, 1, Shape.Depth, gradients.Diagonal);
        var multigrid = new Multigrid(work, grid => Link(grid, inside), gradients.Diagonal);
        var (a, b) = (Vector(), Vector());

        var (toA, toB) = ((float[])Solve(a).Clone(), (float[])Solve(b).Clone());

        Assert.Equal(Dot(b, toA), Dot(a, toB), 1e-4 * Math.Abs(Dot(a, toA))); // float32 rounding
        Assert.True(Dot(a, toA) > 0 && Dot(b, toB) > 0);

        float[] Vector() => [.. gradients.Diagonal.Select(diagonal => diagonal > 0 ? random.NextSingle() - 0.5f : 0)];
        float[] Solve(float[] right) => multigrid.Solve(right, gradients.Diagonal, (vector, z, product) => DiffusionStencil.Apply(vector, gradients.Diagonal, padded, (1, 1, 1), z, 1, product));
    }

    [Fact]
    public void Few_steps_are_enough_and_threads_change_no_bit()
    {
        var mask = LabelPhantom.Balls(Shape, 5, 0.5, 4);

        DiffusionResult[] results = [.. new[] { 1, 3 }.Select(threads => new DiffusionSolver(new VolumeWork(Shape, new ParallelOptions { MaxDegreeOfParallelism = threads }), VoxelSize.One).Solve(mask, 0, TestContext.Current.CancellationToken))];

        Assert.Equal(results[0], results[1]);
        Assert.InRange(results[0].Iterations, 3, 40);
        Assert.InRange(results[0].Imbalance, 0, 2e-3);
    }

    private static void Link(LinkedGrid grid, byte[] inside)
    {
        for (var i = 0; i < inside.Length; i++)
        {
            if (inside[i] != 0)
            {
                (grid.AlongX[i], grid.AlongY[i], grid.AlongZ[i]) = (inside[i + 1], inside[i + grid.Padded.Width], inside[i + grid.Padded.Plane]);
            }
        }
    }

    private static double Dot(float[] a, float[] b) => a.Zip(b, (x, y) => (double)x * y).Sum();
}
