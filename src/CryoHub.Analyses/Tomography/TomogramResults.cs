using CryoHub.Imaging;
using CryoHub.Numerics.Tomography;

namespace CryoHub.Analyses.Tomography;

/// <summary>What every tomogram gives: the volume, its file, three slices, the numbers of its geometry and what is to be known about it.</summary>
internal static class TomogramResults
{
    public static async Task WriteAsync(AnalysisRun run, TomogramPlan plan, TomogramWbpParameters parameters, IVolumeSlabs slabs, CancellationToken ct)
    {
        var header = run.Inputs["signal"].Header;
        Warn(run.Results, header, plan, parameters);
        await WarnOfSaturationAsync(run, plan, ct);
        var slices = new CentralSlices(plan.Volume(header.Name));
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

        if (TiltAngles.Duplicates(plan.Angles) is { } twice)
        {
            results.Warn(twice);
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

    /// <summary>Looks at the middle view: pixels at the largest number of their type have lost their value.</summary>
    private static async Task WarnOfSaturationAsync(AnalysisRun run, TomogramPlan plan, CancellationToken ct)
    {
        var signal = run.Inputs["signal"];
        var largest = signal.Header.Pixel switch { PixelType.UInt8 => byte.MaxValue, PixelType.UInt16 => ushort.MaxValue, PixelType.Int16 => short.MaxValue, _ => float.PositiveInfinity };
        var image = new float[plan.Rows * plan.Columns];
        var middle = plan.Frames.Length / 2;
        await signal.ReadAsync(plan.Frames[middle], image, ct);
        var full = image.Count(pixel => pixel >= largest);
        if (full > image.Length / 1000)
        {
            run.Results.Warn($"{100.0 * full / image.Length:0.##} % of the pixels of the view at {plan.Angles[middle]:0.#} deg are {largest}, the largest number of their type: the image is saturated and densities there are too low.");
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
