using System.Runtime.InteropServices;
using CryoHub.Analyses;
using CryoHub.Analyses.Tomography;
using CryoHub.Analyses.Tomography.Iterative;
using CryoHub.Imaging;

namespace CryoHub.Benchmarks.Cases;

/// <summary>61 tilts to 128 slices of 512 x 512 by iteration, in memory, weights and reading included; the peer's time is that of its passes, scaled.</summary>
internal static class IterativeCases
{
    private const int Views = 61;
    private const int Slices = 128;
    private const int Width = 512;

    public static IReadOnlyList<Benchmark> Benchmarks { get; } =
    [
        new("sirt", "SIRT, 20 iterations, 61 tilts to 512 x 512 x 128", () => Prepare(ReconstructionMethod.Sirt, 20), "scikit-image iradon_sart, 1 pass of 1 slice x 2560"),
        new("cgls", "CGLS, 10 iterations, 61 tilts to 512 x 512 x 128", () => Prepare(ReconstructionMethod.Cgls, 10), "scikit-image iradon_sart, 1 pass of 1 slice x 1280"),
    ];

    private static Action Prepare(ReconstructionMethod method, int iterations)
    {
        var random = new Random(1);
        var pixels = new float[Views * Slices * Width];
        foreach (ref var pixel in pixels.AsSpan())
        {
            pixel = random.NextSingle();
        }

        double[] angles = [.. Enumerable.Range(0, Views).Select(view => (180.0 * view / Views) - 90)];
        var header = new SignalHeader(
            "bench",
            SignalKind.TiltSeries,
            PixelType.Float32,
            [new Axis("tilt", Views, "deg", AxisRole.Tilt, Values: angles), new Axis("y", Slices, "nm", AxisRole.Space), new Axis("x", Width, "nm", AxisRole.Space)],
            AcquisitionMetadata.None,
            MetadataTree.Empty);
        var parameters = new TomogramParameters { Method = method, Iterations = iterations, TiltAxis = 0 };
        var plan = new TomogramPlan(header, parameters);
        var inputs = new Dictionary<string, ISignal> { ["signal"] = new ArraySignal(header, MemoryMarshal.AsBytes(pixels.AsSpan()).ToArray()) };
        var run = new AnalysisRun(inputs, parameters, new Progress<Step>(), null!, CancellationToken.None);
        return () => IterativeReconstruction.SolveAsync(run, plan, plan.AllStrips, iterations, CancellationToken.None).GetAwaiter().GetResult().Dispose();
    }
}
