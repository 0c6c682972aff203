using CryoHub.Analyses.Eels;
using CryoHub.Imaging;

namespace CryoHub.Analyses.Spectra.Decompose;

/// <summary>The few spectra that many spectra are made of.</summary>
public sealed class SpectrumDecompose : Analysis<SpectrumDecomposeParameters>
{
    private const int MostComponents = 50;

    private static readonly SignalKind[] Kinds = [SignalKind.SpectrumImage, SignalKind.SpectrumLine];

    /// <inheritdoc/>
    public override AnalysisInfo Info { get; } = new(
        "spectrum-decompose",
        1,
        "Spectrum decomposition",
        "Finds the few spectra that a spectrum image or line is made of: principal components weighted by counting statistics, how many stand out of the noise, their maps, and the signal without its noise.",
        [new AnalysisInput("signal", Kinds)],
        typeof(SpectrumDecomposeParameters),
        [
            "Keenan and Kotula, Surf. Interface Anal. 36 (2004) 203, doi:10.1002/sia.1657 (weights for counting statistics)",
            "Greenacre, Theory and Applications of Correspondence Analysis, Academic Press (1984) (what all spectra share is the first component exactly)",
            "Kritchman and Nadler, Chemom. Intell. Lab. Syst. 94 (2008) 19, doi:10.1016/j.chemolab.2008.06.002 (how many components)",
            "Johnstone, Ann. Statist. 29 (2001) 295, doi:10.1214/aos/1009210544 (largest value of noise)",
            "Anderson, Ann. Math. Statist. 34 (1963) 122, doi:10.1214/aoms/1177704248 (errors of values and vectors)",
            "Cueva, Hovden, Mundy, Xin and Muller, Microsc. Microanal. 18 (2012) 667, doi:10.1017/S1431927612000244; Lichtert and Verbeeck, Ultramicroscopy 125 (2013) 35, doi:10.1016/j.ultramic.2012.10.001 (what components may hide)",
        ])
    {
        Formula =
        [
            "Counts D[i, j] of pixel i and channel j, a[i] counts of the pixel, p[j] share of the channel in all: residuals R = (D - a p) / sqrt(a p), of variance one for counted electrons.",
            "R = sum of t[i, k] v[j, k]: v from the eigenvectors of R^T R (or R R^T where spectra are fewer than channels), all eigenvalues in double precision.",
            "D = a p + sum of sqrt(a) t sqrt(p) v: component 1 is p with the counts a as its score, as it is of D / sqrt(a p) itself; equal weights take a = 1 and p = the mean, scale 1.",
            "Suggested: eigenvalues above s^2 (sqrt n + sqrt m)^2 and its 99 % quantile, s^2 from the values below, one component after the other; and component 1.",
            "One sigma: s sqrt(a) for a score, s sqrt(p) / sqrt(eigenvalue) for a component, eigenvalue x sqrt(2 / n) for an eigenvalue.",
        ],
        Limits =
        [
            "Components are orthogonal, which spectra of phases are not: they say how many there are and what lies within the noise, not what each phase looks like.",
            "What few pixels have may be lost: look at the map of the residual before trusting the signal without noise.",
            "Noise is taken as independent: a detector that spreads counts over channels, or spectra that were shifted or smoothed, let more components stand out than there are.",
            "Up to 6,144 channels or spectra, whichever are fewer; the cube itself is read three times and may be of any size.",
        ],
    };

    /// <inheritdoc/>
    public override Estimate Estimate(EstimateQuestion question)
    {
        var header = question.Input(Info, "signal");
        double channels = SpectrumCube.ScaleOf(Info.Title, header).Channels, pixels = header.PixelCount / channels, small = Math.Min(channels, pixels);
        var parameters = (SpectrumDecomposeParameters)question.Parameters;
        var seconds = (3 * question.InputBytes / Analyses.Estimate.ReadRate) + (header.PixelCount * small * 5e-12) + (small * small * small * 2e-10)
            + (parameters.Denoised ? question.InputBytes / Analyses.Estimate.WriteRate : 0);
        return new Estimate(1 + seconds, Analyses.Estimate.Process + SpectrumCube.MemoryBytes(header, (int)channels) + ResidualGram.MemoryBytes((long)pixels, (long)channels) + (long)(2 * sizeof(float) * MostComponents * pixels));
    }

    /// <inheritdoc/>
    protected override async Task RunAsync(AnalysisRun run, SpectrumDecomposeParameters parameters, CancellationToken ct)
    {
        var cube = new SpectrumCube(Info.Title, run.Input(Info, "signal"));
        var step = cube.Step;
        var range = cube.Scale.Window(parameters.From ?? (cube.Scale.Lowest - (step / 2)), parameters.To ?? (cube.Scale.Highest + (step / 2)));
        var shape = await CommonShape.MeasureAsync(run, cube, range, parameters.Weights, new RunShare(0, 0.15, "Summing the spectra"), ct);
        var components = await PrincipalComponents.FindAsync(run, cube, shape, found => (parameters.Components ?? Math.Min(found + 1, MostComponents)) - 1, new RunShare(0.15, 0.6, "Finding the components"), ct);
        var scores = new ComponentScores(cube, shape, components, components.Count);
        if (parameters.Components > scores.Given + 1)
        {
            run.Results.Warn($"{parameters.Components} components were asked for; the spectra hold {scores.Given + 1}.");
        }

        await ScoreAsync(run, cube, shape, scores, parameters.Denoised, ct);
        await new ComponentResults(run.Results, cube, shape, components, parameters).WriteAsync(scores, ct);
    }

    private static async Task ScoreAsync(AnalysisRun run, SpectrumCube cube, CommonShape shape, ComponentScores scores, bool denoised, CancellationToken ct)
    {
        var share = new RunShare(0.6, 1, "Measuring every spectrum");
        if (!denoised)
        {
            await cube.ReadAsync(run, share, (row, spectra) => scores.Row(row, spectra, []), ct);
            return;
        }

        await using var output = new CubeOutput(run.Results, "Denoised", cube.With($"{cube.Header.Name}, denoised", shape.Channels, cube.Scale.At(shape.Range.First)));
        await cube.RewriteAsync(run, share, shape.Channels, (row, spectra, _, result) => scores.Row(row, spectra, result), (first, rows) => output.WriteAsync(first, rows, ct), ct);
    }
}
