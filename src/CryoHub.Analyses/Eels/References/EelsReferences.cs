using CryoHub.Analyses.Eels.Quantify;
using CryoHub.Analyses.Spectra;
using CryoHub.Imaging;

namespace CryoHub.Analyses.Eels.References;

/// <summary>Maps of phases: every spectrum as a sum of reference spectra.</summary>
public sealed class EelsReferences : Analysis<EelsReferencesParameters>
{
    private const int Most = 8;
    private static readonly SignalKind[] Kinds = [SignalKind.SpectrumImage, SignalKind.SpectrumLine, SignalKind.Spectrum];

    /// <inheritdoc/>
    public override AnalysisInfo Info { get; } = new(
        "eels-references",
        1,
        "EELS reference fit",
        "Fits every spectrum by a sum of reference spectra (Li, Li2O, LiF ...), not negative: counts and shares with uncertainty, residual, and a map of phases.",
        [
            new AnalysisInput("signal", Kinds),
            new AnalysisInput("reference", Kinds),
            .. Enumerable.Range(2, Most - 1).Select(number => new AnalysisInput($"reference-{number}", Kinds, Required: false)),
        ],
        typeof(EelsReferencesParameters),
        [
            "Leapman and Swyt, Ultramicroscopy 26 (1988) 393, doi:10.1016/0304-3991(88)90239-2 (multiple least squares with reference spectra)",
            "Lawson and Hanson, Solving Least Squares Problems, Prentice-Hall (1974), chapter 23 (non-negative least squares)",
            "Egerton, Electron Energy-Loss Spectroscopy in the Electron Microscope, 3rd ed., section 4.5.4, doi:10.1007/978-1-4419-9583-4",
        ])
    {
        Formula =
        [
            "y(E) = sum of x_k R_k(E) + background, R_k with an area of one in the fitted range, so that x_k are counts; x_k not negative unless allowed.",
            "Weights 1 / model (counted electrons, three rounds) or equal; uncertainty from the inverse of the normal equations, with equal weights times the residual variance.",
            "Share = x_k / sum of x; a pixel is named by its greatest share where that and the residual pass their limits, else 0.",
        ],
        Limits =
        [
            "Shares are of counts, not of atoms: references of one atom per area differ in area.",
            "References and signal need the same energy scale and resolution: align both on the zero loss before. Noise and thickness of the references are taken as none.",
            "References that are sums of others cannot be told apart: their uncertainty is large, or has no value.",
            "Every spectrum of a line is a reference of its own; of an image the mean is taken.",
        ],
    };

    /// <inheritdoc/>
    public override Estimate Estimate(EstimateQuestion question)
    {
        var header = question.Input(Info, "signal");
        question.Input(Info, "reference");
        var scale = SpectrumCube.ScaleOf(Info.Title, header);
        var references = question.Inputs.Keys.Count(role => role != "signal");
        var pixels = header.PixelCount / scale.Channels;
        return new Estimate(0.5 + (question.InputBytes / Analyses.Estimate.ReadRate) + (header.PixelCount * 2e-9 * (references + 4) * (references + 4)), Analyses.Estimate.Process + SpectrumCube.MemoryBytes(header, 1) + (4 * sizeof(float) * (references + 1) * pixels));
    }

    /// <inheritdoc/>
    protected override async Task RunAsync(AnalysisRun run, EelsReferencesParameters parameters, CancellationToken ct)
    {
        var cube = new SpectrumCube(Info.Title, run.Input(Info, "signal"));
        run.Input(Info, "reference");
        ISignal[] signals = [.. Info.Inputs.Skip(1).Where(input => run.Inputs.ContainsKey(input.Role)).Select(input => run.Input(Info, input.Role))];
        var set = await ReferenceSet.ReadAsync(Info.Title, signals, cube.Scale, parameters, ct);
        var region = (parameters.Region ?? new Region { Width = cube.Columns, Height = cube.Rows }).Inside(cube.Columns, cube.Rows);
        var planes = new ReferencePlanes(cube, set, parameters);
        var spectrum = new RegionSpectrum(region, cube.Rows, cube.Channels);
        var checks = new CountChecks(cube);
        await cube.ReadAsync(run, new RunShare(0, 1, "Fitting the references"), (row, spectra) =>
        {
            checks.Row(spectra);
            spectrum.Add(row, spectra);
            planes.Row(row, spectra);
        }, ct);
        checks.Warn(run.Results);
        await new EelsReferencesResults(run.Results, cube, set, parameters).WriteAsync(planes, spectrum.Total(), region, ct);
    }
}
