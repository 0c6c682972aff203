using System.Runtime.InteropServices;
using CryoHub.Analyses;
using CryoHub.Analyses.Spectra;
using CryoHub.Imaging;
using CryoHub.Worker.Previews;

namespace CryoHub.Benchmarks.Cases;

/// <summary>What a worker does while somebody drags an energy window: map, spectrum and answer from a spectrum image in memory. The page adds a round trip to it.</summary>
internal static class PreviewCase
{
    private const int Size = 256;
    private const int Channels = 1024;

    public static Benchmark Benchmark { get; } = new("preview", "preview of one energy window, 256 x 256 x 1024 in memory", Prepare);

    private static Action Prepare()
    {
        var random = new Random(1);
        var pixels = new byte[Size * Size * Channels * sizeof(float)];
        foreach (ref var count in MemoryMarshal.Cast<byte, float>(pixels.AsSpan()))
        {
            count = 100 + (10 * random.NextSingle());
        }

        var header = new SignalHeader(
            "bench",
            SignalKind.SpectrumImage,
            PixelType.Float32,
            [new Axis("y", Size, "nm", AxisRole.Space), new Axis("x", Size, "nm", AxisRole.Space), new Axis("energy", Channels, "eV", AxisRole.Energy, 0.5, 100)],
            AcquisitionMetadata.None,
            MetadataTree.Empty);
        var parameters = new SpectrumMapParameters
        {
            Background = BackgroundModel.PowerLaw,
            Windows = [new EnergyWindow { From = 284, To = 340, BackgroundFrom = 210, BackgroundTo = 275 }],
        };
        var inputs = new Dictionary<string, ISignal> { ["signal"] = new ArraySignal(header, pixels) };
        return () =>
        {
            var sink = new PreviewSink();
            ((IAnalysis)new SpectrumMap()).RunAsync(new AnalysisRun(inputs, parameters, new Progress<Step>(), sink, CancellationToken.None), CancellationToken.None).GetAwaiter().GetResult();
            _ = sink.Json.ToJsonString();
        };
    }
}
