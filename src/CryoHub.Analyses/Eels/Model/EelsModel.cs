using System.Buffers;
using CryoHub.Analyses.Eels.Quantify;
using CryoHub.Analyses.Spectra;
using CryoHub.Imaging;

namespace CryoHub.Analyses.Eels.Model;

/// <summary>Fits background and edges together in every pixel: amounts, fractions, misfit, chemical shifts and white-line ratios.</summary>
public sealed class EelsModel : Analysis<EelsModelParameters>
{
    /// <inheritdoc/>
    public override AnalysisInfo Info { get; } = new(
        "eels-model",
        1,
        "EELS model",
        "Fits a power law and ionisation edges together in every pixel: amounts with uncertainty where edges overlap, a map of the misfit, chemical shifts and white-line ratios.",
        [
            new AnalysisInput("signal", [SignalKind.SpectrumImage, SignalKind.SpectrumLine, SignalKind.Spectrum]),
            new AnalysisInput("low-loss", [SignalKind.SpectrumImage, SignalKind.SpectrumLine, SignalKind.Spectrum], Required: false),
        ],
        typeof(EelsModelParameters),
        [
            "Verbeeck and Van Aert, Ultramicroscopy 101 (2004) 207, doi:10.1016/j.ultramic.2004.06.004 (model-based quantification)",
            "Manoubi, Tence, Walls and Colliex, Microsc. Microanal. Microstruct. 1 (1990) 23, doi:10.1051/mmm:019900010102300 (fitting background and edges together)",
            "Stark and Parker, Computational Statistics 10 (1995) 129 (bounded least squares)",
            "Pearson, Ahn and Fultz, Phys. Rev. B 47 (1993) 8471, doi:10.1103/PhysRevB.47.8471 (white lines above the continuum)",
            "Egerton, Electron Energy-Loss Spectroscopy in the Electron Microscope, 3rd ed., sections 3.6 and 4.5, doi:10.1007/978-1-4419-9583-4",
        ])
    {
        Formula =
        [
            "y(E) = A E^-r + sum of N_k (sigma_k * low loss)(E); sigma hydrogenic, for beam, convergence and collection of the run; * is convolution.",
            "For given r a linear problem, solved by least squares with bounds (A and N not negative) and weights 1 / model; r follows by Gauss and Newton's method; each pixel starts from the one before.",
            "Fine structure: counts from 3 eV before to the given width above an onset take no part in the fit, which equals one free unknown a channel there.",
            "Uncertainty: inverse of the weighted normal equations (counted electrons); fractions with the amounts' covariance.",
            "Chemical shift: least squares of a pixel's edge by the region's edge and its derivative. White lines: counts above the continuum, parted at the valley between them.",
        ],
        Limits =
        [
            "Cross sections are known to about 10 % for K and 20 to 30 % for L edges; that error is common to all pixels and not in the uncertainties.",
            "The low loss of all pixels is averaged unless each pixel's own is asked for; without one, plural scattering bends the edges and amounts have no unit.",
            "An amount at its bound 0 has the uncertainty it would have if it were free.",
            "Shifts are relative to the region's mean edge and say nothing absolute.",
        ],
    };

    /// <inheritdoc/>
    public override Estimate Estimate(EstimateQuestion question)
    {
        var header = question.Input(Info, "signal");
        var scale = SpectrumCube.ScaleOf(Info.Title, header);
        var parameters = (EelsModelParameters)question.Parameters;
        var plan = ModelPlan.Of(parameters, scale, header.Metadata);
        var pixels = header.PixelCount / scale.Channels;
        var unknowns = plan.Edges.Length + 2;
        var seconds = pixels * 3e-10 * plan.Channels.Length * unknowns * (unknowns + 4) * (parameters.LowLoss == LowLossUse.EachPixel && question.Inputs.ContainsKey("low-loss") ? 20 : 1);
        return new Estimate(1 + (2 * question.InputBytes / Analyses.Estimate.ReadRate) + seconds, Analyses.Estimate.Process + SpectrumCube.MemoryBytes(header, 1) + (10 * sizeof(float) * plan.Edges.Length * pixels));
    }

    /// <inheritdoc/>
    protected override async Task RunAsync(AnalysisRun run, EelsModelParameters parameters, CancellationToken ct)
    {
        var signal = run.Input(Info, "signal");
        var cube = new SpectrumCube(Info.Title, signal);
        var plan = ModelPlan.Of(parameters, cube.Scale, cube.Header.Metadata);
        var region = (parameters.Region ?? new Region { Width = cube.Columns, Height = cube.Rows }).Inside(cube.Columns, cube.Rows);
        var lowLoss = run.Inputs.ContainsKey("low-loss") ? new ModelLowLoss(Info.Title, run.Input(Info, "low-loss"), cube) : null;
        if (lowLoss is not null)
        {
            await lowLoss.ReadAsync(run, new RunShare(0, 0.15, "Adding up the low loss"), ct);
        }

        var columns = new EdgeColumns(plan, lowLoss?.Cube);
        var spectrum = new RegionSpectrum(region, cube.Rows, cube.Channels);
        var checks = new CountChecks(cube);
        await cube.ReadAsync(run, new RunShare(0.15, 0.3, "Adding up the region"), (row, spectra) =>
        {
            checks.Row(spectra);
            spectrum.Add(row, spectra);
        }, ct);
        checks.Warn(run.Results);

        var pixels = new ModelPixels(cube, plan, columns, lowLoss, parameters);
        var total = spectrum.Total();
        var regional = pixels.Region(total);
        await FitAsync(run, signal, lowLoss?.Signal, cube, pixels, ct);
        await new EelsModelResults(run.Results, cube, plan, lowLoss is not null).WriteAsync(pixels, regional, total, region, ct);
    }

    private static async Task FitAsync(AnalysisRun run, ISignal signal, ISignal? lowLoss, SpectrumCube cube, ModelPixels pixels, CancellationToken ct)
    {
        var done = 0;
        await Parallel.ForAsync(0, cube.Rows, run.Parallel(ct), async (row, token) =>
        {
            var own = pixels.NeedsLowLoss ? (int)lowLoss!.Header.FramePixels : 0;
            var rented = ArrayPool<float>.Shared.Rent((cube.Columns * cube.Channels) + own);
            try
            {
                var spectra = rented.AsMemory(0, cube.Columns * cube.Channels);
                var low = rented.AsMemory(spectra.Length, own);
                await signal.ReadAsync(row, spectra, token);
                if (own > 0)
                {
                    await lowLoss!.ReadAsync(row, low, token);
                }

                pixels.Row(row, spectra.Span, low.Span, token);
            }
            finally
            {
                ArrayPool<float>.Shared.Return(rented);
            }

            run.Progress.Report(new RunShare(0.3, 1, "Fitting the model").At((double)Interlocked.Increment(ref done) / cube.Rows));
        });
    }
}
