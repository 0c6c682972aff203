using CryoHub.Analyses.Eels;
using CryoHub.Imaging;

namespace CryoHub.Analyses.Spectra.Decompose;

/// <summary>The few spectra that many spectra are made of.</summary>
public sealed class SpectrumDecompose : Analysis<SpectrumDecomposeParameters>
{
    private const int MostComponents = 50;
    private const int LeastDirections = 20;     // that non-negative factors are fitted in: what they explain lies within them to 1e-4

    private static readonly SignalKind[] Kinds = [SignalKind.SpectrumImage, SignalKind.SpectrumLine];

    /// <inheritdoc/>
    public override AnalysisInfo Info { get; } = new(
        "spectrum-decompose",
        1,
        "Spectrum decomposition",
        "Finds the few spectra that a spectrum image or line is made of: principal components weighted by counting statistics, how many stand out of the noise, from them non-negative or independent components or clusters, their maps, and the signal without its noise.",
        [new AnalysisInput("signal", Kinds)],
        typeof(SpectrumDecomposeParameters),
        [
            "Keenan and Kotula, Surf. Interface Anal. 36 (2004) 203, doi:10.1002/sia.1657 (weights for counting statistics)",
            "Greenacre, Theory and Applications of Correspondence Analysis, Academic Press (1984) (what all spectra share is the first component exactly)",
            "Kritchman and Nadler, Chemom. Intell. Lab. Syst. 94 (2008) 19, doi:10.1016/j.chemolab.2008.06.002 (how many components)",
            "Johnstone, Ann. Statist. 29 (2001) 295, doi:10.1214/aos/1009210544 (largest value of noise)",
            "Anderson, Ann. Math. Statist. 34 (1963) 122, doi:10.1214/aoms/1177704248 (errors of values and vectors)",
            "Gillis and Glineur, Neural Comput. 24 (2012) 1085, doi:10.1162/NECO_a_00256 (non-negative factors); Boutsidis and Gallopoulos, Pattern Recognit. 41 (2008) 1350, doi:10.1016/j.patcog.2007.09.010 (their start)",
            "Hyvarinen, IEEE Trans. Neural Netw. 10 (1999) 626, doi:10.1109/72.761722 (independent components); Arthur and Vassilvitskii, SODA (2007) 1027 (clusters)",
            "Cueva, Hovden, Mundy, Xin and Muller, Microsc. Microanal. 18 (2012) 667, doi:10.1017/S1431927612000244; Lichtert and Verbeeck, Ultramicroscopy 125 (2013) 35, doi:10.1016/j.ultramic.2012.10.001 (what components may hide)",
        ])
    {
        Formula =
        [
            "Counts D[i, j] of pixel i and channel j, a[i] counts of the pixel, p[j] share of the channel in all: residuals R = (D - a p) / sqrt(a p), of variance one for counted electrons.",
            "R = sum of t[i, k] v[j, k]: v from the eigenvectors of R^T R (or R R^T where spectra are fewer than channels), all eigenvalues in double precision.",
            "D = a p + sum of sqrt(a) t sqrt(p) v: component 1 is p with the counts a as its score, as it is of D / sqrt(a p) itself; equal weights take a = 1 and p = the mean, scale 1.",
            "Suggested: eigenvalues above s^2 (sqrt n + sqrt m)^2 and its 99 % quantile, s^2 from the values below, one component after the other; and component 1. More than 20: those before the elbow of the scree.",
            "Non-negative factors: D / sqrt(a p) = W H within twice as many directions (at least 20), least squares by alternating exact steps; spectra of area one, amounts in counts.",
            "Independent components: FastICA (tanh, symmetric) on the slopes of the components' spectra, or on their maps; spectra with a sum of magnitudes of one.",
            "Clusters: k-means of t / sqrt(a) with weights a, that is of the shape of the spectra whatever their counts; with equal weights of the spectra themselves. Best of eight starts.",
            "One sigma: s sqrt(a) for a score, s sqrt(p) / sqrt(eigenvalue) for a component, eigenvalue x sqrt(2 / n) for an eigenvalue.",
        ],
        Limits =
        [
            "Components are orthogonal, which spectra of phases are not: they say how many there are and what lies within the noise, not what each phase looks like.",
            "Non-negative and independent components are one choice of many that fit alike: phases that never are alone in a pixel may come out mixed. Their errors are those of noise only.",
            "What few pixels have may be lost: look at the map of the residual before trusting the signal without noise.",
            "Noise is taken as independent: a detector that spreads counts over channels, or spectra that were shifted or smoothed, let more components stand out than there are; so do pixels with a handful of counts.",
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
        var given = 0;
        int Wanted(int found)
        {
            given = (parameters.Components ?? Math.Min(found + 1, MostComponents)) - 1;
            return parameters.Method == DecomposeMethod.NonNegative ? Math.Max(LeastDirections, 2 * given) : given;
        }

        var components = await PrincipalComponents.FindAsync(run, cube, shape, Wanted, new RunShare(0.15, 0.6, "Finding the components"), ct);
        var scores = new ComponentScores(cube, shape, components, Math.Min(given, components.Count));
        if (parameters.Components > scores.Given + 1)
        {
            run.Results.Warn($"{parameters.Components} components were asked for; the spectra hold {scores.Given + 1}.");
        }

        await ScoreAsync(run, cube, shape, scores, parameters.Denoised, ct);
        await new ComponentResults(run.Results, cube, shape, components, parameters).WriteAsync(scores, ct);
        if (parameters.Method != DecomposeMethod.Principal)
        {
            await FurtherAsync(run, cube, shape, components, scores, parameters, ct);
        }
    }

    private static Task FurtherAsync(
        AnalysisRun run, SpectrumCube cube, CommonShape shape, PrincipalComponents components, ComponentScores scores, SpectrumDecomposeParameters parameters, CancellationToken ct)
    {
        var space = new FactorSpace(shape, components, scores);
        var noise = Math.Sqrt(components.Noise.Variance);
        return parameters.Method switch
        {
            DecomposeMethod.NonNegative => new NonNegativeResults(run, cube, shape, space, noise).WriteAsync(scores.Given + 1, parameters.MostRounds, ct),
            DecomposeMethod.Independent => new IndependentResults(run, cube, shape, scores, noise).WriteAsync(parameters, ct),
            _ => new ClusterResults(run, cube, shape, space, noise).WriteAsync(scores.Given + 1, parameters, ct),
        };
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
