using CryoHub.Analyses.Edx.Model;
using CryoHub.Analyses.Spectra;

namespace CryoHub.Analyses.Edx.Fit;

/// <summary>Fits bremsstrahlung and families of lines to the spectrum of a region, and to every pixel.</summary>
public sealed class EdxModel : Analysis<EdxModelParameters>
{
    /// <inheritdoc/>
    public override AnalysisInfo Info { get; } = new(
        "edx-model",
        1,
        "EDX model",
        "Fits bremsstrahlung and Gaussian families of lines with the detector's resolution to an X-ray spectrum: net counts with uncertainty of a region and of every pixel, overlaps separated.",
        EdxInput.Inputs,
        typeof(EdxModelParameters),
        [
            "Fiori and Newbury, Scanning Electron Microscopy 1 (1978) 401",
            "Statham, Limitations to accuracy in extracting characteristic line intensities from X-ray spectra, J. Res. NIST 107 (2002) 531, doi:10.6028/jres.107.045",
            "Schoonjans et al., The xraylib library for X-ray-matter interactions, Spectrochim. Acta B 66 (2011) 776, doi:10.1016/j.sab.2011.09.011",
        ])
    {
        Formula =
        [
            "s(E) = B(E) + sum over families of N G(E): G = Gaussians integrated over each channel, weights of the lines from xraylib, FWHM^2 = FWHM(Mn Kα)^2 + f (E - 5898.7 eV).",
            "B = (E0 - E)/E times the detector's efficiency times quadratic B-splines in ln E; all strengths non-negative, weights 1 / model; subshells may depart from their theoretical shares within 25 %.",
            "Pixels: N = (A^T W A)^-1 A^T W s with the region's peaks, three pieces of its background and W = 1 / model of the region; not clipped at 0, so that sums of pixels are unbiased.",
            "Uncertainties: counting statistics propagated through the weights; of a pixel, the variance is the sum of squared weights times counts.",
        ],
        Limits =
        [
            "Counts of a family are all its lines; those of the alpha line alone are in the table beside them.",
            "Pixels take the region's energy scale, resolution and shares of lines; where absorption differs strongly within a map, fit its parts as regions.",
            "A pixel without counts has no value; a pixel with few has a value that scatters as widely as its uncertainty says.",
        ],
    };

    /// <inheritdoc/>
    protected override async Task RunAsync(AnalysisRun run, EdxModelParameters parameters, CancellationToken ct)
    {
        var input = await EdxInput.ReadAsync(Info, run, parameters, 0.4, ct);
        run.Progress.Report(new Step(0.45, "Fitting the spectrum of the region"));
        var fit = ElementFit.Of(input, parameters.Elements);
        FitTable.Add(input, fit);
        FitCurves.Add(input, fit);
        if (!parameters.Maps || input.Cube.Pixels == 1)
        {
            return;
        }

        var maps = await FamilyMaps.ReadAsync(input, fit, parameters.Box, new RunShare(0.55, 0.95, "Fitting every pixel"), ct);
        var pictures = new PixelMaps(run.Results, input.Cube.Header);
        for (var p = 0; p < fit.Parts.Count; p++)
        {
            if (fit.Parts[p].Family is { } family)
            {
                await pictures.AddAsync($"{family.Name} net counts", maps.Counts[p], "counts", maps.Errors(p), ct);
            }
        }

        FewCounts.Warn(input, maps, fit.Parts.Count);
    }
}
