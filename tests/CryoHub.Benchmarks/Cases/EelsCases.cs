using CryoHub.Analyses.Eels.Align;
using CryoHub.Analyses.Eels.Background;
using CryoHub.Analyses.Eels.Deconvolve;
using CryoHub.Analyses.Spectra;
using CryoHub.Imaging;

namespace CryoHub.Benchmarks.Cases;

/// <summary>The EELS analyses on 256 x 256 spectra of 1024 channels in memory: the work of all pixels, without writing the results anywhere.</summary>
internal static class EelsCases
{
    private const int Size = 256;
    private const int Channels = 1024;

    public static IReadOnlyList<Benchmark> Benchmarks { get; } =
    [
        new("eels-background", "eels-background, two areas, whole cube subtracted", () => Background(BackgroundEstimator.TwoAreas), "HyperSpy remove_background(fast)"),
        new("eels-background-np", "eels-background, log-log least squares, whole cube subtracted", () => Background(BackgroundEstimator.LogLeastSquares), "numpy log-log least squares, whole cube"),
        new("eels-fit", "eels-background, least squares of counts, 65,536 fits", Fits, "HyperSpy remove_background(fast=False), 256 pixels x 256"),
        new("eels-align", "eels-align, sub-channel, found and shifted", Align, "HyperSpy align_zero_loss_peak(subpixel), 64 x 64 x 16"),
        new("eels-log", "eels-deconvolve, Fourier-log", FourierLog, "HyperSpy fourier_log_deconvolution"),
    ];

    private static EelsBackgroundParameters Parameters(BackgroundEstimator fit) =>
        new() { Fit = fit, Edges = [new EnergyWindow { From = 284, To = 340, BackgroundFrom = 210, BackgroundTo = 275 }] };

    private static Action Background(BackgroundEstimator fit) => Subtract(fit, keep: true);

    private static Action Fits() => Subtract(BackgroundEstimator.LeastSquares, keep: false);

    private static Action Subtract(BackgroundEstimator fit, bool keep)
    {
        var (cube, counts) = Make(100, 0.5, (_, energy) => 1e4 * Math.Pow(energy / 100, -3));
        var edge = EdgeChannels.Of(Parameters(fit).Edges[0], cube.Scale, Parameters(fit));
        var planes = new[] { new EdgePlanes(cube.Pixels) };
        var subtraction = new Subtraction(cube, [new ExponentialBackground(edge, cube.Scale, BackgroundShape.PowerLaw, fit)], null, planes);
        var net = keep ? new float[counts.Length] : [];
        return () => Parallel.For(0, Size, row => subtraction.Row(row, Row(counts, row), keep ? Row(net, row) : []));
    }

    private static Action Align()
    {
        var random = new Random(2);
        var shifts = Enumerable.Range(0, Size * Size).Select(_ => 4 * random.NextDouble()).ToArray();
        var (cube, counts) = Make(-20, 0.25, (pixel, energy) => LowLoss(energy - shifts[pixel]));
        var aligned = new float[counts.Length];
        return () =>
        {
            var map = new ZeroLossMap(cube, ZeroLossCentre.Gaussian, null, null);
            Parallel.For(0, Size, row => map.Row(row, Row(counts, row)));
            var axis = new AlignedAxis(cube, map.Position, map.Median(), new EelsAlignParameters());
            Parallel.For(0, Size, row => axis.Row(row, Row(counts, row), Row(aligned, row)));
        };
    }

    private static Action FourierLog()
    {
        var (cube, counts) = Make(-20, 0.25, (_, energy) => LowLoss(energy));
        var single = new float[counts.Length];
        return () =>
        {
            var map = new ZeroLossMap(cube, ZeroLossCentre.Gaussian, null, null);
            Parallel.For(0, Size, row => map.Row(row, Row(counts, row)));
            var log = new FourierLogRows(cube, new ZeroLossSource(cube, map, 3, null), null, false);
            Parallel.For(0, Size, row => log.Row(row, Row(counts, row), [], Row(single, row)));
        };
    }

    private static double LowLoss(double energy) => (1e5 * Math.Exp(-Math.Pow(energy / 0.6, 2))) + (500 * Math.Exp(-Math.Pow((energy - 20) / 5, 2)));

    /// <summary>A cube in memory, with noise between 0 and 1; the analyses' rows are handed its numbers directly, as reading is not what is measured.</summary>
    private static (SpectrumCube Cube, float[] Counts) Make(double origin, double step, Func<int, double, double> expected)
    {
        var counts = new float[Size * Size * Channels];
        Parallel.For(0, Size, row =>
        {
            var random = new Random(row);
            for (var i = row * Size * Channels; i < (row + 1) * Size * Channels; i++)
            {
                counts[i] = (float)expected(i / Channels, origin + (step * (i % Channels))) + random.NextSingle();
            }
        });
        Axis[] axes = [new Axis("y", Size, "nm", AxisRole.Space), new Axis("x", Size, "nm", AxisRole.Space), new Axis("energy", Channels, "eV", AxisRole.Energy, step, origin)];
        return (new SpectrumCube("bench", new ArraySignal(new SignalHeader("bench", SignalKind.SpectrumImage, PixelType.Float32, axes, AcquisitionMetadata.None, MetadataTree.Empty), default)), counts);
    }

    private static Span<float> Row(float[] numbers, int row) => numbers.AsSpan(row * Size * Channels, Size * Channels);
}
