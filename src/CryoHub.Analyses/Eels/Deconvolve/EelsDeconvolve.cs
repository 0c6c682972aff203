using CryoHub.Analyses.Eels.Align;
using CryoHub.Analyses.Eels.Thickness;
using CryoHub.Analyses.Spectra;
using CryoHub.Imaging;

namespace CryoHub.Analyses.Eels.Deconvolve;

/// <summary>
/// Takes plural scattering or the blur of the zero loss out of every spectrum. Beyond its end a spectrum is carried on by a half cosine that falls to zero over half its length, so its own
/// channels stay as measured; channels without a value stay without.
/// </summary>
public sealed class EelsDeconvolve : Analysis<EelsDeconvolveParameters>
{
    private const double Thick = 3; // mean free paths: from about 4 on the phase of j / z wraps

    /// <inheritdoc/>
    public override AnalysisInfo Info { get; } = new(
        "eels-deconvolve",
        1,
        "EELS deconvolution",
        "Removes plural scattering (Fourier-log, Fourier-ratio) or sharpens (Richardson-Lucy) the spectra of an EELS data set; the result is a data set of its own.",
        [
            new AnalysisInput("signal", [SignalKind.SpectrumImage, SignalKind.SpectrumLine, SignalKind.Spectrum]),
            new AnalysisInput("lowloss", [SignalKind.SpectrumImage, SignalKind.SpectrumLine, SignalKind.Spectrum], Required: false),
            new AnalysisInput("zeroloss", [SignalKind.SpectrumImage, SignalKind.SpectrumLine, SignalKind.Spectrum], Required: false),
        ],
        typeof(EelsDeconvolveParameters),
        [
            "Johnson and Spence, J. Phys. D 7 (1974) 771, doi:10.1088/0022-3727/7/6/304 (Fourier-log)",
            "Egerton, Electron Energy-Loss Spectroscopy in the Electron Microscope, 3rd ed., section 4.3, doi:10.1007/978-1-4419-9583-4",
            "Gloter, Douiri, Tence and Colliex, Ultramicroscopy 96 (2003) 385, doi:10.1016/S0304-3991(03)00103-7 (Richardson-Lucy)",
        ])
    {
        Formula =
        [
            "Fourier-log: j1 = z ln(j / z), j and z the transforms of the spectrum and of its zero loss; as counts J1 = I0 S, or S = J1 / I0 per eV, whose area is t / lambda.",
            "Fourier-ratio: j1 = I0 g k / l, k the edge without background, l its low loss, g a Gaussian of area 1 and of the width given, at the place of the zero loss.",
            "Richardson-Lucy: x <- x K'(y / K x) / K'1, K the zero loss of the pixel, beginning with the spectrum.",
            "Zero loss: a second input, else the counts up to its end, falling to nothing beyond as a half cosine of a quarter of that length.",
            "Ends: beyond its last channel a spectrum falls to zero as a half cosine over half its length, before its first it is zero; measured channels are not tapered.",
        ],
        Limits =
        [
            "Single scattering within the zero loss is not recovered: it counts as zero loss.",
            "The last channels of a spectrum that does not fall to zero feel the assumed end.",
            "Beyond some four mean free paths the logarithm is not unique. Noise is amplified; uncertainties of single channels are not given.",
        ],
    };

    /// <inheritdoc/>
    public override Estimate Estimate(EstimateQuestion question)
    {
        var header = question.Input(Info, "signal");
        var scale = SpectrumCube.ScaleOf(Info.Title, header);
        var parameters = (EelsDeconvolveParameters)question.Parameters;
        var pixels = header.PixelCount / scale.Channels;
        var each = parameters.Method == DeconvolutionMethod.RichardsonLucy ? 1e-9 * parameters.Iterations * scale.Channels * 100 : 3e-8 * scale.Channels;
        return new Estimate(
            1 + (2 * question.InputBytes / Analyses.Estimate.ReadRate) + (question.InputBytes / Analyses.Estimate.WriteRate) + (each * pixels),
            Analyses.Estimate.Process + (2 * SpectrumCube.MemoryBytes(header, scale.Channels)) + (24 * pixels));
    }

    /// <inheritdoc/>
    protected override async Task RunAsync(AnalysisRun run, EelsDeconvolveParameters parameters, CancellationToken ct)
    {
        var cube = new SpectrumCube(Info.Title, run.Input(Info, "signal"));
        if (parameters.Method == DeconvolutionMethod.FourierRatio)
        {
            await RatioAsync(run, cube, parameters, ct);
            return;
        }

        var measured = run.Inputs.ContainsKey("zeroloss") ? await CompanionSpectra.OpenAsync(new SpectrumCube(Info.Title, run.Input(Info, "zeroloss")), cube, ct) : null;
        var (map, threshold) = await ZeroLossAsync(run, cube, parameters.Threshold, ct);
        var zeroLoss = new ZeroLossSource(cube, map, threshold, measured);
        if (parameters.Method == DeconvolutionMethod.RichardsonLucy)
        {
            run.Results.Number("Iterations", parameters.Iterations, "");
            var sharpen = new RichardsonLucyRows(cube, zeroLoss, measured, parameters.Iterations);
            await WriteAsync(run, cube, measured, $"{cube.Header.Name} (sharpened)", "Sharpened spectra", cube.Header.ValueUnit, sharpen.Row, ct);
            return;
        }

        var log = new FourierLogRows(cube, zeroLoss, measured, parameters.Relative);
        var name = parameters.Relative ? "Single scattering S = J1 / I0" : "Single scattering J1 = I0 S";
        await WriteAsync(run, cube, measured, $"{cube.Header.Name} (single scattering)", name, parameters.Relative ? "1/eV" : "counts", log.Row, ct);
        await new PixelMaps(run.Results, cube.Header).AddAsync("t/lambda (area of the single scattering)", log.Areas, "", null, ct);
        var thick = log.Areas.Count(area => area > Thick);
        if (thick > 0)
        {
            run.Results.Warn($"{thick} of {cube.Pixels} pixels are thicker than {Thick} mean free paths: the logarithm is no longer unique there.");
        }
    }

    private static async Task WriteAsync(AnalysisRun run, SpectrumCube cube, CompanionSpectra? companions, string title, string name, string unit, SpectraRewrite work, CancellationToken ct)
    {
        await using var output = new CubeOutput(run.Results, name, cube.With(title, cube.Channels, cube.Scale.Lowest) with { ValueUnit = unit });
        var missing = 0;
        await cube.RewriteAsync(run, new RunShare(0.3, 1, "Deconvolving"), cube.Channels, companions, (row, spectra, companion, result) =>
        {
            work(row, spectra, companion, result);
            for (var x = 0; x < cube.Columns; x++)
            {
                if (!result.Slice(x * cube.Channels, cube.Channels).ContainsAnyInRange(float.MinValue, float.MaxValue))
                {
                    Interlocked.Increment(ref missing);
                }
            }
        }, (first, rows) => output.WriteAsync(first, rows, ct), ct);
        if (missing > 0)
        {
            run.Results.Warn($"{missing} of {cube.Pixels} pixels have no value: they have no counts, no zero loss, or channels without a value between others.");
        }
    }

    private static async Task<(ZeroLossMap Map, double Threshold)> ZeroLossAsync(AnalysisRun run, SpectrumCube cube, double? given, CancellationToken ct)
    {
        var map = new ZeroLossMap(cube, ZeroLossCentre.Gaussian, null, null);
        var end = new ZeroLossEnd(cube, map);
        await cube.ReadAsync(run, new RunShare(0, 0.3, "Looking for the zero loss"), (row, spectra) =>
        {
            map.Row(row, spectra);
            if (given is null)
            {
                end.Add(row, spectra);
            }
        }, ct);
        _ = map.Median();   // refuses spectra without any peak
        var threshold = given ?? end.Find();
        run.Results.Number("End of the zero loss", threshold, "eV", cube.Step / 2);
        return (map, threshold);
    }

    private async Task RatioAsync(AnalysisRun run, SpectrumCube cube, EelsDeconvolveParameters parameters, CancellationToken ct)
    {
        if (!run.Inputs.ContainsKey("lowloss"))
        {
            throw ProblemException.Invalid("The Fourier-ratio method needs the low loss of the same place: give it as the input \"lowloss\".");
        }

        var lowLoss = await CompanionSpectra.OpenAsync(new SpectrumCube(Info.Title, run.Input(Info, "lowloss")), cube, ct);
        ZeroLossSource.RequireEqualSteps(lowLoss.Cube, cube);
        var (map, threshold) = await ZeroLossAsync(run, lowLoss.Cube, parameters.Threshold, ct);
        float[] widths = [.. map.Width.Where(float.IsFinite).Order()];
        var width = parameters.Width ?? widths[widths.Length / 2];
        run.Results.Number("Width of the result's peak", width, "eV", parameters.Width is null ? map.WidthError.Where(float.IsFinite).Order().ElementAt(widths.Length / 2) : 0);
        var ratio = new FourierRatioRows(cube, lowLoss, new ZeroLossSource(lowLoss.Cube, map, threshold, null), width);
        await WriteAsync(run, cube, lowLoss, $"{cube.Header.Name} (without plural scattering)", "Edges without plural scattering", "counts", ratio.Row, ct);
    }
}
