using CryoHub.Analyses.Spectra;
using CryoHub.Imaging;
using CryoHub.Numerics.Spectra;

namespace CryoHub.Benchmarks.Cases;

/// <summary>One map with power-law background of 256 x 256 spectra of 1024 channels.</summary>
internal static class SpectrumMapCase
{
    private const int Size = 256;
    private const int Channels = 1024;

    private static readonly EnergyScale Scale = new(new Axis("energy", Channels, "eV", AxisRole.Energy, 0.5, 100));

    public static Benchmark Reading { get; } = new("windows", "reading the windows of 256 x 256 x 1024 (the limit)", () => Rows(Sum));

    public static Benchmark TwoAreas { get; } = new("map", "spectrum-map, power law, 256 x 256 x 1024", () => Map(PowerLawFit.TwoAreas), "HyperSpy remove_background(fast) + integrate");

    public static Benchmark LeastSquares { get; } = new("map-lsq", "spectrum-map, log-log least squares, 256 x 256 x 1024", () => Map(PowerLawFit.LeastSquares), "numpy log-log least squares");

    private static WindowChannels Window => WindowChannels.Of(new EnergyWindow { From = 284, To = 340, BackgroundFrom = 210, BackgroundTo = 275 }, Scale, BackgroundModel.PowerLaw);

    private static Action Map(PowerLawFit fit)
    {
        var map = new WindowMap(Window, Scale, BackgroundModel.PowerLaw, fit);
        return Rows(spectra =>
        {
            Span<float> planes = stackalloc float[3 * Size];
            map.Row(spectra, planes[..Size], planes[Size..(2 * Size)], planes[(2 * Size)..]);
        });
    }

    private static void Sum(ReadOnlySpan<float> spectra)
    {
        Span<double> sums = stackalloc double[Size];
        WindowSums.Of(spectra, Channels, Window.Gross.First, Window.Gross.Count, sums);
        WindowSums.Of(spectra, Channels, Window.Before!.Value.First, Window.Before.Value.Count, sums);
    }

    private static Action Rows(RowWork work)
    {
        var random = new Random(1);
        var counts = Enumerable.Range(0, Size).Select(_ => Enumerable.Range(0, Size * Channels).Select(i => (float)(1e4 * Math.Pow(Scale.At(i % Channels) / 100, -3)) + random.NextSingle()).ToArray()).ToArray();
        return () => Parallel.For(0, Size, row => work(counts[row]));
    }

    private delegate void RowWork(ReadOnlySpan<float> spectra);
}
