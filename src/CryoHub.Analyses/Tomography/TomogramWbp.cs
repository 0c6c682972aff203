using System.Runtime.InteropServices;
using CryoHub.Imaging;
using CryoHub.Numerics.Tomography;

namespace CryoHub.Analyses.Tomography;

/// <summary>
/// Weighted back-projection of a tilt series: f(x, y, z) = integral over the tilt angle of the ramp-filtered projections at x cos + z sin. With views around the
/// half circle the voxels add up to the projections' total; a missing wedge lowers it in proportion.
/// </summary>
public sealed class TomogramWbp : Analysis<TomogramWbpParameters>
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
        ]);

    /// <inheritdoc/>
    protected override async Task RunAsync(AnalysisRun run, TomogramWbpParameters parameters, CancellationToken ct)
    {
        var signal = run.Input(Info, "signal");
        var plan = new TomogramPlan(signal.Header, parameters);
        Warn(run.Results, signal.Header, plan, parameters);
        using var projections = new FilteredProjections(plan, parameters);
        await FilterAsync(run, signal, plan, projections, ct);
        await ProjectAsync(run, signal.Header.Name, plan, projections, ct);
        Summarise(run.Results, plan);
    }

    private static async Task FilterAsync(AnalysisRun run, ISignal signal, TomogramPlan plan, FilteredProjections projections, CancellationToken ct)
    {
        var image = new float[plan.Rows * plan.Columns];
        var binned = plan.Binning == 1 ? image : new float[plan.Rows / plan.Binning * (plan.Columns / plan.Binning)];
        var grid = new float[plan.Grid.Across * plan.Grid.Along];
        for (var view = 0; view < plan.Views.Length; view++)
        {
            run.Progress.Report(new Step(0.3 * view / plan.Views.Length, $"Filtering projection {view + 1} of {plan.Views.Length}"));
            await signal.ReadAsync(view, image, ct);
            InputChecks.RequireValues(image, plan.Columns, $"Projection {view} ({plan.Angles[view]:0.##} deg)");
            if (plan.Binning > 1)
            {
                Binning.Mean(image, plan.Columns, plan.Binning, binned);
            }

            plan.Grid.Resample(binned, grid);
            Parallel.For(0, plan.Strips, run.Parallel(ct), strip => projections.Add(view, strip, grid));
        }
    }

    private static async Task ProjectAsync(AnalysisRun run, string name, TomogramPlan plan, FilteredProjections projections, CancellationToken ct)
    {
        var projector = new SlabBackProjector(plan, projections);
        var slices = new CentralSlices(plan);
        var sliceBytes = sizeof(float) * plan.Grid.Across * plan.Grid.Along;
        var slab = new byte[projector.SlabSlices * sliceBytes];
        await using var file = new FileStream(Path.Combine(Path.GetTempPath(), $"{Guid.CreateVersion7():N}.mrc"), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.Asynchronous | FileOptions.DeleteOnClose);
        await using (var volume = await run.Results.VolumeAsync("Tomogram", plan.Volume(name), ct))
        await using (var mrc = new MrcFile(file, plan.Volume(name)))
        {
            for (var first = 0; first < plan.Depth; first += projector.SlabSlices)
            {
                var count = Math.Min(projector.SlabSlices, plan.Depth - first);
                var part = slab.AsMemory(0, count * sliceBytes);
                run.Progress.Report(new Step(0.3 + (0.7 * first / plan.Depth), $"Reconstructing slice {first + 1} of {plan.Depth}"));
                projector.Project(first, count, part, run.Parallel(ct));
                slices.Take(first, count, MemoryMarshal.Cast<byte, float>(part.Span));
                await volume.WriteSlabAsync(first, part, ct);
                await mrc.WriteSlabAsync(first, part, ct);
            }
        }

        await run.Results.FileAsync("tomogram.mrc", "application/x-mrc", file, ct);
        await slices.WriteAsync(run.Results, ct);
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
