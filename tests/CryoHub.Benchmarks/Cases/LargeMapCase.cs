using System.Buffers;
using System.Runtime.InteropServices;
using CryoHub.Analyses;
using CryoHub.Analyses.Spectra;
using CryoHub.Imaging;
using CryoHub.Imaging.Pyramids;

namespace CryoHub.Benchmarks.Cases;

/// <summary>A spectrum image of 8 GiB in OME-Zarr, larger than the memory it may take, is mapped: its peak memory is the result. Writing it is in the peak, not in the time.</summary>
internal static class LargeMapCase
{
    private const int Rows = 1024;
    private const int Columns = 2048;
    private const int Channels = 1024;

    private static readonly string Folder = Path.Combine(Path.GetTempPath(), $"cryohub-bench-{Environment.ProcessId}.zarr");

    private static readonly SignalHeader Header = new(
        "large", SignalKind.SpectrumImage, PixelType.Float32,
        [new Axis("y", Rows, "nm", AxisRole.Space), new Axis("x", Columns, "nm", AxisRole.Space), new Axis("energy", Channels, "eV", AxisRole.Energy, 0.5, 100)],
        AcquisitionMetadata.None, MetadataTree.Empty);

    public static Benchmark Benchmark { get; } = new("map-8", "spectrum-map of an 8 GiB spectrum image in OME-Zarr, once", Prepare, OnceOnRequest: true);

    private static Action Prepare()
    {
        WriteAsync(CancellationToken.None).GetAwaiter().GetResult();
        return () =>
        {
            try
            {
                MapAsync(CancellationToken.None).GetAwaiter().GetResult();
            }
            finally
            {
                Directory.Delete(Folder, recursive: true);
            }
        };
    }

    private static async Task WriteAsync(CancellationToken ct)
    {
        using var store = new ZarrFolder(Folder);
        await PyramidWriter.WriteAsync(new Made(), store, null, ct);
    }

    private static async Task MapAsync(CancellationToken ct)
    {
        using var source = new ZarrFolder(Folder);
        var parameters = new SpectrumMapParameters { Windows = [new EnergyWindow { From = 284, To = 340, BackgroundFrom = 210, BackgroundTo = 275 }] };
        var run = new AnalysisRun(
            new Dictionary<string, ISignal> { ["signal"] = await ZarrSignal.OpenAsync(source, Header, ct) }, parameters, new Progress<Step>(), new NoResults(), CancellationToken.None);
        await new SpectrumMap().RunAsync(run, ct);
    }

    /// <summary>A power law with an edge and noise, another in every row; made when it is read.</summary>
    private sealed class Made : ISignal
    {
        public SignalHeader Header => LargeMapCase.Header;

        public ValueTask ReadFrameAsync(long frame, Memory<byte> destination, CancellationToken ct)
        {
            var counts = MemoryMarshal.Cast<byte, float>(destination.Span);
            var random = new Random((int)frame);
            var noise = ArrayPool<byte>.Shared.Rent(counts.Length);
            random.NextBytes(noise);
            Span<float> mean = stackalloc float[Channels];
            for (var channel = 0; channel < Channels; channel++)
            {
                mean[channel] = (float)((2000 * Math.Pow(1 + (channel / 200.0), -3)) + (channel > 370 ? 60 : 0));
            }

            for (var i = 0; i < counts.Length; i++)
            {
                counts[i] = MathF.Round(mean[i % Channels] + (MathF.Sqrt(mean[i % Channels]) * ((noise[i] / 74f) - 1.72f)));
            }

            ArrayPool<byte>.Shared.Return(noise);
            return ValueTask.CompletedTask;
        }
    }
}
