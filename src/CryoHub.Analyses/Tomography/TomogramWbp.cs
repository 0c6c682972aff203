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
        [new AnalysisInput("signal", [SignalKind.TiltSeries, SignalKind.ImageStack])],
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
    public override Estimate Estimate(EstimateQuestion question) => new TomogramPlan(question.Input(Info, "signal"), (TomogramWbpParameters)question.Parameters).Estimate(question);

    /// <summary>The filtered projections are what takes the memory.</summary>
    public int CountParts(AnalysisRun run) => Plan(run).CountParts(run.Memory);

    /// <summary>Writes the part's voxels [z, rows of the part, x], float32.</summary>
    public async Task RunPartAsync(AnalysisRun run, int part, int parts, Stream output, CancellationToken ct)
    {
        var plan = Plan(run);
        var range = plan.PartOf(part, parts);
        using var projections = new FilteredProjections(plan, (TomogramWbpParameters)run.Parameters, range);
        await FilterAsync(run, plan, projections, ct);
        await VolumeSlabs.ReadAsync(new SlabBackProjector(plan, projections), plan, range.Rows, run, (_, slab) => output.WriteAsync(slab, ct).AsTask(), ct);
    }

    /// <inheritdoc/>
    public async Task JoinAsync(AnalysisRun run, IReadOnlyList<IByteSource> parts, CancellationToken ct)
    {
        var plan = Plan(run);
        await WriteAsync(run, plan, new JoinedParts(plan, parts), ct);
    }

    /// <inheritdoc/>
    protected override async Task RunAsync(AnalysisRun run, TomogramWbpParameters parameters, CancellationToken ct)
    {
        var plan = Plan(run);
        if (plan.CountParts(run.Memory) is var parts and > 1)
        {
            await InParts.RunAsync(this, run, parts, ct);
            return;
        }

        using var projections = new FilteredProjections(plan, parameters, plan.AllStrips);
        await FilterAsync(run, plan, projections, ct);
        await WriteAsync(run, plan, new SlabBackProjector(plan, projections), ct);
    }

    private TomogramPlan Plan(AnalysisRun run) => new(run.Input(Info, "signal").Header, (TomogramWbpParameters)run.Parameters);

    private async Task FilterAsync(AnalysisRun run, TomogramPlan plan, FilteredProjections projections, CancellationToken ct)
    {
        var signal = run.Input(Info, "signal");
        var range = projections.Range;
        var image = new float[plan.Rows * plan.Columns];
        var binned = plan.Binning == 1 ? image : new float[plan.Rows / plan.Binning * (plan.Columns / plan.Binning)];
        var grid = new float[plan.Grid.Across * range.Rows];
        for (var view = 0; view < plan.Views.Length; view++)
        {
            run.Progress.Report(new Step(VolumeSlabs.FilterShare * view / plan.Views.Length, $"Filtering projection {view + 1} of {plan.Views.Length}"));
            await signal.ReadAsync(view, image, ct);
            InputChecks.RequireValues(image, plan.Columns, $"Projection {view} ({plan.Angles[view]:0.##} deg)");
            if (plan.Binning > 1)
            {
                Binning.Mean(image, plan.Columns, plan.Binning, binned);
            }

            plan.Grid.Resample(binned, range.FirstRow, range.Rows, grid);
            Parallel.For(0, range.Count, run.Parallel(ct), strip => projections.Add(view, strip, grid));
        }
    }

    private static async Task WriteAsync(AnalysisRun run, TomogramPlan plan, IVolumeSlabs slabs, CancellationToken ct)
    {
        var header = run.Inputs["signal"].Header;
        Warn(run.Results, header, plan, (TomogramWbpParameters)run.Parameters);
        var slices = new CentralSlices(plan);
        await using var file = Scratch.File();
        await using (var volume = await run.Results.VolumeAsync("Tomogram", plan.Volume(header.Name), ct))
        await using (var mrc = new MrcFile(file, plan.Volume(header.Name)))
        {
            await VolumeSlabs.ReadAsync(slabs, plan, plan.Grid.Along, run, async (first, slab) =>
            {
                slices.Take(first, slab);
                await volume.WriteSlabAsync(first, slab, ct);
                await mrc.WriteSlabAsync(first, slab, ct);
            }, ct);
        }

        await run.Results.FileAsync("tomogram.mrc", "application/x-mrc", file, ct);
        await slices.WriteAsync(run.Results, ct);
        Summarise(run.Results, plan);
    }

    private static void Warn(IResultSink results, SignalHeader header, TomogramPlan plan, TomogramWbpParameters parameters)
    {
        var wedge = ViewWeights.MissingWedge(plan.Angles);
        if (wedge > 0)
        {
            results.Warn($"The {plan.Angles.Length} views cover {180 - wedge:0.#} of 180 degrees: the missing wedge of {wedge:0.#} degrees stretches features along the beam and lowers the density.");
        }

        if (plan.Unit.Length == 0)
        {
            results.Warn("The tilt series is not calibrated: lengths are in pixels.");
        }

        if (parameters.TiltAxis is null && header.Metadata.TiltAxisDeg is null)
        {
            results.Warn("Neither the file nor the parameters state the direction of the tilt axis: the image's y axis was taken.");
        }

        var (x, y) = (header.Axes[2].Step, header.Axes[1].Step);
        if (Math.Abs(x - y) > 1e-3 * Math.Abs(x))
        {
            results.Warn($"Pixels are not square ({x:g4} by {y:g4} {plan.Unit}): the volume is as distorted as the images are.");
        }
    }

    private static void Summarise(IResultSink results, TomogramPlan plan)
    {
        var unit = plan.Unit.Length > 0 ? plan.Unit : "px";
        results.Number("Voxel size", plan.Voxel, unit);
        results.Number("Width across the tilt axis (x)", plan.Grid.Across, "voxels");
        results.Number("Length along the tilt axis (y)", plan.Grid.Along, "voxels");
        results.Number("Depth along the beam (z)", plan.Depth, "voxels");
        results.Number("Projections", plan.Views.Length, "");
        results.Number("Tilt axis", plan.TiltAxis, "deg");
        results.Number("Missing wedge", ViewWeights.MissingWedge(plan.Angles), "deg");
        var half = (180 - ViewWeights.MissingWedge(plan.Angles)) / 2 * Math.PI / 180;
        var (sum, difference) = (half + (Math.Sin(half) * Math.Cos(half)), half - (Math.Sin(half) * Math.Cos(half)));
        results.Number("Elongation along the beam", Math.Sqrt(sum / difference), "");
    }
}
