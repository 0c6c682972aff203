using CryoHub.Analyses.Eels.Align;
using CryoHub.Analyses.Spectra;
using CryoHub.Imaging;
using CryoHub.Numerics.Spectra;

namespace CryoHub.Analyses.Eels.Thickness;

/// <summary>Thickness by the log-ratio method, in mean free paths and, with a model of the mean free path, in nm.</summary>
public sealed class EelsThickness : Analysis<EelsThicknessParameters>
{
    private const double LongTail = 0.01;
    private const double TailShare = 0.2;

    /// <inheritdoc/>
    public override AnalysisInfo Info { get; } = new(
        "eels-thickness",
        1,
        "Thickness (log-ratio)",
        "Maps the thickness of a specimen from its low-loss spectra: t/lambda, and nm with the mean free path of Iakoubovskii or Malis, with uncertainty.",
        [new AnalysisInput("signal", [SignalKind.SpectrumImage, SignalKind.SpectrumLine, SignalKind.Spectrum])],
        typeof(EelsThicknessParameters),
        [
            "Egerton, Electron Energy-Loss Spectroscopy in the Electron Microscope, 3rd ed., section 5.1, doi:10.1007/978-1-4419-9583-4",
            "Malis, Cheng and Egerton, J. Electron Microsc. Tech. 8 (1988) 193, doi:10.1002/jemt.1060080206",
            "Iakoubovskii, Mitsuishi, Nakayama and Furuya, Microsc. Res. Tech. 71 (2008) 626, doi:10.1002/jemt.20597",
        ])
    {
        Formula =
        [
            "t / lambda = ln(It / I0), sigma^2 = 1 / I0 - 1 / It; It all counts, I0 those below the end of the zero loss (or twice its gain side).",
            "Malis: lambda = 106 F (E0 / Em) / ln(2 beta E0 / Em) nm, Em = 7.6 Z^0.36 eV, Z = sum f Z^1.3 / sum f Z^0.3; F = (1 + E0 / 1022) / (1 + E0 / 511)^2.",
            "Iakoubovskii: 1 / lambda = 11 rho^0.3 / (200 F E0) ln{ (a^2 + b^2 + 2 tE^2 + |a^2 - b^2|) / (a^2 + b^2 + 2 tC^2 + |a^2 - b^2|) tC^2 / tE^2 }, tE = 5.5 rho^0.3 / (F E0) mrad, tC = 20 mrad.",
        ],
        Limits =
        [
            "The mean free path is common to all pixels; its own uncertainty (20 % unless told otherwise) comes on top of the map's.",
            "Losses below the end of the zero loss count as unscattered, losses above the end of the spectrum are missing: the run warns where they exceed a hundredth.",
            "Malis holds for collection angles below the Bethe ridge; both models differ by up to half for compounds of Na, K and Ca.",
        ],
    };

    /// <inheritdoc/>
    public override Estimate Estimate(EstimateQuestion question)
    {
        var header = question.Input(Info, "signal");
        var scale = SpectrumCube.ScaleOf(Info.Title, header);
        _ = PathOf(header, (EelsThicknessParameters)question.Parameters);
        var rows = header.Axes.Count > 2 ? header.Axes[0].Size : 1;
        return new Estimate(
            0.5 + (2 * question.InputBytes / Analyses.Estimate.ReadRate),
            Analyses.Estimate.Process + (2 * Environment.ProcessorCount * sizeof(float) * header.FramePixels) + (40 * header.PixelCount / scale.Channels) + (16 * rows * scale.Channels));
    }

    /// <inheritdoc/>
    protected override async Task RunAsync(AnalysisRun run, EelsThicknessParameters parameters, CancellationToken ct)
    {
        var cube = new SpectrumCube(Info.Title, run.Input(Info, "signal"));
        var path = PathOf(cube.Header, parameters);
        var map = new ZeroLossMap(cube, ZeroLossCentre.Gaussian, null, null);
        var end = new ZeroLossEnd(cube, map);
        var wanted = parameters.Elastic == ElasticEstimate.Truncation && parameters.Threshold is null;
        var spectrum = new RegionSpectrum(new Region { Width = cube.Columns, Height = cube.Rows }, cube.Rows, cube.Channels);
        await cube.ReadAsync(run, new RunShare(0, 0.5, "Looking for the zero loss"), (row, spectra) =>
        {
            map.Row(row, spectra);
            spectrum.Add(row, spectra);
            if (wanted)
            {
                end.Add(row, spectra);
            }
        }, ct);
        var middle = map.Median();
        var threshold = parameters.Threshold ?? (wanted ? end.Find() : 0);
        if (parameters.Elastic == ElasticEstimate.Truncation && threshold + (parameters.FollowPeak ? middle : 0) > cube.Scale.Highest)
        {
            throw ProblemException.Invalid(FormattableString.Invariant($"The end of the zero loss, {threshold:0.###} eV, lies above the spectrum, which covers {cube.Scale.Lowest:0.###} to {cube.Scale.Highest:0.###} eV."));
        }

        var ratio = new LogRatio(cube, map, parameters, threshold);
        await cube.ReadAsync(run, new RunShare(0.5, 1, "Measuring thickness"), (row, spectra) => ratio.Row(row, spectra), ct);
        await ReportAsync(run.Results, cube, map, ratio, path, ct);
        if (parameters.Elastic == ElasticEstimate.Truncation)
        {
            run.Results.Number("End of the zero loss", threshold, "eV", cube.Step / 2);
        }

        Tail(run.Results, cube, spectrum, middle + Math.Max(threshold, 5 * cube.Step));
        if (path is { } known)
        {
            run.Results.Number($"Mean free path ({known.Name})", known.Nm, "nm", known.Nm * parameters.MeanFreePathError / 100);
        }
    }

    private static async Task ReportAsync(IResultSink results, SpectrumCube cube, ZeroLossMap map, LogRatio ratio, (string Name, double Nm)? path, CancellationToken ct)
    {
        var missing = ratio.Relative.Count(float.IsNaN);
        if (missing > 0)
        {
            results.Warn($"{missing} of {cube.Pixels} pixels have no value: they have no counts, no zero-loss peak, or less in all than in the zero loss.");
        }

        if (map.Saturated > 0)
        {
            results.Warn($"In {map.Saturated} of {cube.Pixels} pixels three or more channels at the top of the zero loss are equal: the detector was saturated, the thickness is too large there.");
        }

        var maps = new PixelMaps(results, cube.Header);
        await maps.AddAsync("t/lambda", ratio.Relative, "", ratio.RelativeError, ct);
        await maps.PlaneAsync("Zero-loss counts", ratio.Elastic, "counts", null, ct);
        if (path is { } known)
        {
            float[] Nm(float[] relative) => [.. relative.Select(value => (float)(value * known.Nm))];
            await maps.AddAsync($"Thickness ({known.Name})", Nm(ratio.Relative), "nm", Nm(ratio.RelativeError), ct);
            results.Warn($"The uncertainty of the thickness in nm is that of the counts alone; the mean free path ({known.Name}) adds its own to all pixels alike.");
        }
    }

    /// <summary>Warns where the spectrum ends before the losses do: the power law of its last fifth, carried on, holds more than a hundredth of the losses.</summary>
    private static void Tail(IResultSink results, SpectrumCube cube, RegionSpectrum spectrum, double from)
    {
        var total = spectrum.Total();
        var first = (int)(cube.Channels * (1 - TailShare));
        var lost = total.Skip((int)Math.Clamp((from - cube.Scale.Lowest) / cube.Step, 0, cube.Channels - 1)).Sum(count => (double)count);
        if (cube.Scale.At(first) <= from)
        {
            return;
        }

        double[] x = [.. Enumerable.Range(first, cube.Channels - first).Select(channel => Math.Log(cube.Scale.At(channel) / cube.Scale.At(first)))];
        var (s0, s1) = ExponentialFit.Sums(total.AsSpan(first), x);
        var r = ExponentialFit.Likelihood(s0, s1, x);
        var atEnd = s0 / ExponentialFit.Moments(x, r).T0 * Math.Exp(-r * x[^1]);
        var beyond = r > 1 ? atEnd * cube.Scale.Highest / (cube.Step * (r - 1)) : double.PositiveInfinity;
        if (beyond > LongTail * lost)
        {
            results.Warn(FormattableString.Invariant(
                $"The spectrum ends at {cube.Scale.Highest:0.#} eV while it still falls as E^-{r:0.0}: about {100 * beyond / (lost + beyond):0.#} % of the losses lie above, so that thick pixels come out too thin."));
        }
    }

    private (string Name, double Nm)? PathOf(SignalHeader header, EelsThicknessParameters parameters)
    {
        var conditions = new EelsConditions(Info.Title, header, parameters.BeamEnergy, parameters.Convergence, parameters.Collection);
        switch (parameters.Model)
        {
            case ThicknessModel.Iakoubovskii:
                return ("Iakoubovskii", MeanFreePath.Iakoubovskii(conditions, parameters.Density ?? throw ProblemException.Invalid("The mean free path of Iakoubovskii needs the density: give it in g/cm3 with the parameter \"density\".")));
            case ThicknessModel.Malis:
                var z = parameters.EffectiveZ ?? (parameters.Formula.Length > 0 ? MeanFreePath.EffectiveZ(parameters.Formula)
                    : throw ProblemException.Invalid("The mean free path of Malis needs an atomic number: give \"effectiveZ\" or a chemical formula with the parameter \"formula\"."));
                return ("Malis", MeanFreePath.Malis(conditions, z));
            case ThicknessModel.Given:
                return ("given", parameters.GivenMeanFreePath ?? throw ProblemException.Invalid("A given mean free path was chosen: give it in nm with the parameter \"givenMeanFreePath\"."));
            default:
                return null;
        }
    }
}
