using CryoHub.Analyses.Edx.Model;

namespace CryoHub.Analyses.Edx.Peaks;

/// <summary>
/// Chooses candidates one after the other, each time the one that explains most, as long as it explains enough; then takes away those that the later ones have made needless.
/// </summary>
internal sealed class Selection(CandidateSpace space, Families families, IReadOnlyList<Candidate> candidates, double leastGain)
{
    private const int TriedInFull = 30, MostElements = 45;

    private readonly List<Candidate> chosen = [];
    private readonly double[] counts = new double[space.Parts.Count];
    private double misfit;

    /// <summary>Candidates in the order of choice, with the columns that are plausible.</summary>
    public IReadOnlyList<Candidate> Chosen => chosen;

    public void Run(IReadOnlyList<Candidate> start, int most = MostElements)
    {
        chosen.AddRange(start);
        misfit = space.Misfit(Columns(chosen), counts);
        space.StartFrom(Columns(chosen));
        while (chosen.Count < most && Best() is { } best)
        {
            chosen.Add(best);
            space.StartFrom(Columns(chosen));
            misfit = space.Misfit(Columns(chosen), counts);
        }

        while (Weakest(start) is { } weakest)
        {
            chosen.Remove(weakest);
            space.StartFrom(Columns(chosen));
            misfit = space.Misfit(Columns(chosen), counts);
        }
    }

    /// <summary>Chi-squared that the spectrum loses without this candidate.</summary>
    public double Gain(Candidate candidate) => space.Misfit(Columns(chosen.Where(other => other != candidate)), new double[counts.Length]) - misfit;

    /// <summary>Candidates that would explain at least <paramref name="share"/> of what <paramref name="candidate"/> explains, in its place.</summary>
    public IEnumerable<Candidate> Instead(Candidate candidate, IEnumerable<Candidate> others, double share)
    {
        Candidate[] rest = [.. chosen.Where(other => other != candidate)];
        var without = space.Misfit(Columns(rest), new double[counts.Length]);
        foreach (var other in others)
        {
            if (Plausible(rest, other) is { } tried && without - space.Misfit(Columns([.. rest, tried]), new double[counts.Length]) >= share * (without - misfit))
            {
                yield return tried;
            }
        }
    }

    private Candidate? Best()
    {
        Candidate? best = null;
        var most = leastGain;
        var open = candidates.Where(candidate => chosen.All(other => !Same(other, candidate)));
        foreach (var candidate in open.OrderByDescending(candidate => candidate.Columns.Sum(space.FirstLook)).Take(TriedInFull))
        {
            if (Plausible(chosen, candidate) is { } tried)
            {
                var gain = (misfit - space.Misfit(Columns([.. chosen, tried]), new double[counts.Length])) * candidate.Prior;
                (best, most) = gain > most ? (tried, gain) : (best, most);
            }
        }

        return best;
    }

    private Candidate? Weakest(IReadOnlyList<Candidate> kept)
    {
        var weakest = chosen.Where(candidate => !kept.Contains(candidate)).Select(candidate => (Candidate: candidate, Gain: Gain(candidate) * candidate.Prior)).OrderBy(pair => pair.Gain).FirstOrDefault();
        if (weakest.Candidate is null)
        {
            return null;
        }

        if (weakest.Gain < leastGain)
        {
            return weakest.Candidate;
        }

        return chosen.FirstOrDefault(candidate => !kept.Contains(candidate) && candidate.Z > 0 && families.Implausible(space, candidate.Columns, counts).Length > 0);
    }

    /// <summary>The candidate with those of its families that belong together, in the company of others; <c>null</c> where none does.</summary>
    private Candidate? Plausible(IReadOnlyList<Candidate> company, Candidate candidate)
    {
        var tried = candidate;
        var trial = new double[counts.Length];
        while (tried.Columns.Length > 0)
        {
            space.Misfit(Columns([.. company, tried]), trial);
            var wrong = candidate.Z == 0 ? [] : families.Implausible(space, tried.Columns, trial);
            if (wrong.Length == 0)
            {
                return families.IsAllowed(candidate, trial) ? tried : null;
            }

            tried = tried with { Columns = [.. tried.Columns.Except(wrong)] };
        }

        return null;
    }

    private static bool Same(Candidate a, Candidate b) => a.Z == b.Z && (a.Z > 0 || a.Columns[0] == b.Columns[0]);

    private static int[] Columns(IEnumerable<Candidate> of) => [.. of.SelectMany(candidate => candidate.Columns)];
}
