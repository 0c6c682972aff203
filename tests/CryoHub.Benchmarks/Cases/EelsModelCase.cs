using CryoHub.Analyses.Eels.Model;
using CryoHub.Analyses.Phantoms;
using CryoHub.Analyses.Spectra;
using CryoHub.Imaging;

namespace CryoHub.Benchmarks.Cases;

/// <summary>A power law of its own exponent and four edges fitted in each of 256 x 256 spectra of 1024 channels, with shifts and white-line ratios. No peer does this.</summary>
internal static class EelsModelCase
{
    private const int Size = 256;
    private const int Channels = 1024;

    private static readonly EelsModelParameters Parameters = new() { Edges = [new() { Edge = "C K" }, new() { Edge = "N K" }, new() { Edge = "Ti L" }, new() { Edge = "O K" }] };

    public static Benchmark Benchmark { get; } = new("eels-model", "EELS model, background and 4 edges, 256 x 256 x 1024", Prepare);

    private static Action Prepare()
    {
        var header = new SignalHeader(
            "phantom",
            SignalKind.SpectrumImage,
            PixelType.Float32,
            [new Axis("y", Size, "nm", AxisRole.Space), new Axis("x", Size, "nm", AxisRole.Space), new Axis("energy", Channels, "eV", AxisRole.Energy, 0.5, 220)],
            new AcquisitionMetadata { BeamEnergyKeV = 200, ConvergenceMrad = 10, CollectionMrad = 20 },
            MetadataTree.Empty);
        var cube = new SpectrumCube("Benchmark", new ArraySignal(header, default));
        var plan = ModelPlan.Of(Parameters, cube.Scale, header.Metadata);
        var rows = Rows(plan, new EdgeColumns(plan, null).Plain());
        float[] sum = [.. Enumerable.Range(0, Channels).Select(channel => Enumerable.Range(0, Size).Sum(x => rows[0][(x * Channels) + channel]))];
        return () =>
        {
            var pixels = new ModelPixels(cube, plan, new EdgeColumns(plan, null), null, Parameters);
            pixels.Region(sum);
            Parallel.For(0, Size, row => pixels.Row(row, rows[row], [], CancellationToken.None));
        };
    }

    private static float[][] Rows(ModelPlan plan, double[] edges)
    {
        var rows = new float[Size][];
        Parallel.For(0, Size, row =>
        {
            var noise = new Noise(row);
            rows[row] = new float[Size * Channels];
            for (var i = 0; i < rows[row].Length; i++)
            {
                var (x, channel) = (i / Channels, i % Channels);
                var mean = 5000 * Math.Pow(plan.Scale.At(channel) / 220, -2.6 - (0.8 * x / Size));
                for (var e = 0; e < plan.Edges.Length; e++)
                {
                    mean += 30 * (1 + ((row + (e * x)) % Size / (double)Size)) * edges[(e * Channels) + channel] / plan.Edges[e].CrossSection.At(plan.Edges[e].OnsetEv + 20);
                }

                rows[row][i] = noise.Poisson(mean);
            }
        });
        return rows;
    }
}
