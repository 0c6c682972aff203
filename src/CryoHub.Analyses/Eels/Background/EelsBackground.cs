using CryoHub.Analyses.Spectra;
using CryoHub.Imaging;

namespace CryoHub.Analyses.Eels.Background;

/// <summary>Fits the background before each of a sequence of edges in every pixel, takes it off, and says how well it fits and how sure the net counts are.</summary>
public sealed class EelsBackground : Analysis<EelsBackgroundParameters>
{
    /// <inheritdoc/>
    public override AnalysisInfo Info { get; } = new(
        "eels-background",
        1,
        "EELS background",
        "Subtracts the background under the edges of an EELS data set pixel by pixel: net counts with uncertainty, goodness of fit, and the spectra without background.",
        [new AnalysisInput("signal", [SignalKind.SpectrumImage, SignalKind.SpectrumLine, SignalKind.Spectrum])],
        typeof(EelsBackgroundParameters),
        [
            "Egerton, Electron Energy-Loss Spectroscopy in the Electron Microscope, 3rd ed., section 4.4, doi:10.1007/978-1-4419-9583-4",
            "Cueva, Hovden, Mundy, Xin and Muller, Microsc. Microanal. 18 (2012) 667, doi:10.1017/S1431927612000244 (local averaging, linear combination of power laws)",
            "Unser, Ellis, Pun and Eden, J. Microsc. 145 (1987) 245, doi:10.1111/j.1365-2818.1987.tb01338.x (maximum likelihood)",
        ])
    {
        Formula =
        [
            "Power law m = A (E / E1)^-r and exponential m = A exp(-(E - E1) / E0), one fit a pixel and edge: greatest Poisson likelihood (sums of counts and of counts x ln E suffice), least squares of logarithms or of counts, or two areas.",
            "Polynomial: unweighted least squares. Two power laws: c1 E^-r1 + c2 E^-r2, exponents common to all pixels (5th and 95th percentile of their own), least squares weighted by the mean spectrum, c1 and c2 not negative.",
            "Local averaging: the shape comes from the summed spectra of the neighbourhood (by likelihood for power law and exponential), the height from the pixel.",
            "Net = counts of the edge - background there; sigma^2 = counts of the edge + variance of the extrapolated background from the covariance of the fit.",
            "Several edges: from the window of each edge on, its own background is subtracted, up to the window of the next.",
        ],
        Limits =
        [
            "Counts are taken as Poisson counts: spectra in other units have uncertainties and goodness that do not hold.",
            "Before the first window there is no value; where edges overlap, the earlier edge's tail is part of the later one's background.",
            "The closed form of two areas is biased by a part in a hundred for wide windows; logarithms are biased below some ten counts a channel.",
        ],
    };

    /// <inheritdoc/>
    public override Estimate Estimate(EstimateQuestion question)
    {
        var header = question.Input(Info, "signal");
        var scale = SpectrumCube.ScaleOf(Info.Title, header);
        var parameters = (EelsBackgroundParameters)question.Parameters;
        var edges = EdgesOf(scale, parameters);
        var (pixels, bytes) = (header.PixelCount / scale.Channels, question.InputBytes);
        var passes = 1 + (parameters.LocalAveraging > 0 ? 1 : 0) + (parameters.Shape == BackgroundShape.TwoPowerLaws ? 1 : 0);
        var seconds = 0.5 + (passes * bytes / Analyses.Estimate.ReadRate) + (parameters.KeepSpectra ? bytes / Analyses.Estimate.WriteRate : 0) + (edges.Length * pixels / 2e5);
        return new Estimate(seconds, Analyses.Estimate.Process + SpectrumCube.MemoryBytes(header, scale.Channels) + (edges.Length * pixels * ((4 * sizeof(float)) + (parameters.LocalAveraging > 0 ? 40 : 0))));
    }

    /// <inheritdoc/>
    protected override async Task RunAsync(AnalysisRun run, EelsBackgroundParameters parameters, CancellationToken ct)
    {
        var cube = new SpectrumCube(Info.Title, run.Input(Info, "signal"));
        var edges = EdgesOf(cube.Scale, parameters);
        var region = (parameters.Region ?? new Region { Width = cube.Columns, Height = cube.Rows }).Inside(cube.Columns, cube.Rows);
        var backgrounds = await BackgroundsAsync(run, cube, edges, parameters, ct);
        var shapes = parameters.LocalAveraging == 0 ? null : await SharedShapes.ReadAsync(run, cube, backgrounds, parameters.LocalAveraging, new RunShare(0.2, 0.4, "Averaging backgrounds"), ct);

        var planes = edges.Select(_ => new EdgePlanes(cube.Pixels)).ToArray();
        var spectrum = new RegionSpectrum(region, cube.Rows, cube.Channels);
        var subtraction = new Subtraction(cube, backgrounds, shapes, planes);
        var share = new RunShare(0.4, 1, "Fitting backgrounds");
        if (parameters.KeepSpectra)
        {
            await using var output = new CubeOutput(run.Results, "Without background", cube.With($"{cube.Header.Name} (without background)", cube.Channels, cube.Scale.Lowest));
            await cube.RewriteAsync(run, share, cube.Channels, (row, spectra, _, net) =>
            {
                subtraction.Row(row, spectra, net);
                spectrum.Add(row, spectra);
            }, (first, rows) => output.WriteAsync(first, rows, ct), ct);
        }
        else
        {
            await cube.ReadAsync(run, share, (row, spectra) =>
            {
                subtraction.Row(row, spectra, []);
                spectrum.Add(row, spectra);
            }, ct);
        }

        var results = new EelsBackgroundResults(run.Results, cube, parameters);
        for (var e = 0; e < edges.Length; e++)
        {
            await results.MapAsync(backgrounds[e], planes[e], ct);
        }

        results.Region(spectrum.Total(), backgrounds, region);
    }

    private static EdgeChannels[] EdgesOf(EnergyScale scale, EelsBackgroundParameters parameters) =>
        [.. parameters.Edges.Select(edge => EdgeChannels.Of(edge, scale, parameters)).OrderBy(edge => edge.Before.First)];

    private static async Task<EdgeBackground[]> BackgroundsAsync(AnalysisRun run, SpectrumCube cube, EdgeChannels[] edges, EelsBackgroundParameters parameters, CancellationToken ct)
    {
        if (parameters.Shape == BackgroundShape.TwoPowerLaws)
        {
            var exponents = await TwoExponents.ReadAsync(run, cube, edges, parameters, new RunShare(0, 0.2, "Looking for two exponents"), ct);
            for (var e = 0; e < edges.Length; e++)
            {
                run.Results.Number($"{edges[e].Title}: first exponent", exponents[e].First, "");
                run.Results.Number($"{edges[e].Title}: second exponent", exponents[e].Second, "");
            }

            return [.. edges.Select((edge, e) => new LinearBackground(edge, exponents[e].Functions(edge, cube.Scale), exponents[e].Weights, notNegative: true))];
        }

        return parameters.Shape == BackgroundShape.Polynomial
            ? [.. edges.Select(edge => new LinearBackground(edge, Powers(edge, cube.Scale, parameters.Order), [], notNegative: false))]
            : [.. edges.Select(edge => new ExponentialBackground(edge, cube.Scale, parameters.Shape, parameters.Fit))];
    }

    /// <summary>Powers of the energy, from -1 to 1 over the fitted channels so that their sums stay well conditioned.</summary>
    private static double[][] Powers(EdgeChannels edge, EnergyScale scale, int order)
    {
        var (low, high) = (edge.Before.LowEdge, (edge.Second ?? edge.Before).HighEdge);
        return [.. Enumerable.Range(0, order + 1).Select(power => Enumerable.Range(0, scale.Channels).Select(channel => Math.Pow(((2 * scale.At(channel)) - low - high) / (high - low), power)).ToArray())];
    }
}
