using CryoHub.Analyses.Spectra;
using CryoHub.Imaging;
using CryoHub.Numerics.Spectra;

namespace CryoHub.Analyses.Eels.Background;

/// <summary>
/// The two exponents that all pixels share in a linear combination of power laws, and the mean spectrum that weights their channels: the 5th and 95th percentile of the
/// exponents found pixel by pixel (Cueva et al. 2012); of fewer than twenty pixels, one below and one above the middle one.
/// </summary>
internal sealed record TwoExponents(double First, double Second, double[] Weights)
{
    private const int Few = 20;

    public static async Task<TwoExponents[]> ReadAsync(AnalysisRun run, SpectrumCube cube, EdgeChannels[] edges, EelsBackgroundParameters parameters, RunShare share, CancellationToken ct)
    {
        ExponentialBackground[] fits = [.. edges.Select(edge => new ExponentialBackground(edge, cube.Scale, BackgroundShape.PowerLaw, BackgroundEstimator.MaximumLikelihood))];
        double[][] exponents = [.. edges.Select(_ => new double[cube.Pixels])];
        var total = new double[cube.Rows][];
        await cube.ReadAsync(run, share, (row, spectra) =>
        {
            total[row] = new double[cube.Channels];
            var scratch = new float[edges.Max(edge => edge.FitCount)];
            Span<double> unknowns = stackalloc double[2];
            for (var x = 0; x < cube.Columns; x++)
            {
                var spectrum = spectra.Slice(x * cube.Channels, cube.Channels);
                WindowSums.AddTo(total[row], spectrum);
                for (var e = 0; e < fits.Length; e++)
                {
                    exponents[e][(row * cube.Columns) + x] = fits[e].Fit(spectrum, scratch, [], unknowns).Shape;
                }
            }
        }, ct);
        return [.. edges.Select((edge, e) => Of(edge, exponents[e], total, parameters))];
    }

    /// <summary>(E / E1)^-r over the whole spectrum for both exponents; 0 below the window, where nobody asks.</summary>
    public double[][] Functions(EdgeChannels edge, EnergyScale scale)
    {
        var first = scale.At(edge.Before.First);
        return [.. new[] { First, Second }.Select(r => Enumerable.Range(0, scale.Channels).Select(channel => channel < edge.Before.First ? 0 : Math.Pow(scale.At(channel) / first, -r)).ToArray())];
    }

    private static TwoExponents Of(EdgeChannels edge, double[] exponents, double[][] total, EelsBackgroundParameters parameters)
    {
        double[] sorted = [.. exponents.Where(double.IsFinite).Order()];
        if (sorted.Length == 0 && (parameters.FirstExponent is null || parameters.SecondExponent is null))
        {
            throw ProblemException.Invalid($"No pixel has a power law in the background window of {edge.Title}: there are no counts to fit.");
        }

        var (low, high) = sorted.Length < Few
            ? (Math.Max(0.1, sorted.ElementAtOrDefault(sorted.Length / 2) - 1), sorted.ElementAtOrDefault(sorted.Length / 2) + 1)
            : (sorted[(int)(0.05 * (sorted.Length - 1))], sorted[(int)Math.Ceiling(0.95 * (sorted.Length - 1))]);
        (low, high) = (parameters.FirstExponent ?? low, parameters.SecondExponent ?? high);
        double[] weights = [.. edge.FitChannels.Select(channel => 1 / Math.Max(1e-30, total.Sum(row => double.IsFinite(row[channel]) ? Math.Max(0, row[channel]) : 0) + 1))];
        return high - low > 1e-3
            ? new TwoExponents(low, high, weights)
            : throw ProblemException.Invalid(FormattableString.Invariant($"Two power laws need two exponents; for {edge.Title} they are {low:0.####} and {high:0.####}: give others, or choose one power law."));
    }
}
