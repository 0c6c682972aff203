using System.Runtime.InteropServices;
using CryoHub.Analyses;
using CryoHub.Analyses.Spectra;
using CryoHub.Analyses.Spectra.Decompose;
using CryoHub.Imaging;

namespace CryoHub.Benchmarks.Cases;

/// <summary>Components of 256 x 256 spectra of 1024 channels in memory, reading included, without writing results anywhere.</summary>
internal static class DecomposeCase
{
    private const int Size = 256;
    private const int Channels = 1024;

    public static IReadOnlyList<Benchmark> Benchmarks { get; } =
    [
        new("pca", "spectrum-decompose, 20 components, counting statistics", () => Principal(out _), "HyperSpy decomposition(Poisson, 20)"),
    ];

    private static Action Principal(out SpectrumCube made)
    {
        var cube = made = new SpectrumCube("bench", Cube());
        var run = new AnalysisRun(new Dictionary<string, ISignal>(), new SpectrumDecomposeParameters(), new Progress<Step>(), new NoResults(), CancellationToken.None);
        return () => Components(run, cube).GetAwaiter().GetResult();
    }

    private static async Task<ComponentScores> Components(AnalysisRun run, SpectrumCube cube)
    {
        var share = new RunShare(0, 1, "");
        var shape = await CommonShape.MeasureAsync(run, cube, new ChannelRange(0, Channels, cube.Scale.Lowest, cube.Scale.Highest), DecomposeWeights.Counting, share, CancellationToken.None);
        var components = await PrincipalComponents.FindAsync(run, cube, shape, _ => 19, share, CancellationToken.None);
        var scores = new ComponentScores(cube, shape, components, components.Count);
        await cube.ReadAsync(run, share, (row, spectra) => scores.Row(row, spectra, []), CancellationToken.None);
        return scores;
    }

    /// <summary>Three phases of an energy-loss spectrum and the noise of a thousand counts a channel; the peer makes the same by the same formula.</summary>
    private static ArraySignal Cube()
    {
        var counts = new float[Size * Size * Channels];
        Parallel.For(0, Size, row =>
        {
            var random = new Random(row);
            for (var i = 0; i < Size * Channels; i++)
            {
                double x = (double)(i / Channels) / Size, y = (double)row / Size, channel = i % Channels;
                var mean = 1000 * (Math.Pow(1 + (channel / 400), -2) + (x * 0.3 / (1 + Math.Exp(-(channel - 300) / 5))) + (y * 0.3 * Math.Exp(-Math.Pow((channel - 600) / 30, 2))));
                counts[(row * Size * Channels) + i] = (float)(mean + (Math.Sqrt(mean) * Math.Sqrt(12) * (random.NextDouble() - 0.5)));   // even noise of the variance of counts
            }
        });
        Axis[] axes = [new Axis("y", Size, "nm", AxisRole.Space), new Axis("x", Size, "nm", AxisRole.Space), new Axis("energy", Channels, "eV", AxisRole.Energy, 0.5, 100)];
        return new ArraySignal(new SignalHeader("bench", SignalKind.SpectrumImage, PixelType.Float32, axes, AcquisitionMetadata.None, MetadataTree.Empty), MemoryMarshal.AsBytes(counts.AsSpan()).ToArray());
    }

    private sealed class NoResults : IResultSink
    {
        public void Number(string name, double value, string unit, double? uncertainty = null)
        {
        }

        public void Curve(string name, ReadOnlySpan<double> x, ReadOnlySpan<double> y, string xUnit, string yUnit, ReadOnlySpan<double> error = default)
        {
        }

        public void Table(string name, IReadOnlyList<Column> columns)
        {
        }

        public Task ImageAsync(string name, SignalHeader header, ReadOnlyMemory<float> pixels, CancellationToken ct) => Task.CompletedTask;

        public Task<IVolumeWriter> VolumeAsync(string name, SignalHeader header, CancellationToken ct) => throw new NotSupportedException("Nothing is written here.");

        public Task FileAsync(string name, string mediaType, Stream content, CancellationToken ct) => Task.CompletedTask;

        public void Warn(string sentence)
        {
        }
    }
}
