using CryoHub.Analyses.Tomography.Iterative;
using CryoHub.Imaging;

namespace CryoHub.Analyses.Tomography;

/// <summary>
/// A volume from a tilt series by one of five methods over the same geometry. The projector of the iterative ones is the exact transpose of the back-projector.
/// Densities are per voxel edge: a ray's sum of densities is the projection's pixel.
/// </summary>
public sealed class Tomogram : Analysis<TomogramParameters>, IPartedAnalysis
{
    /// <inheritdoc/>
    public override AnalysisInfo Info { get; } = new(
        "tomogram",
        1,
        "Tomogram",
        "Reconstructs a volume from a tilt series or a full rotation: weighted back-projection, SIRT, CGLS, total variation or DART.",
        [
            new AnalysisInput("signal", [SignalKind.TiltSeries, SignalKind.ImageStack, SignalKind.Volume]), // an MRC stack of views may call itself a volume
            new AnalysisInput("mask", [SignalKind.Volume], Required: false),
            .. SeriesInputs.All,
        ],
        typeof(TomogramParameters),
        [
            "Kak and Slaney, Principles of Computerized Tomographic Imaging, chapters 3 and 7, doi:10.1137/1.9780898719277",
            "Gilbert, J. Theor. Biol. 36 (1972) 105, doi:10.1016/0022-5193(72)90180-4 (SIRT)",
            "van der Sluis and van der Vorst, Linear Algebra Appl. 130 (1990) 257, doi:10.1016/0024-3795(90)90215-X (weights of SIRT, CGLS)",
            "Sidky and Pan, Phys. Med. Biol. 53 (2008) 4777, doi:10.1088/0031-9155/53/17/021 (total variation)",
            "Batenburg and Sijbers, IEEE Trans. Image Process. 20 (2011) 2542, doi:10.1109/TIP.2011.2131661 (DART)",
        ])
    {
        Formula =
        [
            "Back-projection: f(x, y, z) = sum over views of dtheta q_theta(x cos theta + z sin theta, y); q_theta filtered with |k| times 1, 1 - (1 - a/|k|)^n, cos^2(pi k) or cos(pi k).",
            "SIRT: x += C A' R (b - A x), R and C the inverse row and column sums of the projector A (linear weights), A' its exact transpose.",
            "CGLS: conjugate gradients on A'A x = A'b, each slice with step lengths of its own.",
            "Total variation: after each SIRT step n steps down sum sqrt(dx^2 + dz^2) of the slice, each a share of the SIRT step long.",
            "DART: cut at the middles between the grey levels; borders and a random share stay free and are corrected by SIRT with R for free voxels only.",
            "Residual = |b - A x| / |b| over all views; densities are per voxel edge.",
        ],
        Limits =
        [
            "The series must be aligned; views are used as they are, apart from the given axis angle and shift.",
            "Iterative methods need vacuum at 0 (parameter vacuum level) and fit noise when they run long: watch the residual and stop.",
            "Total variation acts within slices across the tilt axis, not along it.",
            "DART is as right as its grey levels; positivity of CGLS is applied at its end only.",
            "One tilt axis: two series of a specimen turned in between are reconstructed one by one and joined by tomogram-dual.",
        ],
    };

    /// <inheritdoc/>
    public override Estimate Estimate(EstimateQuestion question)
    {
        const double updatesPerSecond = 1e10; // one voxel and view, projected or back-projected
        var parameters = (TomogramParameters)question.Parameters;
        var plan = new TomogramPlan(SeriesInputs.Sized(question.Input(Info, "signal"), question.Inputs), parameters);
        Check(plan, parameters, question.Inputs.GetValueOrDefault("mask"));
        var plain = plan.Estimate(question);
        if (parameters.Method == ReconstructionMethod.Wbp)
        {
            return plain;
        }

        var stripBytes = IterativeReconstruction.StripBytes(plan, parameters, question.Inputs.ContainsKey("mask"));
        var parts = plan.CountParts(question.Memory, stripBytes);
        var passes = 2.0 * (parameters.Iterations + (parameters.Method == ReconstructionMethod.Dart ? parameters.DartRounds * (parameters.DartIterations + 1) : 0));
        var updates = plan.VolumeBytes / sizeof(float) * (double)plan.Views.Length * passes;
        return new Estimate(plain.Seconds + (updates / updatesPerSecond), plain.MemoryBytes + ((plan.Strips + parts - 1) / parts * stripBytes), parts);
    }

    /// <summary>The strips in work are what takes the memory.</summary>
    public async Task<int> CountPartsAsync(AnalysisRun run, CancellationToken ct)
    {
        var (joined, plan, parameters) = await PlanAsync(run, ct);
        return CountParts(joined, plan, parameters);
    }

    /// <summary>Writes the part's voxels [z, rows of the part, x], float32, and behind them, where the method iterates, how its residual fell.</summary>
    public async Task RunPartAsync(AnalysisRun run, int part, int parts, Stream output, CancellationToken ct)
    {
        (run, var plan, var parameters) = await PlanAsync(run, ct);
        var range = plan.PartOf(part, parts);
        if (parameters.Method == ReconstructionMethod.Wbp)
        {
            using var projections = await FilterAsync(run, plan, parameters, range, ct);
            await VolumeSlabs.ReadAsync(new SlabBackProjector(plan, projections), plan, range.Rows, run, (_, slab) => output.WriteAsync(slab, ct).AsTask(), ct);
            return;
        }

        await SolvePartAsync(run, plan, range, IterativeReconstruction.Rounds(parameters), output, ct);
    }

    /// <inheritdoc/>
    public async Task JoinAsync(AnalysisRun run, IReadOnlyList<IByteSource> parts, CancellationToken ct)
    {
        (run, var plan, var parameters) = await PlanAsync(run, ct);
        if (parameters.Method == ReconstructionMethod.Wbp)
        {
            await TomogramResults.WriteAsync(run, plan, parameters, new JoinedParts(plan, parts), ct);
            return;
        }

        var log = ResidualLog.Empty(plan, IterativeReconstruction.Rounds(parameters));
        foreach (var part in parts)
        {
            await log.AddAsync(part, ct);
        }

        await TomogramResults.WriteAsync(run, plan, parameters, new JoinedParts(plan, parts, ResidualLog.Bytes(plan, log.Rounds)), ct);
        await ResidualResults.WriteAsync(run, plan, log, ct);
    }

    /// <inheritdoc/>
    protected override async Task RunAsync(AnalysisRun run, TomogramParameters parameters, CancellationToken ct)
    {
        (run, var plan, _) = await PlanAsync(run, ct);
        Scratch.Require(plan.VolumeBytes);
        if (CountParts(run, plan, parameters) is var parts and > 1)
        {
            var rounds = IterativeReconstruction.Rounds(parameters);
            await InParts.RunAsync(this, run, parts, async (share, part, output) =>
            {
                if (parameters.Method == ReconstructionMethod.Wbp)
                {
                    await RunPartAsync(share, part, parts, output, ct);
                    return;
                }

                // Where the user stopped one part, those after it go as far and no further.
                var first = part == 0 ? share : share with { StopAndKeep = CancellationToken.None };
                rounds = await SolvePartAsync(first, plan, plan.PartOf(part, parts), rounds, output, ct);
            }, ct);
        }
        else if (parameters.Method == ReconstructionMethod.Wbp)
        {
            using var projections = await FilterAsync(run, plan, parameters, plan.AllStrips, ct);
            await TomogramResults.WriteAsync(run, plan, parameters, new SlabBackProjector(plan, projections), ct);
        }
        else
        {
            using var solution = await IterativeReconstruction.SolveAsync(run, plan, plan.AllStrips, IterativeReconstruction.Rounds(parameters), ct);
            await TomogramResults.WriteAsync(run, plan, parameters, solution, ct);
            await ResidualResults.WriteAsync(run, plan, solution.Log, ct);
        }
    }

    /// <returns>The iterations done.</returns>
    private static async Task<int> SolvePartAsync(AnalysisRun run, TomogramPlan plan, StripRange range, int most, Stream output, CancellationToken ct)
    {
        using var solution = await IterativeReconstruction.SolveAsync(run, plan, range, most, ct);
        await VolumeSlabs.ReadAsync(solution, plan, range.Rows, run, (_, slab) => output.WriteAsync(slab, ct).AsTask(), ct);
        await solution.Log.WriteAsync(output, ct);
        return solution.Log.Done;
    }

    private static int CountParts(AnalysisRun run, TomogramPlan plan, TomogramParameters parameters) => parameters.Method == ReconstructionMethod.Wbp
        ? plan.CountParts(run.Memory)
        : plan.CountParts(run.Memory, IterativeReconstruction.StripBytes(plan, parameters, run.Inputs.ContainsKey("mask")));

    private async Task<(AnalysisRun Run, TomogramPlan Plan, TomogramParameters Parameters)> PlanAsync(AnalysisRun run, CancellationToken ct)
    {
        var parameters = (TomogramParameters)run.Parameters;
        var joined = await SeriesInputs.JoinedAsync(run, Info, parameters, ct);
        var plan = new TomogramPlan(joined.Input(Info, "signal").Header, parameters);
        Check(plan, parameters, run.Inputs.GetValueOrDefault("mask")?.Header);
        return (joined, plan, parameters);
    }

    private static void Check(TomogramPlan plan, TomogramParameters parameters, SignalHeader? mask)
    {
        MaskVolume.Check(mask, plan);
        if (parameters.Method == ReconstructionMethod.Dart && parameters.GreyLevels.Distinct().Count() < 2)
        {
            throw ProblemException.Invalid($"DART needs at least 2 different grey levels, found {parameters.GreyLevels.Distinct().Count()}: run SIRT first and read the densities of its regions.");
        }

        if (sizeof(float) * (long)plan.Depth * plan.Grid.Across * Numerics.Tomography.BackProjection.Strip > int.MaxValue && parameters.Method != ReconstructionMethod.Wbp)
        {
            throw ProblemException.Invalid($"Iterative methods take slices of up to 8 million voxels; {plan.Depth} x {plan.Grid.Across} are {plan.Depth * (long)plan.Grid.Across / 1e6:0.0} million: bin, or make the volume less deep.");
        }
    }

    private static async Task<FilteredProjections> FilterAsync(AnalysisRun run, TomogramPlan plan, TomogramParameters parameters, StripRange range, CancellationToken ct)
    {
        var projections = new FilteredProjections(plan, parameters, range);
        try
        {
            await ProjectionReader.ReadAsync(
                run,
                run.Inputs["signal"],
                plan,
                parameters,
                range,
                (view, grid) => Parallel.For(0, range.Count, run.Parallel(ct), strip => projections.Add(view, strip, grid)),
                ct);
            return projections;
        }
        catch
        {
            projections.Dispose();
            throw;
        }
    }
}
