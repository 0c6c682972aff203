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
        ]);

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
