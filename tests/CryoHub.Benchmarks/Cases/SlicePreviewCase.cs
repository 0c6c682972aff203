using System.Runtime.InteropServices;
using CryoHub.Analyses;
using CryoHub.Analyses.VolumeSegment;
using CryoHub.Imaging;
using CryoHub.Worker.Previews;

namespace CryoHub.Benchmarks.Cases;

/// <summary>What a worker does when somebody changes a step of a segmentation: filter, threshold and clean-up of one slice of a volume in memory, and the answer. Wanted: below 300 ms.</summary>
internal static class SlicePreviewCase
{
    private const int Size = 1024;
    private const int Slices = 32;

    public static Benchmark Benchmark { get; } = new("slice-preview", "preview of a segmented slice, 1024 x 1024, Gaussian, Otsu, remove small", Prepare);

    private static Action Prepare()
    {
        var random = new Random(1);
        var voxels = new float[Slices * Size * Size];
        for (var i = 0; i < voxels.Length; i++)
        {
            var (x, y, z) = (i % Size, i / Size % Size, i / (Size * Size));
            voxels[i] = (Math.Sin(x / 17.0) * Math.Cos(y / 23.0) * Math.Cos(z / 9.0) > 0.1 ? 150 : 100) + (20 * random.NextSingle());
        }

        Axis[] axes = [new("z", Slices, "nm", AxisRole.Space), new("y", Size, "nm", AxisRole.Space), new("x", Size, "nm", AxisRole.Space)];
        var header = new SignalHeader("bench", SignalKind.Volume, PixelType.Float32, axes, AcquisitionMetadata.None, MetadataTree.Empty);
        var inputs = new Dictionary<string, ISignal> { ["signal"] = new ArraySignal(header, MemoryMarshal.AsBytes(voxels.AsSpan()).ToArray()) };
        var parameters = new VolumeSegmentParameters { Slice = Slices / 2 };
        return () =>
        {
            var sink = new PreviewSink();
            ((IAnalysis)new VolumeSegment()).RunAsync(new AnalysisRun(inputs, parameters, new Progress<Step>(), sink, CancellationToken.None), CancellationToken.None).GetAwaiter().GetResult();
            _ = sink.Json.ToJsonString();
        };
    }
}
