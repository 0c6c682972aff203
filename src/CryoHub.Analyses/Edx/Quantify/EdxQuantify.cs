using CryoHub.Analyses.Edx.Fit;
using CryoHub.Analyses.Spectra;
using CryoHub.Imaging;

namespace CryoHub.Analyses.Edx.Quantify;

/// <summary>Composition of X-ray counts: of a region, along a line and of every pixel.</summary>
public sealed class EdxQuantify : Analysis<EdxQuantifyParameters>
{
    private const double ElectronsANanoampereSecond = 1e-9 / 1.602176634e-19;

    /// <inheritdoc/>
    public override AnalysisInfo Info { get; } = new(
        "edx-quantify",
        1,
        "EDX quantification",
        "Atomic, mass and oxide percent from X-ray counts by Cliff-Lorimer or zeta factors, with absorption: of a region, along a line with its error band, as maps and as a ternary plot.",
        EdxInput.Inputs,
        typeof(EdxQuantifyParameters),
        [
            "Cliff and Lorimer, The quantitative analysis of thin specimens, J. Microsc. 103 (1975) 203, doi:10.1111/j.1365-2818.1975.tb03895.x",
            "Watanabe and Williams, The quantitative analysis of thin specimens: the zeta-factor method, J. Microsc. 221 (2006) 89, doi:10.1111/j.1365-2818.2006.01549.x",
            "Mayol and Salvat, Cross sections for K-shell ionisation by electron impact, J. Phys. B 23 (1990) 2117",
        ])
    {
        Formula =
        [
            "C_A / C_B = (k_A I_A A_A) / (k_B I_B A_B) with the net counts I of the alpha lines; zeta: rho t = sum of zeta_i I_i A_i / N_e, C_i = zeta_i I_i A_i / (N_e rho t), N_e = electrons.",
            "A = x / (1 - exp(-x)), x = (mu/rho) rho t / sin(take-off), mu/rho of the mixture from xraylib; composition and A are iterated to 1e-7.",
            "Calculated factors: k proportional to M / (sigma omega w epsilon): ionisation by the optical-data model, yields and shares from xraylib, detector efficiency.",
            "Uncertainty: covariance of the net counts through the derivatives of the atomic fractions; of a pixel, variances without covariances.",
        ],
        Limits =
        [
            "The stated uncertainty is that of counting. Calculated factors add about 10 % between K lines above 1 keV, 20 % where L and M lines meet K lines, more below 1 keV where the detector's window decides.",
            "Absorption assumes photons made evenly through a flat film; fluorescence is not corrected. Thick specimens in a scanning microscope need other corrections.",
            "Elements without a line (H, He, Li, Be) are not seen: the rest is normalised to 100 %. Pixels below the least counts have no value.",
        ],
    };

    /// <inheritdoc/>
    protected override async Task RunAsync(AnalysisRun run, EdxQuantifyParameters parameters, CancellationToken ct)
    {
        var electrons = Electrons(parameters);
        var input = await EdxInput.ReadAsync(Info, run, parameters, 0.35, ct);
        var bins = parameters.Profile is { } line && input.Cube.Header.Axes.Count == 3 ? line.Bins(input.Cube.Rows, input.Cube.Columns) : null;
        run.Progress.Report(new Step(0.4, "Fitting the spectrum of the region"));
        var fit = ElementFit.Of(input, parameters.Elements);
        var lines = LineChoice.Of(input, fit, parameters);
        var ternary = TernaryOf(parameters, lines);
        var absorption = electrons > 0 || parameters.ThicknessNm is not null ? new Absorption(lines, parameters.TakeOffDeg, parameters.ThicknessNm, parameters.Density) : null;
        var results = new EdxQuantifyResults(input, fit, lines, absorption, electrons);
        var region = results.Region(parameters);
        FitTable.Add(input, fit);
        FitCurves.Add(input, fit);
        if (input.Cube.Pixels == 1)
        {
            return;
        }

        var maps = await FamilyMaps.ReadAsync(input, fit, parameters.Box, new RunShare(0.5, 0.9, "Fitting every pixel"), ct);
        var composition = CompositionMaps.Of(maps, lines, absorption, electrons * parameters.Box * parameters.Box, parameters.LeastCounts, run.Parallel(ct));
        await results.MapsAsync(composition, parameters, ct);
        if (bins is not null)
        {
            // Boxes overlap, so a profile is made of single pixels.
            var single = parameters.Box == 1 ? maps : await FamilyMaps.ReadAsync(input, fit, 1, new RunShare(0.9, 0.97, "Reading the profile"), ct);
            results.Profile(single, bins);
        }

        var three = ternary.Length > 0 ? ternary : [.. Enumerable.Range(0, lines.Length).OrderByDescending(i => region[i]).Take(3)];
        if (three.Length == 3)
        {
            await Ternary.AddAsync(run.Results, [.. three.Select(i => lines[i].Family.Symbol)], [.. three.Select(i => composition.Atoms[i])], ct);
        }

        FewCounts.Warn(input, maps, fit.Parts.Count);
    }

    private static double Electrons(EdxQuantifyParameters parameters) => parameters.Method switch
    {
        QuantificationMethod.Zeta when parameters is { BeamCurrentNa: { } current, LiveTimeS: { } seconds } => current * seconds * ElectronsANanoampereSecond,
        QuantificationMethod.Zeta => throw ProblemException.Invalid(
            $"Zeta factors need the beam current in nA (found {parameters.BeamCurrentNa?.ToString() ?? "none"}) and the live time of a pixel in s (found {parameters.LiveTimeS?.ToString() ?? "none"})."),
        _ => 0,
    };

    private static int[] TernaryOf(EdxQuantifyParameters parameters, QuantifiedLine[] lines)
    {
        int[] places = [.. ElementNames.Parse(parameters.Ternary).Select(z => Array.FindIndex(lines, line => line.Family.Z == z))];
        return places.Length is 0 or 3 && !places.Contains(-1)
            ? places
            : throw ProblemException.Invalid($"A ternary plot takes three of {string.Join(", ", lines.Select(line => line.Family.Symbol))}; found {string.Join(", ", parameters.Ternary)}.");
    }
}
