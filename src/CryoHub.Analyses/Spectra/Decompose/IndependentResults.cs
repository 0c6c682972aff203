using CryoHub.Imaging;
using CryoHub.Numerics.Components;

namespace CryoHub.Analyses.Spectra.Decompose;

/// <summary>The principal components turned until they are as independent as possible.</summary>
internal sealed class IndependentResults(AnalysisRun run, SpectrumCube cube, CommonShape shape, ComponentScores scores, double noise)
{
    private readonly int count = scores.Given + 1;
    private readonly int directions = scores.Of.Length / cube.Pixels;

    /// <exception cref="ProblemException">Nothing but the mean stands out of the noise.</exception>
    public async Task WriteAsync(SpectrumDecomposeParameters parameters, CancellationToken ct)
    {
        if (count < 2)
        {
            throw ProblemException.Invalid("Independent components need at least 2 components; 1 stands out of the noise. State their number, or look at the principal components.");
        }

        var spectra = Spectra();
        var onMaps = parameters.IndependentIn == IndependentSide.Maps;
        var signals = onMaps ? Maps() : Slopes(spectra);
        var ica = FastIca.Of(signals, count, parameters.Seed, parameters.MostRounds)
            ?? throw ProblemException.Invalid($"The {(onMaps ? "maps" : "slopes")} of the {count} components are not independent: one is constant or a sum of others. Ask for fewer components, or for independent {(onMaps ? "slopes of the spectra" : "maps")}.");
        if (!ica.Settled)
        {
            run.Results.Warn($"The independent components still turned after {ica.Rounds} rounds: allow more, or fewer components.");
        }

        // D = scores F; with F' = B F the scores are scores B^-1, and the other way round where the maps were unmixed.
        var other = Inverse(ica.Unmixing);
        await ResultsAsync(onMaps ? Turned(other) : ica.Unmixing, onMaps ? Turned(ica.Unmixing) : other, spectra, ct);
        run.Results.Number("Rounds", ica.Rounds, "");
    }

    private async Task ResultsAsync(double[] forSpectra, double[] forScores, double[] spectra, CancellationToken ct)
    {
        var channels = shape.Channels;
        var maps = new PixelMaps(run.Results, cube.Header);
        var made = new List<(double[] Spectrum, float[] Score, float[] Error, double Squares)>();
        for (var k = 0; k < count; k++)
        {
            double[] spectrum = [.. Enumerable.Range(0, channels).Select(j => Enumerable.Range(0, count).Sum(l => forSpectra[(k * count) + l] * spectra[(l * channels) + j]))];
            var unit = spectrum.Sum(Math.Abs) * (spectrum.MaxBy(Math.Abs) < 0 ? -1 : 1);
            var length = Math.Sqrt(Enumerable.Range(0, count).Sum(l => forScores[(l * count) + k] * forScores[(l * count) + k])) * Math.Abs(unit);
            float[] score = [.. Enumerable.Range(0, cube.Pixels).Select(pixel => (float)(unit * Enumerable.Range(0, count).Sum(l => forScores[(l * count) + k] * Score(pixel, l))))];
            made.Add(([.. spectrum.Select(value => value / unit)], score, [.. shape.Amount.Select(amount => (float)(noise * Math.Sqrt(amount) * length))], score.Where(float.IsFinite).Sum(value => (double)value * value)));
        }

        var place = 0;
        foreach (var (spectrum, score, error, _) in made.OrderByDescending(component => component.Squares))
        {
            place++;
            run.Results.Curve($"Independent component {place}", shape.Energies(), spectrum, "eV", "");
            await maps.AddAsync($"Independent component {place}: score", score, "counts", error, ct);
        }
    }

    /// <summary>What of component l a pixel has: of the first its counts, NaN where it is left out.</summary>
    private double Score(int pixel, int l) => l == 0 ? shape.Amount[pixel] : Math.Sqrt(shape.Amount[pixel]) * scores.Of[(pixel * directions) + l - 1];

    private double[] Spectra()
    {
        var spectra = new double[count * shape.Channels];
        for (var i = 0; i < spectra.Length; i++)
        {
            spectra[i] = i < shape.Channels ? shape.Mean[i] : scores.Shapes[i - shape.Channels];
        }

        return spectra;
    }

    private double[] Slopes(double[] spectra)
    {
        var (channels, slopes) = (shape.Channels, new double[count * (shape.Channels - 1)]);
        for (var i = 0; i < slopes.Length; i++)
        {
            var from = (i / (channels - 1) * channels) + (i % (channels - 1));
            slopes[i] = spectra[from + 1] - spectra[from];
        }

        return slopes;
    }

    private double[] Maps()
    {
        int[] pixels = [.. Enumerable.Range(0, cube.Pixels).Where(pixel => !float.IsNaN(shape.Amount[pixel]))];
        return [.. Enumerable.Range(0, count).SelectMany(l => pixels.Select(pixel => Score(pixel, l)))];
    }

    /// <summary>B^-1 = (B^T B)^-1 B^T.</summary>
    private double[] Inverse(double[] unmixing) => SmallMatrix.Products(SmallMatrix.Inverse(SmallMatrix.Products(unmixing, unmixing, count), count), Turned(unmixing), count);

    private double[] Turned(double[] matrix) => [.. Enumerable.Range(0, matrix.Length).Select(i => matrix[(i % count * count) + (i / count)])];
}
