using CryoHub.Analyses.Eels.Align;
using CryoHub.Analyses.Eels.Thickness;
using CryoHub.Analyses.Spectra;
using CryoHub.Imaging;

namespace CryoHub.Analyses.Eels.Vibrational;

/// <summary>Peaks of vibrations on the tail of the zero loss, in meV.</summary>
public sealed class EelsVibrational : Analysis<EelsVibrationalParameters>
{
    private const double PoorMisfit = 2;
    private const int FewestChannels = 12;
    private const double Covered = 0.98;

    /// <inheritdoc/>
    public override AnalysisInfo Info { get; } = new(
        "eels-vibrational",
        1,
        "Vibrational EELS",
        "Removes the tail of the zero loss from spectra with meV resolution and lists the peaks on it with uncertainty, as maps where there are pixels.",
        [
            new AnalysisInput("signal", [SignalKind.SpectrumImage, SignalKind.SpectrumLine, SignalKind.Spectrum]),
            new AnalysisInput("zeroloss", [SignalKind.SpectrumImage, SignalKind.SpectrumLine, SignalKind.Spectrum], Required: false),
        ],
        typeof(EelsVibrationalParameters),
        [
            "Krivanek et al., Nature 514 (2014) 209, doi:10.1038/nature13870",
            "Levin, Venkatraman, Haiber, March and Crozier, Microsc. Microanal. 25 (2019) 591, doi:10.1017/S1431927619003386 (removing the tail)",
            "McCullagh and Nelder, Generalized Linear Models, 2nd ed., section 2.5, doi:10.1007/978-1-4899-3242-6 (scoring)",
        ])
    {
        Formula =
        [
            "m(E) = exp(o(E) + c0 + c1 u + c2 u^2 ...) + sum of h exp(-4 ln 2 (E - e)^2 / w^2), u = ln E scaled to -1 .. 1, o the logarithm of a measured zero loss or nothing; E above the zero loss.",
            "All numbers of tail and peaks together of greatest Poisson likelihood; uncertainties from the inverse Fisher matrix, so those of the peaks hold that of the tail.",
            "A peak is added where the residual, weighted by a Gaussian as wide as the zero loss, exceeds the threshold times its noise, and dropped where its fitted height does not.",
            "Maps: energies and widths held, tail and heights fitted in every pixel.",
        ],
        Limits =
        [
            "Peaks are taken as Gaussian and counts as Poisson counts: where reduced chi-squared is well above 1, uncertainties are too small.",
            "A measured zero loss is taken as free of noise; it should hold many more counts.",
            "A peak narrower than half the zero loss or wider than half the range is none.",
        ],
    };

    /// <inheritdoc/>
    public override Estimate Estimate(EstimateQuestion question)
    {
        var header = question.Input(Info, "signal");
        var scale = SpectrumCube.ScaleOf(Info.Title, header);
        var rows = header.Axes.Count > 2 ? header.Axes[0].Size : 1;
        var parameters = (EelsVibrationalParameters)question.Parameters;
        var pixels = header.PixelCount / scale.Channels;
        return new Estimate(
            1 + (2 * question.InputBytes / Analyses.Estimate.ReadRate) + (parameters.Maps ? pixels * scale.Channels * (1 + Math.Min(parameters.Peaks, 2)) / 4e6 : 0),
            Analyses.Estimate.Process + (2 * Environment.ProcessorCount * sizeof(float) * header.FramePixels) + (8 * (3 + parameters.Peaks) * pixels) + (16 * rows * scale.Channels));
    }

    /// <inheritdoc/>
    protected override async Task RunAsync(AnalysisRun run, EelsVibrationalParameters parameters, CancellationToken ct)
    {
        var cube = new SpectrumCube(Info.Title, run.Input(Info, "signal"));
        var region = (parameters.Region ?? new Region { Width = cube.Columns, Height = cube.Rows }).Inside(cube.Columns, cube.Rows);
        var (map, total, zero) = await SumAsync(run, cube, region, new RunShare(0, 0.4, "Looking for the zero loss"), ct);
        float[] widths = [.. map.Width.Where(float.IsFinite).Order()];
        var width = widths[widths.Length / 2];
        run.Results.Number("Width of the zero loss (FWHM)", 1e3 * width, "meV", 1e3 * map.WidthError.Where(float.IsFinite).Order().ElementAt(widths.Length / 2));
        var (first, energies) = RangeOf(cube, map, total, zero, 3 * width, parameters);
        var offset = run.Inputs.ContainsKey("zeroloss") ? await MeasuredAsync(run, cube, energies, ct) : [];
        float[] counts = [.. total.AsSpan(first, energies.Length).ToArray().Select(count => (float)count)];
        var search = new PeakSearch(energies, offset, parameters.Order, Math.Max(width, 2 * cube.Step));
        var (peaks, fitted, misfit) = search.Run(counts, parameters.Threshold, parameters.Peaks);
        if (double.IsNaN(misfit))
        {
            throw ProblemException.Invalid(FormattableString.Invariant($"No tail can be fitted to the {counts.Length} channels from {1e3 * energies[0]:0.#} to {1e3 * energies[^1]:0.#} meV, which hold {counts.Sum(count => (double)count):0} counts."));
        }

        new VibrationalResults(run.Results, cube).Write(energies, counts, search.Fit.Tail(fitted), peaks, misfit, PoorMisfit);
        if (parameters.Maps && cube.Pixels > 1 && peaks.Count > 0)
        {
            var pixels = new PeakMaps(cube, map.Position, energies, offset, parameters.Order, peaks);
            await cube.ReadAsync(run, new RunShare(0.4, 1, "Mapping peaks"), (row, spectra) => pixels.Row(row, spectra), ct);
            await MapsAsync(run.Results, cube, peaks, pixels, ct);
        }
    }

    /// <summary>The sum of the region with every zero loss at one channel, and the place of that with its fraction.</summary>
    private static async Task<(ZeroLossMap Map, double[] Total, double Zero)> SumAsync(AnalysisRun run, SpectrumCube cube, Region region, RunShare share, CancellationToken ct)
    {
        var map = new ZeroLossMap(cube, ZeroLossCentre.Gaussian, null, null);
        var sum = new ZeroLossEnd(cube, map, region);
        await cube.ReadAsync(run, share, (row, spectra) =>
        {
            map.Row(row, spectra);
            sum.Add(row, spectra);
        }, ct);
        _ = map.Median();   // refuses spectra without any peak
        return (map, sum.Total(), sum.Zero);
    }

    private static (int First, double[] Energies) RangeOf(SpectrumCube cube, ZeroLossMap map, double[] total, double zero, double from, EelsVibrationalParameters parameters)
    {
        var start = parameters.From / 1e3 ?? from;
        int[] zeros = [.. map.Position.Where(float.IsFinite).Select(position => (int)Math.Round((position - cube.Scale.Lowest) / cube.Step)).Order()];
        var common = (2 * cube.Channels) - 1 - zeros[(int)(Covered * (zeros.Length - 1))]; // where the spectra of nearly all pixels still reach
        var last = Math.Min(common, Array.FindLastIndex(total, count => count > 0));
        var first = (int)Math.Ceiling(zero + (Math.Max(start, cube.Step) / cube.Step));
        var end = Math.Min(last + 1, parameters.To is { } to ? (int)Math.Floor(zero + (to / 1e3 / cube.Step)) + 1 : last + 1);
        return end - first >= Math.Max(FewestChannels, parameters.Order + 2)
            ? (first, [.. Enumerable.Range(first, end - first).Select(i => (i - zero) * cube.Step)])
            : throw ProblemException.Invalid(FormattableString.Invariant(
                $"At least {FewestChannels} channels are needed; {Math.Max(0, end - first)} with counts lie between {1e3 * start:0.###} and {(parameters.To is { } given ? given : 1e3 * (last - zero) * cube.Step):0.###} meV above the zero loss. A channel is {1e3 * cube.Step:0.###} meV wide."));
    }

    /// <summary>Logarithm of a zero loss measured elsewhere, at the energies above its own peak.</summary>
    private async Task<double[]> MeasuredAsync(AnalysisRun run, SpectrumCube cube, double[] energies, CancellationToken ct)
    {
        var other = new SpectrumCube(Info.Title, run.Input(Info, "zeroloss"));
        var (_, total, zero) = await SumAsync(run, other, new Region { Width = other.Columns, Height = other.Rows }, new RunShare(0.4, 0.4, "Reading the measured zero loss"), ct);
        double At(double energy)
        {
            var at = zero + (energy / other.Step);
            var whole = (int)Math.Floor(at);
            return whole >= 0 && whole + 1 < total.Length && total[whole] > 0 && total[whole + 1] > 0
                ? ((whole + 1 - at) * Math.Log(total[whole])) + ((at - whole) * Math.Log(total[whole + 1]))
                : throw ProblemException.Invalid(FormattableString.Invariant($"The measured zero loss \"{other.Header.Name}\" has no counts {1e3 * energy:0.###} meV above its peak, where \"{cube.Header.Name}\" is analysed: choose a smaller range."));
        }

        return [.. energies.Select(At)];
    }

    private static async Task MapsAsync(IResultSink results, SpectrumCube cube, IReadOnlyList<VibrationalPeak> peaks, PeakMaps pixels, CancellationToken ct)
    {
        var missing = pixels.Counts[0].Count(float.IsNaN);
        if (missing > 0)
        {
            results.Warn($"{missing} of {cube.Pixels} pixels have no value: they have no zero loss, no counts in the range, or no fit.");
        }

        var maps = new PixelMaps(results, cube.Header);
        for (var p = 0; p < peaks.Count; p++)
        {
            await maps.AddAsync(FormattableString.Invariant($"Counts of the peak at {1e3 * peaks[p].Energy:0.#} meV"), pixels.Counts[p], "counts", pixels.Errors[p], ct);
        }
    }
}
