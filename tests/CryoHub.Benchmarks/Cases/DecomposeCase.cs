using System.Runtime.InteropServices;
using CryoHub.Analyses;
using CryoHub.Analyses.Spectra;
using CryoHub.Analyses.Spectra.Decompose;
using CryoHub.Imaging;
using CryoHub.Numerics.Components;

namespace CryoHub.Benchmarks.Cases;

/// <summary>Components of 256 x 256 spectra of 1024 channels in memory, reading included, without writing results anywhere.</summary>
internal static class DecomposeCase
{
    private const int Size = 256;
    private const int Channels = 1024;

    private static double left;   // by the last run, over the whole cube

    public static IReadOnlyList<Benchmark> Benchmarks { get; } =
    [
        new("pca", "spectrum-decompose, 20 components, counting statistics", Principal, "HyperSpy decomposition(Poisson, 20)"),
        new("nmf", "spectrum-decompose, 4 non-negative factors", NonNegative, "HyperSpy decomposition(Poisson, NMF, 4)", Note: () => FormattableString.Invariant($"; left by ours {left:0.0000e0}")),
    ];

    private static Action Principal()
    {
        var (run, cube) = Input();
        return () => Components(run, cube, 19, 19).GetAwaiter().GetResult();
    }

    /// <summary>Reading and the principal components below it are timed too, as the peer begins with the cube.</summary>
    private static Action NonNegative()
    {
        var (run, cube) = Input();
        return () =>
        {
            var (shape, components, scores) = Components(run, cube, 3, 20).GetAwaiter().GetResult();
            var space = new FactorSpace(shape, components, scores);
            var (factors, amounts, _, _) = new NonNegativeResults(run, cube, shape, space, 1).Fit(4, 2000, CancellationToken.None);
            left = Left(cube, shape, space, factors, amounts);
        };
    }

    /// <summary>Sum of squares of the weighted counts without the factors, over the whole cube.</summary>
    private static double Left(SpectrumCube cube, CommonShape shape, FactorSpace space, NonNegativeFactors factors, float[] amounts)
    {
        var rows = new double[Size];
        Parallel.For(0, Size, row =>
        {
            var (spectra, weighted) = (new float[Size * Channels], new float[Channels]);
            cube.ReadRowAsync(row, spectra, CancellationToken.None).AsTask().GetAwaiter().GetResult();
            for (var x = 0; x < Size; x++)
            {
                var pixel = (row * Size) + x;
                shape.Residual(shape.Of(spectra, x), pixel, weighted);
                for (var j = 0; j < Channels; j++)
                {
                    var rest = weighted[j] + (Math.Sqrt(shape.Amount[pixel]) * shape.Base[j]);
                    for (var k = 0; k < factors.Components; k++)
                    {
                        rest -= amounts[(pixel * factors.Components) + k] * factors.Spectra[(k * Channels) + j];
                    }

                    rows[row] += rest * rest;
                }
            }
        });
        return rows.Sum();
    }

    private static (AnalysisRun Run, SpectrumCube Cube) Input() => (
        new AnalysisRun(new Dictionary<string, ISignal>(), new SpectrumDecomposeParameters(), new Progress<Step>(), new NoResults(), CancellationToken.None), new SpectrumCube("bench", Cube()));

    private static async Task<(CommonShape Shape, PrincipalComponents Components, ComponentScores Scores)> Components(AnalysisRun run, SpectrumCube cube, int given, int directions)
    {
        var share = new RunShare(0, 1, "");
        var shape = await CommonShape.MeasureAsync(run, cube, new ChannelRange(0, Channels, cube.Scale.Lowest, cube.Scale.Highest), DecomposeWeights.Counting, share, CancellationToken.None);
        var components = await PrincipalComponents.FindAsync(run, cube, shape, _ => directions, share, CancellationToken.None);
        var scores = new ComponentScores(cube, shape, components, given);
        await cube.ReadAsync(run, share, (row, spectra) => scores.Row(row, spectra, []), CancellationToken.None);
        return (shape, components, scores);
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
}
