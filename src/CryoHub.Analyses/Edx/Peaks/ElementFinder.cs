using CryoHub.Analyses.Edx.Model;
using CryoHub.Analyses.Edx.XRays;

namespace CryoHub.Analyses.Edx.Peaks;

/// <summary>
/// Finds the elements of a spectrum: all families of all elements compete for its peaks, with escape peaks as part of each family and sum peaks as rivals; energy scale and
/// resolution are fitted between two rounds.
/// </summary>
internal sealed class ElementFinder(SpectrumModel model, XRayTable table, double beamEv, double sigmas)
{
    private const double ShapeError = 0.02;       // of a peak's height: no peak is a perfect Gaussian
    private const double ShapeReachFwhm = 1.3;
    private const double ShelfError = 0.002, ShelfEv = 700;   // of a peak's height, below it: charges that are lost
    private const int FirstElements = 6, MostElements = 45, StrongestForSums = 5, MostScaleCounts = 500;
    private const double LeastInRange = 0.5;      // of a family's main line

    /// <summary>Looks for <paramref name="candidates"/>; those in <paramref name="named"/> are in the result whether seen or not.</summary>
    public FoundSpectrum Find(IReadOnlyList<int> candidates, IReadOnlyList<int> named)
    {
        var families = new Families(model.Detector, beamEv);
        var (parts, elements) = Candidates([.. candidates.Union(named)]);
        Candidate[] kept = [.. elements.Where(candidate => named.Contains(candidate.Z))];
        var peaks = PeakScale.Usual;

        var known = new double[parts.Count];
        foreach (var most in new[] { FirstElements + kept.Length, MostElements })
        {
            var selection = Select(parts, elements, kept, peaks, families, known, most);
            (peaks, known) = Calibrate(selection, parts, peaks);
        }

        var (all, rivals) = WithSums(known, parts, elements);
        var third = Select(all, rivals, kept, peaks, families, [.. known, .. new double[all.Count - known.Length]], MostElements);
        (peaks, _) = Calibrate(third, all, peaks);
        return new FoundSpectrum(third, all, rivals, peaks, Variance(peaks));
    }

    /// <summary>Counting noise, and what a Gaussian cannot describe of the highest peak nearby.</summary>
    public double[] Variance(PeakScale peaks)
    {
        var data = model.Data;
        var smooth = data.Smoothed(peaks);
        var variance = new double[data.Count];
        for (var i = 0; i < data.Count; i++)
        {
            var reach = (int)Math.Ceiling(ShapeReachFwhm * peaks.Fwhm(data.At(i)) / data.Step);
            var (from, to) = (Math.Max(0, i - reach), Math.Min(data.Count, i + reach + 1));
            var high = 0.0;
            for (var j = from; j < to; j++)
            {
                high = Math.Max(high, smooth[j]);
            }

            var above = 0.0;
            for (var j = i; j < Math.Min(data.Count, i + (int)(ShelfEv / data.Step)); j++)
            {
                above = Math.Max(above, smooth[j]);
            }

            variance[i] = Math.Max(1, smooth[i]) + (ShapeError * ShapeError * high * high) + (ShelfError * ShelfError * above * above);
        }

        return variance;
    }

    private Selection Select(IReadOnlyList<SpectrumPart> parts, IReadOnlyList<Candidate> candidates, Candidate[] kept, PeakScale peaks, Families families, double[] known, int most)
    {
        var selection = new Selection(new CandidateSpace(model, parts, peaks, Variance(peaks), known), families, candidates, sigmas * sigmas);
        selection.Run(kept, most);
        return selection;
    }

    /// <summary>Energies and resolution by the chosen parts, and the counts of all parts.</summary>
    private (PeakScale Peaks, double[] Counts) Calibrate(Selection selection, IReadOnlyList<SpectrumPart> parts, PeakScale peaks)
    {
        int[] columns = [.. selection.Chosen.SelectMany(candidate => candidate.Columns)];
        SpectrumPart[] chosen = [.. columns.Select(column => parts[column])];
        var better = chosen.Length == 0 || model.Data.Total < MostScaleCounts ? peaks : model.Calibrate(chosen, peaks, Variance(peaks));
        var fit = model.Fit(chosen, better);
        var counts = new double[parts.Count];
        for (var i = 0; i < columns.Length; i++)
        {
            counts[columns[i]] = fit.Counts[i];
        }

        return (better, counts);
    }

    private (List<SpectrumPart> Parts, List<Candidate> Elements) Candidates(IReadOnlyList<int> numbers)
    {
        var (parts, elements) = (new List<SpectrumPart>(), new List<Candidate>());
        foreach (var z in numbers.Order())
        {
            var first = parts.Count;
            parts.AddRange(table.Of(z).Select(family => SpectrumPart.Of(family, model.Detector)).Where(InRange));
            if (parts.Count > first)
            {
                elements.Add(new Candidate(z, [.. Enumerable.Range(first, parts.Count - first)], Candidate.PriorOf(z)));
            }
        }

        return (parts, elements);
    }

    private bool InRange(SpectrumPart part)
    {
        var sigma = PeakScale.Usual.Sigma(part.MainEv);
        return part.MainEv > model.Data.LowEv + (LeastInRange * sigma) && part.MainEv < model.Data.HighEv - (LeastInRange * sigma) && part.MainEv < 0.95 * beamEv;
    }

    /// <summary>Adds sum peaks of the strongest lines, which are preferred to elements that explain the same.</summary>
    private (List<SpectrumPart> Parts, List<Candidate> Candidates) WithSums(double[] known, List<SpectrumPart> parts, List<Candidate> elements)
    {
        int[] strongest = [.. Enumerable.Range(0, known.Length).Where(column => known[column] > 0).OrderByDescending(column => known[column]).Take(StrongestForSums)];
        var (all, rivals) = (new List<SpectrumPart>(parts), new List<Candidate>(elements));
        for (var a = 0; a < strongest.Length; a++)
        {
            for (var b = a; b < strongest.Length; b++)
            {
                var sum = SpectrumPart.Sum(parts[strongest[a]], parts[strongest[b]]);
                if (InRange(sum))
                {
                    rivals.Add(new Candidate(0, [all.Count], 1.2) { Parents = [strongest[a], strongest[b]] });
                    all.Add(sum);
                }
            }
        }

        return (all, rivals);
    }
}
