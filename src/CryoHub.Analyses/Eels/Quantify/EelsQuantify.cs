using CryoHub.Analyses.Spectra;
using CryoHub.Imaging;

namespace CryoHub.Analyses.Eels.Quantify;

/// <summary>Atoms per area and atomic fractions from the net counts of ionisation edges.</summary>
public sealed class EelsQuantify : Analysis<EelsQuantifyParameters>
{
    /// <inheritdoc/>
    public override AnalysisInfo Info { get; } = new(
        "eels-quantify",
        1,
        "EELS quantification",
        "Counts atoms by their ionisation edges: areal density and atomic fraction with uncertainty, as maps, for a region and as a profile.",
        [
            new AnalysisInput("signal", [SignalKind.SpectrumImage, SignalKind.SpectrumLine, SignalKind.Spectrum]),
            new AnalysisInput("low-loss", [SignalKind.SpectrumImage, SignalKind.SpectrumLine, SignalKind.Spectrum], Required: false),
        ],
        typeof(EelsQuantifyParameters),
        [
            "Egerton, Electron Energy-Loss Spectroscopy in the Electron Microscope, 3rd ed., sections 3.6, 4.5 and appendix B, doi:10.1007/978-1-4419-9583-4",
            "Leapman, Rez and Mayers, J. Chem. Phys. 72 (1980) 1232, doi:10.1063/1.439184 (cross sections of K, L and M shells)",
            "Hofer, Grogger, Warbichler and Papst, Mikrochim. Acta 132 (2000) 273, doi:10.1007/s006040050033 (atomic ratios and k factors)",
        ])
    {
        Formula =
        [
            "N = I / (sigma I_low): net counts over cross section and low-loss counts, both within the same width from the onset or the zero loss and the same collection angle.",
            "sigma: hydrogenic strengths with screened charge, relativistic kinematics, effective collection angle for a convergent beam; L = L3 + L3/2 at the onset of L2.",
            "With standards N = k I. Fractions f = N / sum of N.",
            "Background: A E^-r of greatest Poisson likelihood before each edge; uncertainty of counts and of the continued background, added in quadrature through the fractions.",
        ],
        Limits =
        [
            "Cross sections are known to about 10 % for K and 20 to 30 % for L edges (no white lines); that error is common to all pixels and not in the uncertainties.",
            "Without a low-loss input amounts have no unit, and windows of different widths catch different shares of plural scattering.",
            "Thick specimens (t/lambda above 0.5) and edges on the tail of another one bend the background: use eels-model.",
            "M, N and O edges need standards.",
        ],
    };

    /// <inheritdoc/>
    public override Estimate Estimate(EstimateQuestion question)
    {
        var header = question.Input(Info, "signal");
        var scale = SpectrumCube.ScaleOf(Info.Title, header);
        var edges = EdgeYield.Of((EelsQuantifyParameters)question.Parameters, scale, header.Metadata).Length;
        var pixels = header.PixelCount / scale.Channels;
        return new Estimate(0.5 + (question.InputBytes / Analyses.Estimate.ReadRate) + (edges * pixels / 1e5), Analyses.Estimate.Process + SpectrumCube.MemoryBytes(header, 1) + (7 * sizeof(float) * edges * pixels));
    }

    /// <inheritdoc/>
    protected override async Task RunAsync(AnalysisRun run, EelsQuantifyParameters parameters, CancellationToken ct)
    {
        var cube = new SpectrumCube(Info.Title, run.Input(Info, "signal"));
        var edges = EdgeYield.Of(parameters, cube.Scale, cube.Header.Metadata);
        var region = (parameters.Region ?? new Region { Width = cube.Columns, Height = cube.Rows }).Inside(cube.Columns, cube.Rows);
        var lowLoss = run.Inputs.ContainsKey("low-loss") ? new LowLossCounts(Info.Title, run.Input(Info, "low-loss"), cube, edges, parameters.ExposureRatio) : null;
        if (lowLoss is not null)
        {
            await lowLoss.ReadAsync(run, new RunShare(0, 0.3, "Counting the low loss"), ct);
        }

        var pixels = new QuantifiedPixels(cube, edges, lowLoss);
        var spectrum = new RegionSpectrum(region, cube.Rows, cube.Channels);
        var checks = new CountChecks(cube);
        await cube.ReadAsync(run, new RunShare(0.3, 1, "Counting atoms"), (row, spectra) =>
        {
            checks.Row(spectra);
            spectrum.Add(row, spectra);
            pixels.Row(row, spectra);
        }, ct);
        checks.Warn(run.Results);
        await new EelsQuantifyResults(run.Results, cube, edges, lowLoss is not null).WriteAsync(pixels, spectrum.Total(), region, parameters.Profile, ct);
    }
}
