using System.Runtime.InteropServices;
using CryoHub.Imaging;
using CryoHub.Numerics;
using CryoHub.Numerics.Tomography;

namespace CryoHub.Analyses.Tomography.Iterative;

/// <summary>Solves a range of strips together, iteration by iteration, so that the residual on screen is that of all of them; then gives out their slices.</summary>
internal sealed class IterativeReconstruction : IVolumeSlabs, IDisposable
{
    private const long SlabBytes = 64L << 20;
    private const int Strip = BackProjection.Strip;

    private readonly TomogramPlan plan;
    private readonly StripRange range;
    private readonly List<StripSolver> solvers = [];

    private IterativeReconstruction(TomogramPlan plan, StripRange range, int rounds)
    {
        (this.plan, this.range) = (plan, range);
        Log = new ResidualLog(plan, rounds);
        SlabSlices = (int)Math.Clamp(SlabBytes / (sizeof(float) * (long)plan.Grid.Across * range.Rows), 1, plan.Depth);
    }

    public ResidualLog Log { get; }

    public int SlabSlices { get; }

    /// <summary>Bytes that one strip takes while it is solved.</summary>
    public static long StripBytes(TomogramPlan plan, TomogramParameters parameters, bool masked)
    {
        var (volumes, sinograms) = parameters.Method switch
        {
            ReconstructionMethod.Cgls => (3L, 3L),
            ReconstructionMethod.Tv => (2L, 2L),
            ReconstructionMethod.Dart => (3L, 3L),
            _ => (1L, 2L),
        };
        return sizeof(float) * Strip * (((volumes + (masked ? 1 : 0)) * plan.Depth * plan.Grid.Across) + (sinograms * plan.Views.Length * (plan.Grid.Across + 3)));
    }

    /// <summary>Iterations of the method, DART's rounds among them.</summary>
    public static int Rounds(TomogramParameters parameters) => parameters.Iterations + (parameters.Method == ReconstructionMethod.Dart ? parameters.DartRounds : 0);

    /// <summary>Reads the projections and solves for the volume with at most <paramref name="most"/> iterations.</summary>
    public static async Task<IterativeReconstruction> SolveAsync(AnalysisRun run, TomogramPlan plan, StripRange range, int most, CancellationToken ct)
    {
        var parameters = (TomogramParameters)run.Parameters;
        var solution = new IterativeReconstruction(plan, range, Rounds(parameters));
        try
        {
            await solution.PrepareAsync(run, parameters, ct);
            await Task.Run(() => solution.Iterate(run, most, ct), ct);
            return solution;
        }
        catch
        {
            solution.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public Task FillAsync(int firstSlice, int slices, Memory<byte> slab, ParallelOptions options)
    {
        var across = plan.Grid.Across;
        Parallel.For(0, slices * solvers.Count, options, job =>
        {
            var (slice, strip) = (job / solvers.Count, job % solvers.Count);
            var voxels = solvers[strip].Volume.Span.Slice((firstSlice + slice) * across * Strip, across * Strip);
            var rows = Math.Min(Strip, range.Rows - (strip * Strip));
            var target = MemoryMarshal.Cast<byte, float>(slab.Span).Slice(((slice * range.Rows) + (strip * Strip)) * across, rows * across);
            for (var row = 0; row < rows; row++)
            {
                for (var x = 0; x < across; x++)
                {
                    target[(row * across) + x] = voxels[(x * Strip) + row];
                }
            }
        });
        return Task.CompletedTask;
    }

    public void Dispose() => solvers.ForEach(solver => solver.Dispose());

    private async Task PrepareAsync(AnalysisRun run, TomogramParameters parameters, CancellationToken ct)
    {
        var options = run.Parallel(ct);
        var projector = new StripProjector(plan);
        var measured = Allocate(projector.SinogramLength);
        await ProjectionReader.ReadAsync(run, run.Inputs["signal"], plan, parameters, range, (view, grid) => Scatter(projector, measured, view, grid), ct);
        var masks = await MaskVolume.ReadAsync(run, plan, range, projector, ct);
        var weights = new StripWeights(projector, parameters.Mask, options);
        for (var strip = 0; strip < range.Count; strip++)
        {
            var (data, mask) = (measured[strip], masks?[strip]);
            solvers.Add(parameters.Method switch
            {
                ReconstructionMethod.Cgls => new CglsSolver(projector, weights, data, mask, parameters.Positivity, options),
                ReconstructionMethod.Tv => new TvSolver(projector, weights, data, mask, parameters),
                ReconstructionMethod.Dart => new DartSolver(projector, weights, data, mask, parameters, range, strip),
                _ => new SirtSolver(projector, weights, data, mask, parameters.Positivity),
            });
        }
    }

    private AlignedFloats[] Allocate(int length) => [.. Enumerable.Range(0, range.Count).Select(_ => new AlignedFloats(length))];

    private void Scatter(StripProjector projector, AlignedFloats[] measured, int view, float[] grid)
    {
        var across = plan.Grid.Across;
        for (var row = 0; row < range.Rows; row++)
        {
            var rows = projector.View(measured[row / Strip], view);
            var line = grid.AsSpan(row * across, across);
            for (var u = 0; u < across; u++)
            {
                rows[(u * Strip) + (row % Strip)] = line[u];
                Log.Measured[view] += (double)line[u] * line[u];
            }
        }
    }

    private void Iterate(AnalysisRun run, int most, CancellationToken ct)
    {
        var options = run.Parallel(ct);
        var left = new double[plan.Views.Length * plan.Grid.Across];
        for (var round = 0; ; round++)
        {
            left.AsSpan().Clear();
            solvers.ForEach(solver => solver.Residual(left, options));
            Log.Squares[round] = left.Sum();
            Report(run, round);
            if (round == most || (round > 0 && run.StopAndKeep.IsCancellationRequested))
            {
                break;
            }

            solvers.ForEach(solver => solver.Iterate(options));
        }

        left.AsSpan().Clear();
        foreach (var solver in solvers)
        {
            solver.Finish(options);
            solver.Compare(left, options);
        }

        left.CopyTo(Log.Left);
    }

    private void Report(AnalysisRun run, int round)
    {
        var residual = Log.Relative();
        var fraction = VolumeSlabs.FilterShare * (1 + (round / (double)Log.Rounds));
        var preview = new CurvePreview("Residual", [.. Enumerable.Range(0, residual.Length).Select(i => (double)i)], residual, "iteration", "of the projections");
        run.Progress.Report(new Step(fraction, $"Iteration {round} of {Log.Rounds}, residual {residual[^1]:p2}", preview));
    }
}
