using CryoHub.Analyses.Edx.XRays;

namespace CryoHub.Analyses.Edx.Peaks;

/// <summary>Finds and names the lines of an X-ray spectrum.</summary>
public sealed class EdxPeaks : Analysis<EdxPeaksParameters>
{
    private const double LeastScore = 5;

    /// <inheritdoc/>
    public override AnalysisInfo Info { get; } = new(
        "edx-peaks",
        1,
        "EDX peaks",
        "Finds the elements of an X-ray spectrum and names its lines with a score; marks overlaps, artefacts of grid, milling and detector, escape and sum peaks.",
        EdxInput.Inputs,
        typeof(EdxPeaksParameters),
        [
            "Schoonjans et al., The xraylib library for X-ray-matter interactions, Spectrochim. Acta B 66 (2011) 776, doi:10.1016/j.sab.2011.09.011",
            "Statham, Limitations to accuracy in extracting characteristic line intensities from X-ray spectra, J. Res. NIST 107 (2002) 531, doi:10.6028/jres.107.045",
            "Reed and Ware, Escape peaks and internal fluorescence in X-ray spectra recorded with lithium drifted silicon detectors, J. Phys. E 5 (1972) 582",
        ])
    {
        Formula =
        [
            "s(E) = B(E) + sum over families of N w G(E; E + shift + stretch E, FWHM); B = Kramers' (E0 - E)/E through the detector times smooth splines, all terms non-negative.",
            "FWHM^2 = FWHM(Mn Kα)^2 + f (E - 5898.7 eV); shift, stretch, FWHM, f and the tail of incomplete charges are fitted with the counts.",
            "Elements enter one by one, the one first that lowers chi-squared most; score = root of the rise of chi-squared without the element, with 2 % of the highest peak nearby added to the noise.",
            "Families of an element must stand in a possible proportion; escape peaks (Si Kα, 1740 eV below) belong to their family, sum peaks compete with elements.",
        ],
        Limits =
        [
            "Li and Be have no line that is seen; elements below the threshold are listed as possible down to 5 sigma.",
            "In transmission, metals of lenses and holder below 1 % of all counts are listed under Instrument, even where the specimen holds them.",
            "Coherent bremsstrahlung and absorption edges of a thick specimen are not in the model.",
        ],
    };

    /// <inheritdoc/>
    protected override async Task RunAsync(AnalysisRun run, EdxPeaksParameters parameters, CancellationToken ct)
    {
        var wanted = ElementNames.Parse(parameters.Elements);
        var input = await EdxInput.ReadAsync(Info, run, parameters, 0.6, ct);
        run.Progress.Report(new Step(0.65, "Looking for elements"));
        var finder = new ElementFinder(input.Model, input.Table, input.BeamEv, Math.Min(LeastScore, parameters.Threshold));
        var found = finder.Find(wanted.Length > 0 ? wanted : [.. Enumerable.Range(5, XRayTable.LastZ - 4).Where(Candidate.IsLookedFor)], []);
        run.Progress.Report(new Step(0.95, "Naming lines"));
        new EdxPeaksResults(input, found, parameters.Threshold).Add();
    }
}
