using CryoHub.Analyses.Eels.Align;
using CryoHub.Analyses.Eels.Thickness;
using CryoHub.Analyses.Spectra;
using CryoHub.Imaging;
using CryoHub.Numerics.Spectra;

namespace CryoHub.Analyses.Eels.LowLoss;

/// <summary>Energy and width of the plasmon in every pixel, and the dielectric function of a region.</summary>
public sealed class EelsLowLoss : Analysis<EelsLowLossParameters>
{
    private const double PoorMisfit = 2;

    /// <inheritdoc/>
    public override AnalysisInfo Info { get; } = new(
        "eels-lowloss",
        1,
        "Low loss: plasmon and dielectric function",
        "Maps energy and width of the plasmon peak by a fit of the Drude loss function, and calculates the dielectric function of a region by Kramers-Kronig analysis with its sum rules.",
        [new AnalysisInput("signal", [SignalKind.SpectrumImage, SignalKind.SpectrumLine, SignalKind.Spectrum])],
        typeof(EelsLowLossParameters),
        [
            "Egerton, Electron Energy-Loss Spectroscopy in the Electron Microscope, 3rd ed., sections 3.3, 4.2 and 5.2, doi:10.1007/978-1-4419-9583-4",
            "Ohta and Ishida, Appl. Spectrosc. 42 (1988) 952, doi:10.1366/0003702884430380 (Maclaurin's formula)",
        ])
    {
        Formula =
        [
            "Plasmon: m(E) = A E G Ep^2 / ((E^2 - Ep^2)^2 + (E G)^2) of greatest Poisson likelihood in the window, E above the zero loss of the pixel; maximum at 3 E^4 - 2 (Ep^2 - G^2 / 2) E^2 - Ep^4 = 0.",
            "Window without given ends: the half heights of the highest loss in the summed spectrum.",
            "Dielectric function: single scattering J1 (Fourier-log of the region's sum) = K Im(-1/eps) ln(1 + (beta / theta_E)^2); K from (2/pi) integral Im(-1/eps) / E dE = 1 - 1/n^2, or from the thickness, K = I0 t / (pi a0 m v^2).",
            "Re(1/eps) = 1 - (2/pi) P integral Im(-1/eps) E' / (E'^2 - E^2) dE' by Maclaurin's formula; eps = 1 / (Re(1/eps) - i Im(-1/eps)).",
            "Sum rules: (2/pi) integral E Im(-1/eps) dE and (2/pi) integral E eps2 dE both give the square of the plasmon energy of the electrons in the range.",
        ],
        Limits =
        [
            "The width is that of the measured peak: the spectrometer's own is not taken out.",
            "Surface losses are not separated: below some 50 nm they raise the losses under 10 eV and with them the thickness found.",
            "Below the end of the zero loss the single scattering is taken as a straight line from nothing; what lies above the end of the spectrum is taken as nothing.",
        ],
    };

    /// <inheritdoc/>
    public override Estimate Estimate(EstimateQuestion question)
    {
        var header = question.Input(Info, "signal");
        var scale = SpectrumCube.ScaleOf(Info.Title, header);
        var rows = header.Axes.Count > 2 ? header.Axes[0].Size : 1;
        return new Estimate(
            0.5 + (2 * question.InputBytes / Analyses.Estimate.ReadRate) + (header.PixelCount / scale.Channels / 2e4),
            Analyses.Estimate.Process + (2 * Environment.ProcessorCount * sizeof(float) * header.FramePixels) + (48 * header.PixelCount / scale.Channels) + (24 * rows * scale.Channels));
    }

    /// <inheritdoc/>
    protected override async Task RunAsync(AnalysisRun run, EelsLowLossParameters parameters, CancellationToken ct)
    {
        var cube = new SpectrumCube(Info.Title, run.Input(Info, "signal"));
        var region = (parameters.Region ?? new Region { Width = cube.Columns, Height = cube.Rows }).Inside(cube.Columns, cube.Rows);
        var conditions = new EelsConditions(Info.Title, cube.Header, parameters.BeamEnergy, null, parameters.Collection);
        if (parameters.KramersKronig)
        {
            _ = conditions.BeamEnergyKeV + conditions.CollectionMrad;   // refused before anything is read
        }

        var (positions, total, zero, threshold) = parameters.ZeroLoss == ZeroLossState.Present ? await PresentAsync(run, cube, region, ct) : await RemovedAsync(run, cube, region, ct);
        var window = PlasmonWindow.Of(total, zero, cube.Step, threshold, parameters);
        var map = new PlasmonMap(cube, window, positions);
        await cube.ReadAsync(run, new RunShare(0.4, 0.9, "Fitting plasmons"), (row, spectra) => map.Row(row, spectra), ct);
        await MapsAsync(run.Results, cube, map, positions, ct);
        Region(run.Results, cube, window, total, zero, parameters);
        if (parameters.KramersKronig)
        {
            var single = parameters.ZeroLoss == ZeroLossState.Present
                ? SingleScattering.FromPlural(total, cube.Channels, cube.Channels, cube.Step, threshold)
                : SingleScattering.FromSingle([.. total.Select(count => (float)count)], cube.Scale.Lowest, cube.Step);
            DielectricReport.Write(run.Results, single, conditions, parameters);
        }
    }

    private static async Task<(float[] Positions, double[] Total, double Zero, double Threshold)> PresentAsync(AnalysisRun run, SpectrumCube cube, Region region, CancellationToken ct)
    {
        var map = new ZeroLossMap(cube, ZeroLossCentre.Gaussian, null, null);
        var end = new ZeroLossEnd(cube, map, region);
        await cube.ReadAsync(run, new RunShare(0, 0.4, "Looking for the zero loss"), (row, spectra) =>
        {
            map.Row(row, spectra);
            end.Add(row, spectra);
        }, ct);
        run.Results.Number("Zero-loss position: middle of the pixels", map.Median(), "eV", map.PositionError.Where(float.IsFinite).Order().ElementAt(map.PositionError.Count(float.IsFinite) / 2));
        return (map.Position, end.Total(), cube.Channels, end.Find());
    }

    private static async Task<(float[] Positions, double[] Total, double Zero, double Threshold)> RemovedAsync(AnalysisRun run, SpectrumCube cube, Region region, CancellationToken ct)
    {
        var sum = new double[cube.Rows][];
        await cube.ReadAsync(run, new RunShare(0, 0.4, "Adding spectra"), (row, spectra) =>
        {
            sum[row] = new double[cube.Channels];
            for (var x = region.X; x < region.X + region.Width && row >= region.Y && row < region.Y + region.Height; x++)
            {
                for (var c = 0; c < cube.Channels; c++)
                {
                    var count = spectra[(x * cube.Channels) + c];
                    sum[row][c] += float.IsFinite(count) ? count : 0;
                }
            }
        }, ct);
        double[] total = [.. Enumerable.Range(0, cube.Channels).Select(c => sum.Sum(row => row[c]))];
        return (new float[cube.Pixels], total, -cube.Scale.Lowest / cube.Step, 0);
    }

    private static async Task MapsAsync(IResultSink results, SpectrumCube cube, PlasmonMap map, float[] positions, CancellationToken ct)
    {
        var missing = map.Energy.Count(float.IsNaN);
        if (missing > 0)
        {
            results.Warn($"{missing} of {cube.Pixels} pixels have no value: they have no zero loss, no counts, or no peak inside the fitted energies.");
        }

        var poor = map.Misfit.Count(misfit => misfit > PoorMisfit);
        if (poor > 0.05 * cube.Pixels)
        {
            results.Warn($"The Drude function fits poorly in {poor} of {cube.Pixels} pixels (reduced chi-squared above {PoorMisfit}, counting statistics assumed): plural scattering, several plasmons or counts that are no electrons.");
        }

        var maps = new PixelMaps(results, cube.Header);
        await maps.AddAsync("Plasmon energy", map.Energy, "eV", map.EnergyError, ct);
        await maps.AddAsync("Plasmon width", map.Width, "eV", map.WidthError, ct);
        await maps.AddAsync("Plasmon maximum", map.Maximum, "eV", map.EnergyError, ct);
        await maps.AddAsync("Plasmon maximum on the axis of the file", [.. map.Maximum.Zip(positions, (maximum, position) => maximum + position)], "eV", map.EnergyError, ct);
        await maps.AddAsync("Reduced chi-squared", map.Misfit, "", null, ct);
    }

    private static void Region(IResultSink results, SpectrumCube cube, PlasmonWindow window, double[] total, double zero, EelsLowLossParameters parameters)
    {
        int[] shown = [.. Enumerable.Range(0, total.Length).Where(i => parameters.ZeroLoss == ZeroLossState.Removed || (i >= zero - (cube.Channels / 4) && i < zero - (cube.Channels / 4) + cube.Channels))];
        results.Curve("Spectrum of the region", [.. shown.Select(i => (i - zero) * cube.Step)], [.. shown.Select(i => total[i])], "eV", "counts", [.. shown.Select(i => Math.Sqrt(Math.Max(0, total[i])))]);
        var first = (int)Math.Ceiling(zero + (window.From / cube.Step));
        var end = Math.Min(total.Length, (int)Math.Floor(zero + (window.To / cube.Step)) + 1);
        var fit = DrudeFit.Of([.. total[first..end].Select(count => (float)count)], (first - zero) * cube.Step, cube.Step, window.Energy, window.Width);
        results.Number("Fitted from", window.From, "eV");
        results.Number("Fitted to", window.To, "eV");
        if (double.IsNaN(fit.Energy))
        {
            results.Warn("The summed spectrum of the region has no plasmon peak inside the fitted energies.");
            return;
        }

        results.Number("Plasmon energy of the region", fit.Energy, "eV", fit.EnergyError);
        results.Number("Plasmon width of the region", fit.Width, "eV", fit.WidthError);
        double[] energies = [.. Enumerable.Range(first, end - first).Select(i => (i - zero) * cube.Step)];
        results.Curve("Plasmon fit", energies, [.. energies.Select(energy => fit.Amplitude * DrudeFit.At(energy, fit.Energy, fit.Width))], "eV", "counts");
    }
}
