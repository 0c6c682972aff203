using CryoHub.Analyses.Edx.Model;

namespace CryoHub.Analyses.Edx.Peaks;

/// <summary>Whether the families of one element stand in a proportion that it can have: a strong L line whose K line is missing belongs to somebody else.</summary>
internal sealed class Families(SiliconDetector detector, double beamEv)
{
    private const double LeastOvervoltage = 1.5, HighOvervoltage = 2;
    private const double OuterAtMostThin = 2.5, OuterAtMost = 5, OuterAtMostLow = 20;   // times what a thin specimen gives; a thick one at low overvoltage has fewer photons of the inner shell
    private const double OuterAtLeast = 0.04;                    // absorption in the specimen takes the rest
    private const double OuterSurelySeenEv = 1000;
    private const double TransmissionEv = 60e3;
    private const double Sigmas = 3;
    private const double MostSummed = 0.04;                      // of the weaker of two lines

    /// <summary>Columns that cannot be this element, given the counts of its other columns.</summary>
    public int[] Implausible(CandidateSpace space, int[] columns, double[] counts)
    {
        for (var inner = 0; inner < columns.Length; inner++)
        {
            for (var outer = inner + 1; outer < columns.Length; outer++)
            {
                var (high, low) = (columns[inner], columns[outer]);
                var (k, l) = (space.Parts[high].Family!, space.Parts[low].Family!);
                var overvoltage = beamEv / k.EdgeEv;
                if (overvoltage < LeastOvervoltage)
                {
                    continue;
                }

                var ratio = k.PhotonArea * detector.Efficiency(k.Main.EnergyEv) / (l.PhotonArea * detector.Efficiency(l.Main.EnergyEv));
                var most = beamEv > TransmissionEv ? OuterAtMostThin : overvoltage > HighOvervoltage ? OuterAtMost : OuterAtMostLow;
                if ((counts[high] + (Sigmas * space.LeastError(high))) * most < counts[low] * ratio)
                {
                    return [low];
                }

                if (l.Main.EnergyEv > OuterSurelySeenEv && counts[low] + (Sigmas * space.LeastError(low)) < counts[high] / ratio * OuterAtLeast)
                {
                    return columns;
                }
            }
        }

        return [];
    }

    /// <summary>A sum peak is much weaker than both its lines.</summary>
    public bool IsAllowed(Candidate candidate, double[] counts) => candidate.Z > 0 || candidate.Parents is not { } parents || counts[candidate.Columns[0]] <= MostSummed * parents.Min(parent => counts[parent]);
}
