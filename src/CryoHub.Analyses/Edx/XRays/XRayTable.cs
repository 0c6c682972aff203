using CryoHub.Imaging.Crystals;

namespace CryoHub.Analyses.Edx.XRays;

/// <summary>
/// Families of X-ray lines for one beam energy: energies, shares within a subshell, fluorescence and Coster-Kronig yields from xraylib; subshells in the proportion in which
/// the beam ionises them.
/// </summary>
internal sealed class XRayTable
{
    /// <summary>Beryllium to californium.</summary>
    public const int FirstZ = 4, LastZ = 98;

    private const double LeastShare = 2e-3;    // weaker lines of a subshell are left out
    private const double SameLineEv = 12;      // lines so near that no detector tells them apart are one
    private const double FourfYield = 3e-3;    // fluorescence yield of M5 in the light rare earths

    private static readonly Dictionary<int, string> Names = new()
    {
        [-2] = "Kα",
        [-3] = "Kα",
        [-5] = "Kβ",
        [-6] = "Kβ",
        [-8] = "Kβ",
        [-10] = "Kβ2",
        [-11] = "Kβ2",
        [-89] = "Lα",
        [-90] = "Lα",
        [-86] = "Ll",
        [-95] = "Lβ2",
        [-94] = "Lβ2",
        [-60] = "Lη",
        [-63] = "Lβ1",
        [-68] = "Lγ1",
        [-33] = "Lβ4",
        [-34] = "Lβ3",
        [-39] = "Lγ3",
        [-38] = "Lγ2",
        [-206] = "Mα",
        [-207] = "Mα",
        [-203] = "Mζ",
        [-187] = "Mβ",
        [-183] = "Mζ2",
        [-165] = "Mγ",
    };

    /// <summary>Li and Be have no line in xraylib; the light rare earths have no Mα there. X-ray Data Booklet, table 1-2.</summary>
    private static readonly Dictionary<int, (double Alpha, double Beta)> LightRareEarths = new()
    {
        [57] = (833, 854),
        [58] = (883, 902),
        [59] = (929, 950),
        [60] = (978, 997),
        [61] = (1022, 1048),
        [62] = (1081, 1100),
        [63] = (1131, 1153),
    };

    private readonly double beamEv;
    private readonly Lazy<IReadOnlyList<XRayFamily>>[] elements;

    /// <summary>For a beam of that many eV.</summary>
    public XRayTable(double beamEv)
    {
        this.beamEv = beamEv;
        elements = [.. Enumerable.Range(0, LastZ + 1).Select(z => new Lazy<IReadOnlyList<XRayFamily>>(() => z < FirstZ ? [] : [.. Families(z)]))];
    }

    /// <summary>K, L and M families of an element that the beam can excite.</summary>
    public IReadOnlyList<XRayFamily> Of(int z) => elements[z].Value;

    private IEnumerable<XRayFamily> Families(int z)
    {
        foreach (var (shell, first, last) in new[] { ('K', Xraylib.K, Xraylib.K), ('L', Xraylib.L1, Xraylib.L3), ('M', Xraylib.M1, Xraylib.M5) })
        {
            if (Family(z, shell, first, last) is { } family)
            {
                yield return family;
            }
        }
    }

    private XRayFamily? Family(int z, char shell, int first, int last)
    {
        var edge = 1e3 * Xraylib.EdgeEnergy(z, last);
        var raw = shell == 'M' && LightRareEarths.TryGetValue(z, out var lines) ? RareEarth(z, lines) : Raw(z, first, last);
        var main = raw.Where(line => line.Name == shell + "α").ToArray();
        var total = raw.Sum(line => line.Weight);
        if (main.Length == 0 || !(total > 0) || beamEv <= Math.Max(edge, main[0].EnergyEv))
        {
            return null;
        }

        var merged = new List<XRayLine>();
        foreach (var line in raw.OrderByDescending(line => line.Name == shell + "α").ThenByDescending(line => line.Weight))
        {
            var twin = merged.FindIndex(other => (other.Name == line.Name && !line.Name.EndsWith('…')) || (other.Subshell == line.Subshell && Math.Abs(other.EnergyEv - line.EnergyEv) < SameLineEv && other.Name != shell + "α"));
            if (twin < 0)
            {
                merged.Add(line with { Weight = line.Weight / total });
                continue;
            }

            var (other, weight) = (merged[twin], line.Weight / total);
            merged[twin] = new XRayLine(other.Name, ((other.EnergyEv * other.Weight) + (line.EnergyEv * weight)) / (other.Weight + weight), other.Weight + weight, other.Subshell);
        }

        return new XRayFamily(z, ChemicalSymbols.Of(z)!, shell, edge > 0 ? edge : main[0].EnergyEv, merged, total);
    }

    /// <summary>Lines with their photons a beam electron and atom an area.</summary>
    private List<XRayLine> Raw(int z, int first, int last)
    {
        var vacancies = Enumerable.Range(first, last - first + 1).Select(shell => ElectronIonisation.CrossSection(z, shell, beamEv)).ToArray();
        foreach (var (from, to, transition) in Xraylib.CosterKronigs.Where(step => step.From >= first && step.To <= last))   // outwards: a shell is complete before it is asked
        {
            vacancies[to - first] += vacancies[from - first] * Xraylib.CosterKronig(z, transition);
        }

        var lines = new List<XRayLine>();
        for (var shell = first; shell <= last; shell++)
        {
            var photons = vacancies[shell - first] * Xraylib.FluorescenceYield(z, shell);
            foreach (var number in Xraylib.LinesInto(shell))
            {
                var (energy, rate) = (1e3 * Xraylib.LineEnergy(z, number), Xraylib.RadiativeRate(z, number));
                if (energy > 0 && rate >= LeastShare && photons > 0)
                {
                    var name = Names.GetValueOrDefault(number, "KLM"[first == 0 ? 0 : first < Xraylib.M1 ? 1 : 2] + "…");
                    lines.Add(new XRayLine(name, energy, photons * rate, IsSoft(name) ? XRayLine.Outermost : shell));
                }
            }
        }

        return lines;
    }

    /// <summary>Lines from the weakly bound s and p shells, whose rates depend on the compound.</summary>
    private static bool IsSoft(string name) => name is "Ll" or "Lη" or "Mζ" or "Mζ2";

    private List<XRayLine> RareEarth(int z, (double Alpha, double Beta) lines)
    {
        var area = ElectronIonisation.CrossSection(z, Xraylib.L3, beamEv);
        var photons = area > 0 ? area * FourfYield * Math.Pow(1e3 * Xraylib.EdgeEnergy(z, Xraylib.L3) / lines.Alpha, 2) : 1e-22;   // shells of like shape scale as 1 / edge^2 (Bethe)
        return [new XRayLine("Mα", lines.Alpha, 0.6 * photons, Xraylib.M5), new XRayLine("Mβ", lines.Beta, 0.4 * photons, Xraylib.M5 - 1)];
    }
}
