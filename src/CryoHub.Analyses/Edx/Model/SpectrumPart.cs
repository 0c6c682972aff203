using CryoHub.Analyses.Edx.XRays;

namespace CryoHub.Analyses.Edx.Model;

/// <summary>One column of peaks: a family of lines with their escape peaks, or the sum peak of two strong lines.</summary>
/// <param name="Name">As people write it.</param>
/// <param name="Family">The family; <c>null</c> for a sum peak.</param>
/// <param name="Lines">Energies and shares of the counts; shares sum to 1, escape peaks included.</param>
internal sealed record SpectrumPart(string Name, XRayFamily? Family, IReadOnlyList<XRayLine> Lines)
{
    private const int OuterM = Xraylib.M1 + 2;   // M1 to M3 are weak: one group
    private const double YieldError = 0.25, SoftError = 0.6;

    /// <summary>Share of the counts in the main line itself.</summary>
    public double MainShare => Lines[0].Weight;

    public double MainEv => Lines[0].EnergyEv;

    /// <summary>
    /// The subshells among which counts may move, because their yields are poorly known: the lines of one, its share of the counts and its relative error. K lines, and parts of a
    /// single subshell, stay as they are.
    /// </summary>
    public IReadOnlyList<(XRayLine[] Lines, double Share, double Error)> Movable()
    {
        (XRayLine[] Lines, double Share, double Error)[] groups = [.. Lines.GroupBy(line => Math.Max(line.Subshell, Family?.Shell == 'M' ? OuterM : 0)).Select(group => (group.ToArray(), group.Sum(line => line.Weight), group.Key == XRayLine.Outermost ? SoftError : YieldError))];
        return groups.Length < 2 ? [] : [.. groups.Where(group => group.Lines[0].Subshell != Lines[0].Subshell)];
    }

    /// <summary>A family as the detector counts it.</summary>
    public static SpectrumPart Of(XRayFamily family, SiliconDetector detector)
    {
        var total = family.Lines.Sum(line => line.Weight * detector.Efficiency(line.EnergyEv));
        var lines = new List<XRayLine>();
        var escaped = new List<XRayLine>();
        foreach (var line in family.Lines)
        {
            var share = line.Weight * detector.Efficiency(line.EnergyEv) / total;
            var escape = SiliconDetector.EscapeShare(line.EnergyEv);
            lines.Add(line with { Weight = share * (1 - escape) });
            if (escape > 0)
            {
                escaped.Add(new XRayLine($"{line.Name} escape", line.EnergyEv - SiliconDetector.EscapeEv, share * escape, line.Subshell));
            }
        }

        return new SpectrumPart(family.Name, family, [.. lines, .. escaped]);
    }

    /// <summary>Two photons counted as one.</summary>
    public static SpectrumPart Sum(SpectrumPart a, SpectrumPart b) =>
        new($"{a.Name} + {b.Name}", null, [new XRayLine("sum", a.MainEv + b.MainEv, 1, 0)]);
}
