using CryoHub.Analyses.Edx.Fit;
using CryoHub.Analyses.Edx.Quantify;
using CryoHub.Analyses.Edx.XRays;

namespace CryoHub.Benchmarks.Cases;

/// <summary>Atomic percent of four elements in 256 x 256 pixels from their net counts, with the uncertainty of each, which the peer does not give.</summary>
internal static class CliffLorimerCase
{
    private const int Pixels = 256 * 256;

    public static Benchmark Benchmark { get; } = new("edx-cl", "Cliff-Lorimer maps of 4 elements with uncertainties, 256 x 256", Quantify, "HyperSpy quantification(CL)");

    private static Action Quantify()
    {
        var random = new Random(1);
        float[][] counts = [.. Enumerable.Range(0, 4).Select(_ => Enumerable.Range(0, Pixels).Select(_ => 100 + (1000 * random.NextSingle())).ToArray())];
        var maps = new FamilyMaps(counts, counts, [.. Enumerable.Repeat(1000f, Pixels)]);
        var table = new XRayTable(200e3);
        double[] factors = [1.3, 1.0, 1.1, 1.2];
        QuantifiedLine[] lines = [.. new[] { 26, 8, 16, 22 }.Select((z, i) => new QuantifiedLine(i, table.Of(z)[0], 1, factors[i], true))];
        return () => CompositionMaps.Of(maps, lines, null, 0, 30, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount });
    }
}
