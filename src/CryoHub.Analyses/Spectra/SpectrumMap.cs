using System.Buffers;
using CryoHub.Imaging;

namespace CryoHub.Analyses.Spectra;

/// <summary>Net counts in energy windows of a spectrum image, line or single spectrum, and the spectrum of a region.</summary>
public sealed class SpectrumMap : Analysis<SpectrumMapParameters>
{
    private const double PoorMisfit = 3; // six degrees of freedom exceed it by chance in one pixel of 170

    /// <inheritdoc/>
    public override AnalysisInfo Info { get; } = new(
        "spectrum-map",
        1,
        "Spectrum map",
        "Maps the counts in energy windows of an EELS or EDX spectrum image, with the background subtracted pixel by pixel.",
        [new AnalysisInput("signal", [SignalKind.SpectrumImage, SignalKind.SpectrumLine, SignalKind.Spectrum])],
        typeof(SpectrumMapParameters),
        ["Egerton, Electron Energy-Loss Spectroscopy in the Electron Microscope, 3rd ed., sections 4.4.1 and 4.4.3, doi:10.1007/978-1-4419-9583-4"])
    {
        HasPreview = true,
        Formula =
        [
            "Net counts = sum of the window's channels - sum of the background's.",
            "Background: none; a straight line through the means of two side windows; or A E^-r by the two-area rule (r = 2 ln(I1/I2) / ln(E2/E1), I1 and I2 the sums over the two halves of the window E1..E2) or by least squares on logarithms.",
            "Uncertainty: counting statistics of the window plus the propagated uncertainty of the extrapolated background.",
        ],
        Limits =
        [
            "Counts are taken as Poisson counts: spectra in other units have maps in those units and uncertainties that do not hold.",
            "A power law does not describe plasmon tails below some 50 eV nor overlapping edges; the warning tells where the fit is poor.",
            "Pixels in which no power law can be fitted have no value.",
        ],
    };

    /// <inheritdoc/>
    public override Estimate Estimate(EstimateQuestion question)
    {
        const double pixelsPerSecond = 2e6;   // of maps, with their pictures and zarr groups
        const int planes = 6;
        var header = question.Input(Info, "signal");
        var scale = ScaleOf(header);
        var mapPixels = MapsOf(scale, (SpectrumMapParameters)question.Parameters).Length * header.PixelCount / scale.Channels;
        var rows = Environment.ProcessorCount * header.FramePixels;
        return new Estimate(0.5 + (question.InputBytes / Analyses.Estimate.ReadRate) + (mapPixels / pixelsPerSecond), Analyses.Estimate.Process + (sizeof(float) * ((2 * rows) + (planes * mapPixels))));
    }

    /// <inheritdoc/>
    protected override async Task RunAsync(AnalysisRun run, SpectrumMapParameters parameters, CancellationToken ct)
    {
        var signal = run.Input(Info, "signal");
        var header = signal.Header;
        var scale = ScaleOf(header);
        if (!scale.IsCalibrated)
        {
            run.Results.Warn("The energy axis is not calibrated: windows are in channels.");
        }

        var maps = MapsOf(scale, parameters);
        var columns = header.Axes.Count > 1 ? (int)header.Axes[^2].Size : 1;
        var rows = header.Axes.Count > 2 ? (int)header.Axes[0].Size : 1;
        var region = (parameters.Region ?? new Region { Width = columns, Height = rows }).Inside(columns, rows);
        var planes = maps.Select(_ => new MapPlanes(rows * columns)).ToArray();
        var spectrum = new RegionSpectrum(region, rows, scale.Channels);
        await MapAsync(run, signal, columns, maps, planes, spectrum, ct);

        var results = new SpectrumMapResults(run.Results, header, scale, parameters);
        for (var w = 0; w < maps.Length; w++)
        {
            await results.MapAsync(maps[w], planes[w], PoorMisfit, ct);
        }

        results.Region(spectrum.Total(), maps, region);
    }

    private EnergyScale ScaleOf(SignalHeader header) => header.Axes.Count is > 0 and <= 3
        ? new EnergyScale(header.Axes[^1])
        : throw ProblemException.Invalid($"{Info.Title} takes a spectrum, a line or an image of spectra ([y, x, energy]); \"{header.Name}\" has {header.Axes.Count} axes: {string.Join(" x ", header.Shape)}.");

    private static WindowMap[] MapsOf(EnergyScale scale, SpectrumMapParameters parameters) =>
        [.. parameters.Windows.Select(window => new WindowMap(WindowChannels.Of(window, scale, parameters.Background), scale, parameters.Background, parameters.Fit))];

    private static async Task MapAsync(AnalysisRun run, ISignal signal, int columns, WindowMap[] maps, MapPlanes[] planes, RegionSpectrum spectrum, CancellationToken ct)
    {
        var rows = (int)signal.Header.FrameCount;
        var done = 0;
        await Parallel.ForAsync(0, rows, run.Parallel(ct), async (row, token) =>
        {
            var pixels = (int)signal.Header.FramePixels;
            var rented = ArrayPool<float>.Shared.Rent(pixels);   // a new array for each row would keep the collector busy while somebody drags a window
            try
            {
                var spectra = rented.AsMemory(0, pixels);
                await signal.ReadAsync(row, spectra, token);
                for (var w = 0; w < maps.Length; w++)
                {
                    var range = new Range(row * columns, (row + 1) * columns);
                    maps[w].Row(spectra.Span, planes[w].Net.AsSpan(range), planes[w].Exponent.AsSpan(range), planes[w].Misfit.AsSpan(range));
                }

                spectrum.Add(row, spectra.Span);
            }
            finally
            {
                ArrayPool<float>.Shared.Return(rented);
            }

            run.Progress.Report(new Step((double)Interlocked.Increment(ref done) / rows, $"Mapping row {row + 1} of {rows}"));
        });
    }
}
