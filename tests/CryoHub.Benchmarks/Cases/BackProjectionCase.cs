using CryoHub.Analyses.Tomography;
using CryoHub.Imaging;

namespace CryoHub.Benchmarks.Cases;

/// <summary>61 tilts to 128 slices of 512 x 512: filter and back-projection, in memory.</summary>
internal static class BackProjectionCase
{
    private const int Views = 61;
    private const int Slices = 128;
    private const int Width = 512;

    public static Benchmark Benchmark { get; } = new("wbp", "back-projection, 61 tilts to 512 x 512 x 128", Prepare, "scikit-image iradon, linear");

    private static Action Prepare()
    {
        var random = new Random(1);
        var images = Enumerable.Range(0, Views).Select(_ => Enumerable.Range(0, Slices * Width).Select(_ => random.NextSingle()).ToArray()).ToArray();
        var parameters = new TomogramWbpParameters { Border = ProjectionBorder.Zero };
        double[] angles = [.. Enumerable.Range(0, Views).Select(view => (180.0 * view / Views) - 90)];
        var header = new SignalHeader(
            "bench",
            SignalKind.TiltSeries,
            PixelType.Float32,
            [new Axis("tilt", Views, "deg", AxisRole.Tilt, Values: angles), new Axis("y", Slices, "nm", AxisRole.Space), new Axis("x", Width, "nm", AxisRole.Space)],
            AcquisitionMetadata.None,
            MetadataTree.Empty);
        var plan = new TomogramPlan(header, parameters);
        var sliceBytes = sizeof(float) * Slices * Width;
        byte[]? slab = null;
        var options = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount };
        return () =>
        {
            using var projections = new FilteredProjections(plan, parameters, plan.AllStrips);
            Parallel.For(0, Views * plan.Strips, options, job => projections.Add(job / plan.Strips, job % plan.Strips, images[job / plan.Strips]));
            var projector = new SlabBackProjector(plan, projections);
            slab ??= new byte[projector.SlabSlices * sliceBytes];
            for (var first = 0; first < plan.Depth; first += projector.SlabSlices)
            {
                projector.Project(first, Math.Min(projector.SlabSlices, plan.Depth - first), slab, options);
            }
        };
    }
}
