using CryoHub.Analyses.Edx.Model;
using CryoHub.Analyses.Edx.XRays;
using CryoHub.Imaging;
using CryoHub.Imaging.Crystals;

namespace CryoHub.Analyses.Edx.Quantify;

/// <summary>Which family stands for each element, and with which factor.</summary>
internal static class LineChoice
{
    private const double SafeEv = 900;       // below, absorption and yields are poorly known
    private const double NearlyAsWell = 4;
    private const double Avogadro = 6.02214076e23;

    /// <exception cref="ProblemException">Fewer than two elements are left, or a factor is for a line that is not there.</exception>
    public static QuantifiedLine[] Of(EdxInput input, SpectrumFit fit, EdxQuantifyParameters parameters)
    {
        var excluded = ElementNames.Parse(parameters.Excluded);
        var named = parameters.Factors.Select(factor => factor.Line.Trim()).ToArray();
        var unknown = named.FirstOrDefault(name => fit.Parts.All(part => part.Family?.Name != name));
        if (unknown is not null)
        {
            throw ProblemException.Invalid($"There is a factor for \"{unknown}\", which is not fitted; there are {string.Join(", ", fit.Parts.Where(part => part.Family is not null).Select(part => part.Name))}.");
        }

        var zeta = parameters.Method == QuantificationMethod.Zeta;
        var lines = new List<QuantifiedLine>();
        foreach (var element in Enumerable.Range(0, fit.Parts.Count).Where(part => fit.Parts[part].Family is { } family && !excluded.Contains(family.Z)).GroupBy(part => fit.Parts[part].Family!.Z))
        {
            var best = element.Where(part => named.Contains(fit.Parts[part].Name)).DefaultIfEmpty(Best(fit, element)).First();
            var part = fit.Parts[best];
            var given = parameters.Factors.FirstOrDefault(factor => factor.Line.Trim() == part.Name);
            lines.Add(new QuantifiedLine(best, part.Family!, part.MainShare, given?.Factor ?? Calculated(input, part, zeta ? parameters.SolidAngleSr : 4 * Math.PI), given is not null));
        }

        if (lines.Count < 2)
        {
            throw ProblemException.Invalid($"A composition needs at least two elements; {lines.Count} is left. Name elements, or exclude fewer.");
        }

        if (!zeta && lines.Any(line => line.IsGiven) && !lines.All(line => line.IsGiven))
        {
            throw ProblemException.Invalid($"k-factors are ratios: give them for all lines ({string.Join(", ", lines.Select(line => line.Family.Name))}) or for none; there are {lines.Count(line => line.IsGiven)} of {lines.Count}.");
        }

        var reference = zeta || lines.Any(line => line.IsGiven) ? 1 : lines.OrderByDescending(line => line.Family.Symbol == "Si").First().Factor;
        return [.. lines.Select(line => line with { Factor = line.Factor / reference })];
    }

    /// <summary>The innermost shell that is counted nearly as well as the best, as its photons are absorbed least and its yields are known best.</summary>
    private static int Best(SpectrumFit fit, IEnumerable<int> families)
    {
        int[] all = [.. families];
        int[] safe = [.. all.Where(part => fit.Parts[part].MainEv >= SafeEv)];
        int[] open = safe.Length > 0 ? safe : all;
        var least = open.Min(Relative);
        return open.First(part => Relative(part) <= NearlyAsWell * least);

        double Relative(int part) => fit.Error(part) / Math.Max(fit.Counts[part], 1e-9);
    }

    /// <summary>kg/m2 for a solid angle; only ratios matter for k-factors.</summary>
    private static double Calculated(EdxInput input, SpectrumPart part, double? solidAngle) => solidAngle is { } sr
        ? 10 * AtomicWeights.Of(part.Family!.Z) / (Avogadro * QuantifiedLine.Yield(part, input.Detector) * sr / (4 * Math.PI))
        : throw ProblemException.Invalid($"There is no zeta factor for {part.Name}: give one in kg/m2, or the detector's solid angle to calculate it.");
}
