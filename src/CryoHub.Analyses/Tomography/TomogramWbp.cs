using CryoHub.Imaging;
using CryoHub.Numerics.Tomography;

namespace CryoHub.Analyses.Tomography;

/// <summary>
/// Weighted back-projection of a tilt series: f(x, y, z) = integral over the tilt angle of the ramp-filtered projections at x cos + z sin. With views around the
/// half circle the voxels add up to the projections' total; a missing wedge lowers it in proportion.
/// </summary>
public sealed class TomogramWbp : Analysis<TomogramWbpParameters>, IPartedAnalysis
{
    /// <inheritdoc/>
    public override AnalysisInfo Info { get; } = new(
        "tomogram-wbp",
        1,
        "Tomogram (weighted back-projection)",
        "Reconstructs a volume from a tilt series, every view weighted by the angle it stands for.",
        [new AnalysisInput("signal", [SignalKind.TiltSeries, SignalKind.ImageStack]), .. SeriesInputs.All],
        typeof(TomogramWbpParameters),
        [
            "Kak and Slaney, Principles of Computerized Tomographic Imaging, chapter 3, doi:10.1137/1.9780898719277",
            "Zeng, Med. Phys. 39 (2012) 603, doi:10.1118/1.3673956 (SIRT-like filter)",
            "Radermacher, J. Electron Microsc. Tech. 9 (1988) 359, doi:10.1002/jemt.1060090405 (elongation by the missing wedge)",
        ])
    {
        Formula =
        [
            "f(x, y, z) = sum over views of dtheta q_theta(x cos theta + z sin theta, y), linear interpolation.",
            "q_theta = projection filtered with |k| (ramp) or |k| (1 - (1 - a/|k|)^n) (SIRT-like, n iterations); dtheta = half the way to both neighbours.",
        ],
        Limits =
        [
            "The series must be aligned; views are used as they are, apart from the given axis angle and shift.",
            "A missing wedge of the tilt range elongates features along z and lowers densities in proportion.",
            "Only lines through the whole slice are right: what lies outside the field in some views adds background.",
        ],
    };

    /// <inheritdoc/>
    public override Estimate Estimate(EstimateQuestion question) => new TomogramPlan(SeriesInputs.Sized(question.Input(Info, "signal"), question.Inputs), (TomogramWbpParameters)question.Parameters).Estimate(question);

    /// <summary>The filtered projections are what takes the memory.</summary>
    public async Task<int> CountPartsAsync(AnalysisRun run, CancellationToken ct) => (await PlanAsync(run, ct)).Plan.CountParts(run.Memory);

    /// <summary>Writes the part's voxels [z, rows of the part, x], float32.</summary>
    public async Task RunPartAsync(AnalysisRun run, int part, int parts, Stream output, CancellationToken ct)
    {
        (run, var plan) = await PlanAsync(run, ct);
        var range = plan.PartOf(part, parts);
        using var projections = new FilteredProjections(plan, (TomogramWbpParameters)run.Parameters, range);
        await FilterAsync(run, plan, projections, ct);
        await VolumeSlabs.ReadAsync(new SlabBackProjector(plan, projections), plan, range.Rows, run, (_, slab) => output.WriteAsync(slab, ct).AsTask(), ct);
    }

    /// <inheritdoc/>
    public async Task JoinAsync(AnalysisRun run, IReadOnlyList<IByteSource> parts, CancellationToken ct)
    {
        (run, var plan) = await PlanAsync(run, ct);
        await WriteAsync(run, plan, new JoinedParts(plan, parts), ct);
    }

    /// <inheritdoc/>
    protected override async Task RunAsync(AnalysisRun run, TomogramWbpParameters parameters, CancellationToken ct)
    {
        (run, var plan) = await PlanAsync(run, ct);
        Scratch.Require(plan.VolumeBytes);
        if (plan.CountParts(run.Memory) is var parts and > 1)
        {
            await InParts.RunAsync(this, run, parts, ct);
            return;
        }

        using var projections = new FilteredProjections(plan, parameters, plan.AllStrips);
        await FilterAsync(run, plan, projections, ct);
        await WriteAsync(run, plan, new SlabBackProjector(plan, projections), ct);
    }

    private async Task<(AnalysisRun Run, TomogramPlan Plan)> PlanAsync(AnalysisRun run, CancellationToken ct)
    {
        var joined = await SeriesInputs.JoinedAsync(run, Info, (TomogramWbpParameters)run.Parameters, ct);
        return (joined, new TomogramPlan(joined.Input(Info, "signal").Header, (TomogramWbpParameters)run.Parameters));
    }

    private Task FilterAsync(AnalysisRun run, TomogramPlan plan, FilteredProjections projections, CancellationToken ct) =>
        ProjectionReader.ReadAsync(
            run,
            run.Input(Info, "signal"),
            plan,
            (TomogramWbpParameters)run.Parameters,
            projections.Range,
            (view, grid) => Parallel.For(0, projections.Range.Count, run.Parallel(ct), strip => projections.Add(view, strip, grid)),
            ct);

    private static Task WriteAsync(AnalysisRun run, TomogramPlan plan, IVolumeSlabs slabs, CancellationToken ct) =>
        TomogramResults.WriteAsync(run, plan, (TomogramWbpParameters)run.Parameters, slabs, ct);
}
